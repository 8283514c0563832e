"""Rows that say the same in every cell: two who give no name are two, and a row that a system exports twice is one."""

import csv
import io
import json
import time

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.accounts.permissions import Permission
from lodestar.cases import ledger
from lodestar.cases.models import Case, Person
from lodestar.journeys.files_taken_in import file_of, look_at_file, take_file_in
from lodestar.journeys.management.commands import import_concerns
from lodestar.journeys.nobody_named import names_nobody
from lodestar.recognition.models import RowTakenIn
from tests.apps.keeping.test_comes_not_again import let_them_go
from tests.factories.accounts import MembershipFactory, UserFactory, a_member, a_token
from tests.factories.importing import brought_in, table_of
from tests.factories.workbooks import sheet, workbook

HEAD = ["incident_ref", "happened_at", "person_ref", "name", "role", "nationality"]
GIRL = ["INC 1", "03/11/2025 02:25", "", "", "victim", "Vietnamese"]
ALONE = ["", "04/11/2025", "", "unknown female", "victim", ""]
ANA = ["INC 1", "03/11/2025 02:25", "", "Ana Pop", "victim", ""]
N1 = ["INC 1", "03/11/2025 02:25", "N1", "", "victim", ""]
ELSE = "without a name: it is somebody else"

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def bring_in(tmp_path):
    MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])

    def bring(rows, name="concerns.csv", **options):
        content = table_of(rows, HEAD) if isinstance(rows, list) else rows
        return brought_in("import_concerns", tmp_path / name, content, **{"user": "brandreth", **options})[1]

    return bring


def people():
    return Person.objects.count()


@pytest.mark.parametrize(("row", "cases"), [(GIRL, 1), (ALONE, 3)])
def test_equal_rows_of_nobody_named_are_as_many_people_once_each(bring_in, row, cases):
    dry = bring_in([row, row, row], apply=False)
    assert (dry[1].endswith(f"it says the same as line 2 {ELSE}"), people()) == (True, 0)
    told = bring_in([row, row, row])
    assert told[2].endswith(f"it says the same as line 2 {ELSE}")
    assert (people(), Case.objects.count(), RowTakenIn.objects.count()) == (3, cases, 3)
    for applies in (False, True):
        assert bring_in([row, row, row], apply=applies)[-1].startswith("0 ")
    assert people() == 3
    assert ledger.differences(list(Case.objects.all())) == []


def test_a_longer_file_later_brings_one_more_and_a_shorter_one_nobody(bring_in):
    bring_in([GIRL])
    bring_in([GIRL, GIRL, ANA])
    assert people() == 3
    assert bring_in([GIRL])[-1] == "0 made, 1 stood already, 0 not imported"
    assert bring_in([ANA, GIRL, GIRL, ALONE])[-1] == "1 made, 3 stood already, 0 not imported"
    assert bring_in([ANA, GIRL, ALONE, GIRL, GIRL])[-1] == "0 made, 1 added to a concern, 4 stood already, 0 not imported"
    assert (people(), Case.objects.count()) == (5, 2)


def test_what_has_a_name_or_a_reference_is_a_row_that_came_twice(bring_in):
    nobody = ["INC 1", "03/11/2025 02:25", "", "", "", ""]
    told = bring_in([ANA, N1, ANA, N1, nobody, nobody])
    assert people() == 2
    for line, first in ((told[2], 2), (told[3], 3), (told[5], 6)):
        assert "stood already, nothing changed: " in line
        assert line.endswith(f"it says the same as line {first}, and was taken for the same")


@pytest.mark.parametrize("name", ["Son", "An", "Na", "Ahmed, surname unknown", "Young", "Li, unknown"])
def test_whoever_is_called_by_a_short_or_half_a_name_is_called_so(bring_in, name):
    row = [*GIRL[:3], name, *GIRL[4:]]
    told = bring_in([row, row])
    assert (people(), told[1].endswith("it says the same as line 2, and was taken for the same")) == (1, True)


@pytest.mark.parametrize(
    ("name", "nobody"),
    [
        ("", True), ("Unknown", True), ("UNKNOWN FEMALE 2", True), ("unknown (male)", True), ("Not known", True), ("NK", True),
        ("Female 1", True), ("female1", True), ("Victim B", True), ("a man", True), ("Vietnamese girl", True), ("Girl", True),
        ("Name not given", True), ("Refused to give name", True), ("Mr Unknown", True), ("Jane Doe", True), ("अज्ञात", True),
        ("غير معروف", True), ("不明", True), ("Unknown An", False), ("Nan", False), ("Nil", False), ("White", False),
        ("J.", False), ("Joe", False), ("Unknown Son", False), ("معروف", False), ("7", False), ("Unknown female (Ana)", False),
    ],
)  # fmt: skip
def test_what_names_nobody_is_wholly_words_that_say_so(name, nobody):
    assert names_nobody(name) == nobody


@pytest.mark.parametrize("name", [
    "Thai female", "Ukrainian male", "Nigerian female", "Eritrean male", "Lithuanian male", "Chinese female", "Kurdish male",
    "Unknown Thai female", "Unknown Thai", "Unknown female approx 25", "Unknown female aged 20", "Unknown at this time",
    "not known at present", "did not disclose", "Would not provide", "Not obtained", "U/K", "UKN", "Sex worker",
    "Nail technician",
    "Sierra Leonean woman 2", "Female from Vietnam", "South American male, 20 to 25", "Citizen of Guinea-Bissau, female",
    "Young Romanian lady, believed to be in her 20s", "IC4 male", "Didn’t give name", "Refused to provide details",
    "Name not yet obtained", "Unknown male (cannabis gardener)", "Eastern European male", "Cannot speak English",
    "New Zealander male", "Congolese female", "Thai F", "Unknown M", "F, Romanian, 25", "Vietnamese national", "No name provided",
    "Awaiting details", "possibly Albanian male", "little girl", "Stowaway 3", "Not known, interpreter required",
    "Unknown French F", "South East Asian F", "West African female", "Friend", "Friend 2", "a young friend",
])  # fmt: skip
def test_of_which_people_or_how_old_or_what_trade_somebody_is_names_nobody(name):
    assert names_nobody(name)


