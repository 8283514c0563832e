"""A coordinator takes in files of the force's own systems, on a telephone without JavaScript."""

import csv
import io

from playwright.sync_api import expect

from tests.factories.importing import table_of
from tests.factories.workbooks import workbook
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import sign_in, somebody

THEIRS = ["Custody number", "Arrest date", "Forename", "Surname", "D.O.B.", "Circumstances", "Locker"]
ROWS = [
    ["CU/1", "03/02/2025", "Ruben", "Castellane", "14/02/2011", "The boss has his passport.", "7"],
    ["CU/2", "04/03/2025", "Łucja", "Dąb", "1990", "No concerns.", "8"],
]
HEAD = ["custody_ref", "happened_at", "name", "born", "narrative"]
MEANT = ["CU/3", "05/02/2025", "Jürgen Müller", "08/08/1961", "Came by himself."]
SHORT = ["CU/4", "05/02/25", "Ana Moore", "08/08/1961", "Came by herself."]


def looked_at(page, tmp_path, content, name):
    """Sends a file to be looked at, as custody records."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    page.goto("/prompts/records/taking-in")
    page.get_by_label("Custody records").check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    return file


def test_another_systems_files_are_mapped_once_looked_at_and_taken_in(phone, live, tmp_path):
    page = phone
    sign_in(page, somebody("coordinator", name="Farida Quist"))
    page.goto("/prompts")
    page.get_by_role("link", name="Import earlier records").click()
    check_page(page, "files-look")

    # Headings of another system, in UTF-8 without a mark: a person confirms each once.
    theirs = table_of(ROWS, THEIRS)
    looked_at(page, tmp_path, theirs, "theirs.csv")
    check_page(page, "files-headings")
    expect(page.get_by_label("Arrest date")).to_have_value("happened_at")
    page.get_by_role("button", name="Keep these headings").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    page.get_by_label("Locker").fill("ignore")
    page.get_by_role("button", name="Keep these headings").click()
    expect(page.get_by_role("status")).to_be_visible()
    file = looked_at(page, tmp_path, theirs, "theirs.csv")
    expect(page.get_by_text("2 would be new")).to_be_visible()
    expect(page.get_by_text("3 February 2025")).to_be_visible()
    check_page(page, "files-take")
    page.get_by_label("Choose the same file again").set_input_files(file)
    page.get_by_role("button", name="Import its rows").click()
    expect(page.get_by_role("status")).to_contain_text("2 are new")
    check_page(page)
    looked_at(page, tmp_path, theirs, "theirs.csv")
    expect(page.get_by_text("0 would be new, 2 are already here")).to_be_visible()

    # Windows-1252 is said, with a name to look at; a day of two meanings goes back with its reason and comes in once put right.
    file = looked_at(page, tmp_path, table_of([MEANT, SHORT], HEAD).encode("cp1252"), "old.csv")
    expect(page.get_by_text("Windows-1252")).to_contain_text("Jürgen Müller")
    expect(page.get_by_text("1 would be new, 1 cannot be imported")).to_be_visible()
    page.get_by_label("Choose the same file again").set_input_files(file)
    page.get_by_role("button", name="Import its rows").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="The rows that were not imported").click()
    head, row = csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig")))
    assert row[:3] == SHORT[:3], head
    looked_at(page, tmp_path, table_of([[row[0], "05/02/2025", *row[2:]]], head), "right.csv")
    expect(page.get_by_text("1 would be new")).to_be_visible()


def test_a_total_by_a_formula_is_no_row_and_a_bomb_is_refused(phone, live, tmp_path):
    sign_in(phone, somebody("coordinator", name="Farida Quist"))
    looked_at(phone, tmp_path, workbook([HEAD, MEANT, ["Total", None, "=COUNTA(C2:C2)"]]), "total.xlsx")
    expect(phone.get_by_text("1 would be new, 1 cannot be imported")).to_be_visible()
    expect(phone.get_by_text("holds a formula")).to_be_visible()
    looked_at(phone, tmp_path, workbook([HEAD], bomb=b"0" * 51_000_000), "bomb.xlsx")
    expect(phone.get_by_role("alert")).to_contain_text("unpacks to more than 50 MB")
