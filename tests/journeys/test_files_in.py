"""A file of the force's own systems is looked at and taken in, on a telephone without JavaScript and at a desk."""

import pytest
from playwright.sync_api import expect

from tests.factories.importing import table_of
from tests.journeys.harness.checks import check_page, picture
from tests.journeys.harness.people import sign_in, somebody

HEAD = ["custody_ref", "happened_at", "name", "born", "narrative"]
ROWS = [
    ["CU/1", "03/02/2025 02:25", "Ruben Castellane", "14/02/2011", "The boss has his passport."],
    ["CU/2", "31/02/2025", "Łucja Dąb", "00/00/1987", "No concerns."],
    ["CU/3", "05/02/2025", "Walter Penhaligon", "08/08/1961", "Came by himself.", "too much"],
]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "custody.csv"
    path.write_text(table_of(ROWS, HEAD), encoding="utf-8")
    return path


def taken_in(page, user, file):
    sign_in(page, user)
    page.goto("/prompts/records")
    page.get_by_role("link", name="Take in a file").click()
    check_page(page)
    picture(page, "files-look")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the file")
    check_page(page)
    page.get_by_label("Custody records").check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("2 would be new, 1 cannot be taken in")).to_be_visible()
    check_page(page)
    picture(page, "files-take")
    page.get_by_label("Choose the same file again").set_input_files(file)
    page.get_by_role("button", name="Take in its rows").click()
    expect(page.get_by_role("status")).to_contain_text("2 are new, 1 were not taken in")
    check_page(page)


def test_a_file_is_taken_in_on_a_telephone(phone, live, file):
    taken_in(phone, somebody("coordinator", name="Farida Quist"), file)


def test_a_file_is_taken_in_at_a_desk(desk, live, file):
    taken_in(desk, somebody("analyst", name="Farida Quist"), file)


def test_that_all_are_here_is_said_and_taken_back_on_a_telephone(phone, live, tmp_path):
    whole = tmp_path / "whole.csv"
    whole.write_text(table_of(ROWS[:2], HEAD), encoding="utf-8")
    sign_in(phone, somebody("coordinator", name="Farida Quist"))
    phone.goto("/prompts/records/taking-in")
    phone.get_by_label("Custody records").check()
    phone.get_by_label("The file").set_input_files(whole)
    phone.get_by_role("button", name="Look at it").click()
    phone.get_by_label("Choose the same file again").set_input_files(whole)
    phone.get_by_label("From which day are all of this kind here?").fill("1 January 2025")
    phone.get_by_label("To which day?").fill("31 December 2025")
    phone.get_by_role("button", name="Take in its rows").click()
    expect(phone.get_by_role("status")).to_contain_text("2 are new")
    phone.goto("/prompts/records")
    check_page(phone)
    phone.get_by_role("link", name="1 January 2025 to 31 December 2025").click()
    check_page(phone)
    picture(phone, "records-whole")
    phone.get_by_role("button", name="These days are not whole after all").click()
    expect(phone.get_by_role("heading", name="Earlier records that came in")).to_be_visible()
    expect(phone.get_by_text("Said to be all here")).to_have_count(0)
