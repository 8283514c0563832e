"""What stands in a cell for want of something to say is no reference, no name and no way to reach anybody, and is not lost."""

import json
from datetime import UTC, datetime

import pytest

from lodestar.cases.models import Case, Person
from lodestar.journeys.files_read import cells_of
from lodestar.journeys.placeholders import says_nothing
from lodestar.journeys.row_read import NothingTold, row_of
from lodestar.kernel.strict_json import read_json
from lodestar.recognition.models import LetGo, Note
from tests.apps.keeping.test_comes_not_again import let_them_go
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.importing import brought_in, table_of

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HEAD = ["incident_ref", "person_ref", "name", "role", "narrative"]
NOTHING = [
    "N/A", "n.a.", "-", "—", "unknown", "TBC", "none", "?", "(not known)", "null", "xxx", "To be confirmed", "n/k",
]  # fmt: skip

pytestmark = pytest.mark.usefixtures("fenmarch")


def told(**cells):
    return row_of(list(cells.items()), NOW)


@pytest.mark.parametrize("text", NOTHING)
def test_what_stands_for_nothing_is_no_reference_and_is_kept_as_typed(text):
    row = told(incident_ref=text, person_ref=text, name="Ana")
    assert (row.incident, row.person_ref, row.of_case) == ("", "", [])
    assert row.person == {"roles": [], "name": "Ana"}
    assert row.person_apart == [f"Incident ref, as typed: {text}", f"Person ref, as typed: {text}"]
    for name in ("incident_ref", "person_ref"):
        assert f"{name} “{text}” is no reference: no other row is taken for the same by it" in row.notes


@pytest.mark.parametrize("text", ["INC 1", "1", "A", "N-1", "NA1", "10", "0/1", "P0", "Victim 1", "X", "na/26/1", "Noor", "١"])
def test_a_reference_is_one(text):
    assert told(incident_ref=text, person_ref=text).incident == text
    assert not says_nothing(text)


@pytest.mark.parametrize("text", [
    "U/K", "UKN", "Not allocated", "Not yet allocated", "awaiting", "Awaiting ref", "ref to follow", "To follow",
    "No crime number", "No CAD", "no log", "no incident number", "no reference number", "not assigned", "not obtained",
    "not given yet", "unknown at this time", "see log", "See niche report", "as above", "same", "none yet", "N.A.", "nil",
    "N/A at present", "No crime ref. obtained (awaiting control room)", "TBC by OIC", "Crime no. to be allocated",
    "Not a crime", "don't know", "no reference number was given at the time of reporting, to follow", "Ref pending",
    "previous log", "unknown female", "as per log", "No trace", "Unknown - awaiting FCR", "to be updated", "Ddim yn hysbys",
    "Dim rhif eto", "not supplied by caller", "various", "CAD", "Log no.", "Crime number:", "Victim", "Female",
])  # fmt: skip
def test_what_says_that_there_is_no_reference_or_where_one_may_stand_is_none(text):
    row = told(incident_ref=text, person_ref=text, name="Ana")
    assert (row.incident, row.person_ref) == ("", "")
    assert row.person_apart == [f"Incident ref, as typed: {text}", f"Person ref, as typed: {text}"]


@pytest.mark.parametrize("text", [
    "NO123", "NA-44/26", "NOT/12/26", "No. 7", "No. B", "no 44 of 3 March", "see log 44", "TBC1", "Op Pending", "Nota",
    "Awaiting Smith", "One", "CAD 7", "Female 1", "Log X", "Victim B", "same as FM/1", "UK/26/1", "None-Smith", "As Perlog",
])  # fmt: skip
def test_a_reference_that_begins_like_none_is_one(text):
    row = told(incident_ref=text, person_ref=text)
    assert (row.incident, row.person_ref) == (text, text)


def test_numbers_that_a_spreadsheet_shortened_to_one_make_no_concern_together(bring_in):
    told = bring_in([["2.02611E+11", "2,0E+12", name, "victim", "A farm"] for name in ("Ana", "Bea")])
    assert told[-1].startswith("2 made")
    assert "incident_ref looks as if a spreadsheet had shortened its number: save its column as text" in told[0]
    for text in ("2E11", "1E5", "2.02611E11", "12E+11", "1.2E+1A"):
        assert (row := told_of(text)).incident == row.person_ref == text


def told_of(text):
    return told(incident_ref=text, person_ref=text)


def test_of_an_address_or_a_telephone_such_words_may_tell_something():
    row = told(name="Ana", address="The room below", phone="the one on the last statement")
    assert row.reach.endswith("\nAddress: The room below\nPhone: the one on the last statement")


@pytest.mark.parametrize("text", ["0", "00", "000", "0-0", "00/00"])
def test_zeros_are_a_reference_of_a_person_and_none_of_an_incident(text):
    row = told(incident_ref=text, person_ref=text, name="Ana")
    assert (row.incident, row.person_ref) == ("", text)
    assert row.person_apart == [f"Incident ref, as typed: {text}"]