@pytest.mark.parametrize("name", [
    "An", "Na", "Son", "Thai", "German", "Thai Nguyen", "Thai Son", "Male Okafor", "German Garcia", "Unknown Na", "Jordan Boyd",
    "Chad", "Georgia", "Georgia Male-Smith", "Unknown Georgia", "Girl from Georgia Lee", "Lady Nguyen", "Thai female Ana",
    "Nail Ahmed", "Refused to give name, Ana", "To", "Her", "Female To", "Pa Houa Her, female", "Cook", "At", "Will Not", "Dida",
    "F.", "M", "Thai Mai", "Ana F", "F Ana, female", "West, M", "M West", "French, M", "F English", "Roma F", "Tamil M",
    "N K West", "A Friend", "Friend, B", "Child North", "West", "M South",
])  # fmt: skip
def test_a_name_beside_or_like_such_a_word_is_one(name):
    assert not names_nobody(name)


def test_four_of_whom_no_more_is_known_than_their_people_are_four_whichever_it_is(bring_in):
    names = ("Chinese female", "Thai female", "Eritrean male", "Unknown female approx 25", "did not disclose")
    for place, name in enumerate(names):
        row = [f"INC {place}", *ALONE[1:3], name, *ALONE[4:]]
        bring_in([row] * 4)
        assert people() == 4 * (place + 1), name


def test_a_long_name_is_looked_at_in_a_moment():
    began = time.process_time()
    for text in ("unknown " * 50_000, "not " * 50_000, "u" * 200_000, "a " * 50_000, "would not " * 50_000, "thai " * 50_000):
        names_nobody(text)
    assert time.process_time() - began < 5


def test_interrupted_in_the_middle_and_run_again_it_is_the_same(bring_in, monkeypatch):
    rows = [GIRL, ["INC 2", *ANA[1:]], GIRL, GIRL]
    real, calls = import_concerns.Command._tell_all, []

    def stops(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(import_concerns, "ROWS_TOGETHER", 1)
    monkeypatch.setattr(import_concerns.Command, "_tell_all", stops)
    with pytest.raises(KeyboardInterrupt):
        bring_in(rows)
    monkeypatch.undo()
    assert people() < 4
    bring_in(rows)
    assert people() == 4
    assert bring_in(rows)[-1] == "0 made, 4 stood already, 0 not imported"


def test_whoever_of_them_was_let_go_does_not_come_again_and_the_others_stand(bring_in):
    bring_in([GIRL, GIRL])
    first, _ = Person.objects.order_by("number").select_related("case")
    let_them_go(first)
    told = bring_in([GIRL, GIRL, GIRL])
    assert (people(), told[-1]) == (2, "0 made, 1 added to a concern, 1 stood already, 1 not imported")
    assert "line 2: not imported: it was let go on " in told[0]


def test_by_a_page_it_is_the_same_and_what_the_command_brought_stands_there(bring_in):
    member, content = a_member("coordinator"), table_of([GIRL, GIRL], HEAD).encode()
    file = file_of(content, "file.csv", "concerns")
    for found in (look_at_file(member, file, timezone.now()), take_file_in(by=member, at=timezone.now(), file=file)):
        assert [line.becomes for line in found.lines] == ["made", "added"]
        assert found.lines[1].notes[-1] == f"it says the same as line 2 {ELSE}"
    assert (people(), bring_in([GIRL, GIRL])[-1]) == (2, "0 made, 2 stood already, 0 not imported")


def test_other_files_that_say_the_same_are_known_too_and_a_workbook_names_its_sheet(bring_in):
    bring_in([GIRL, GIRL])
    book = workbook(sheet([HEAD, GIRL]), sheet([HEAD, GIRL, GIRL]))
    told = bring_in(book, "concerns.xlsx")
    assert (people(), told[-1]) == (3, "0 made, 1 added to a concern, 2 stood already, 0 not imported")
    assert f"it says the same as sheet S1, row 2 {ELSE}" in told[2]
    lines = "".join(json.dumps(dict(zip(HEAD, GIRL, strict=True))) + "\n" for _ in range(2))
    assert bring_in(lines, "concerns.jsonl")[-1] == "0 made, 2 stood already, 0 not imported"


def test_another_system_hands_over_one_row_at_a_time_and_the_same_again_is_the_same(bring_in):
    headers = {"Authorization": f"Bearer {a_token(a_member('administrator'), Permission.CONCERN_BY_TOKEN)}"}
    body = json.dumps(dict(zip(HEAD, GIRL, strict=True)))
    for became in ("made", "stood"):
        answer = Client().generic(
            "POST", "/api/v1/concerns", body, headers={**headers, "Lodestar-As": "brandreth"}, content_type="application/json"
        )
        assert answer.json()["became"] == became
    bring_in([GIRL, GIRL])
    assert people() == 2


def test_what_goes_back_of_a_file_is_as_it_came(bring_in, tmp_path):
    bring_in(table_of([GIRL, GIRL], HEAD) + "INC 3,,,,,,too many\r\n")
    rows = list(csv.reader(io.StringIO((tmp_path / "concerns.csv.rejects.csv").read_text("utf-8-sig"))))
    assert [row[0] for row in rows] == ["incident_ref", "INC 3"]