def test_elsewhere_it_is_no_name_and_no_way_to_reach_them_but_text():
    row = told(name="Unknown", language="n/k", phone="N/A", address="none", place="tbc", Mobile="no", role="victim")
    assert (row.person, row.reach, row.case) == ({"roles": ["possible_victim"]}, "", {})
    assert row.person_apart == [
        "Name, as typed: Unknown", "Language, as typed: n/k", "Phone, as typed: N/A", "Address, as typed: none",
        "Place, as typed: tbc", "Mobile: no",
    ]  # fmt: skip
    assert row.notes[1:] == ["what stands for nothing is kept as text alone: name, language, phone, address, place"]
    for name in ("Na", "No", "Nil", "Xx"):
        assert told(name=name).person == {"roles": [], "name": name}


def test_somebody_unknown_is_somebody_and_a_row_of_nothing_is_none():
    assert told(name="Unknown").person == {"roles": []}
    assert told(incident_ref="INC 1", name="-").person is None
    for cells in ({"incident_ref": "N/A", "phone": "-"}, {"person_ref": "unknown"}, {"phone": "N/A", "narrative": "none"}):
        with pytest.raises(NothingTold):
            told(**cells)


@pytest.mark.parametrize("value", [[], {}, None])
def test_an_empty_list_or_object_says_nothing(value):
    assert cells_of({"incident_ref": value, "name": "Ana"}) == [("incident_ref", ""), ("name", "Ana")]


def test_a_number_that_is_too_large_is_no_reference():
    assert row_of(cells_of(read_json(b'{"incident_ref": 1e999, "name": "Ana"}')), NOW).incident == ""


@pytest.fixture
def bring_in(tmp_path):
    for name in ("brandreth", "quill"):
        MembershipFactory(user=UserFactory(username=name), roles=["frontline"])

    def bring(rows, by="brandreth", **options):
        return brought_in("import_concerns", tmp_path / "concerns.csv", table_of(rows, HEAD), user=by, **options)[1]

    return bring


def test_rows_without_a_reference_are_no_concern_together_in_one_file_or_in_two(bring_in):
    rows = [["N/A", "-", "Ana", "victim", "One room"], ["N/A", "-", "Bea", "victim", "A farm"]]
    for applies in (False, True):
        assert bring_in(rows, apply=applies)[-1].startswith("2 ")
    assert bring_in([["n/a", "", "Cid", "victim", "A car wash"]], by="quill")[-1].startswith("1 made")
    assert sorted(len(case.people.all()) for case in Case.objects.all()) == [1, 1, 1]
    assert bring_in(rows)[-1] == "0 made, 2 stood already, 0 not imported"
    assert Note.objects.filter(words__contains="Incident ref, as typed: N/A").count() == 2


def test_people_who_share_no_more_than_that_no_number_is_allocated_are_no_concern_together(bring_in):
    for text in ("Awaiting crime number", "not yet allocated"):
        assert bring_in([[text, "tbc", name, "victim", "A farm"] for name in ("Ana", "Bea")])[-1].startswith("2 made")
    assert sorted(len(case.people.all()) for case in Case.objects.all()) == [1, 1, 1, 1]


def test_an_encounter_whose_reference_says_that_there_is_none_is_known_by_what_it_says(tmp_path):
    MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])
    told = [{"reference": "N/A", "encountered_at": f"2025-11-0{day}T02:00:00Z", "people": [{"id": "a"}]} for day in (1, 2)]
    for made in ("2 made, 0 stood already, 0 not imported", "0 made, 2 stood already, 0 not imported"):
        content = "".join(json.dumps(one) + "\n" for one in told)
        assert brought_in("import_concerns", tmp_path / "c.jsonl", content, user="brandreth")[1][-1] == made


def test_two_victims_with_a_dash_for_their_reference_are_two(bring_in):
    bring_in([["INC 1", "-", "Ana", "victim", ""], ["INC 1", "-", "Bea", "victim", ""]])
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana", "Bea"}
    let_them_go(Person.objects.select_related("case").get(name="Ana"))
    assert LetGo.objects.count() == 1  # the row alone
    assert bring_in([["INC 1", "-", "Cid", "victim", ""]])[-1].startswith("0 made, 1 added")


def test_people_are_counted_from_0(bring_in):
    bring_in([["A1", "0", "Ana", "victim", ""], ["A1", "1", "Bea", "victim", ""], ["A1", "0", "Ana", "victim", "A farm"]])
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ana", "Bea"]
    row = row_of(cells_of(read_json(b'{"incident_ref": "A1", "person_ref": 0, "name": "Ana"}')), NOW)
    assert row.person_ref == "0"


def test_a_long_text_is_no_placeholder_and_costs_no_time():
    for text in ("0" * 100_000, "x" * 100_000, "n/a " * 50_000, "no " * 50_000):
        assert not says_nothing(text)
    assert not says_nothing("0" * 100_000, may_be_zero=True)
    assert says_nothing("-" * 100_000)
