"""HTCDS 2.0 at its edges: the largest that is taken, what each kind of cell becomes, and what is said of whatever is left out."""

from typing import Any

import pytest

from lodestar.casework.referral_forms.rules.made import Place
from lodestar.exchange.exports.rules.files import LONGEST, MOST_VALUES, OWN, Refused, checked, fields, read
from lodestar.exchange.exports.rules.going_out import About, left_out, record_of
from lodestar.exchange.imports.rules.htcds import MOST_EVENTS, MOST_KEYS, cases_in
from lodestar.platform.names.highlighting import KnownValue
from lodestar.platform.obligations.encounter_form import encounter_form
from tests.offenders import each
from tests.rules.meeting import facts, someone

NOW = "2026-11-25T12:00:00+00:00"
EVENT = {"hte_Type": "Exploitation"}


def person_of(**told: Any) -> dict[str, Any]:
    return encounter_form(facts(someone(**told)))["people"][0]


def record(about: About = About(), **told: Any) -> dict[str, Any]:  # noqa: B008
    form = encounter_form(facts(someone(**told)))
    return record_of(form | {"reference": "FM-26-0001"}, form["people"][0], about)


# --- the largest that is taken ---------------------------------------------------------------------------------------


def test_as_many_fields_and_events_as_are_allowed_are_taken_and_one_more_is_not() -> None:
    names = {f"n_{number}": 1 for number in range(MOST_KEYS)}
    assert len(cases_in([names], NOW)) == 1
    with pytest.raises(Refused, match=f"more than {MOST_KEYS} fields"):
        cases_in([names | {"more": 1}], NOW)
    assert len(cases_in([{"hte": [EVENT] * MOST_EVENTS}], NOW)) == 1
    with pytest.raises(Refused, match=f"at most {MOST_EVENTS} events"):
        cases_in([{"hte": [EVENT] * (MOST_EVENTS + 1)}], NOW)


@each(("name", "longest"), [("name", 200), ("language", 80)])
def test_a_text_of_ours_may_be_as_long_as_its_column(name: str, longest: int) -> None:
    (case,) = cases_in([{f"{OWN}{name}": "x" * longest}], NOW)
    assert "x" * longest in (case.names[0], case.languages[0])
    with pytest.raises(Refused, match=f"at most {longest} characters"):
        cases_in([{f"{OWN}{name}": "x" * (longest + 1)}], NOW)


def test_a_field_takes_as_much_as_the_standard_allows() -> None:
    assert checked("prs_Title", "x" * LONGEST["text"]) == "x" * LONGEST["text"]
    assert checked("prs_PrimaryLanguage", "x" * LONGEST["code"]) == "x" * LONGEST["code"]
    one = min(fields()["vic_TypeOfExploitation"].values)
    assert checked("vic_TypeOfExploitation", [one] * MOST_VALUES) == [one] * MOST_VALUES
    with pytest.raises(Refused, match=f"at most {MOST_VALUES} values"):
        checked("vic_TypeOfExploitation", [one] * (MOST_VALUES + 1))
    for number in (1_000_000, -1_000_000, 0.5):
        assert checked("prs_NumberOfChildren", number) == number
    for wrong in (1_000_001, -1_000_001, True, "1"):
        with pytest.raises(Refused, match="takes a number"):
            checked("prs_NumberOfChildren", wrong)


# --- when they were met, and what came of it -------------------------------------------------------------------------


@each(
    ("told", "is_dated", "at"),
    [
        ({f"{OWN}encountered_at": "2026-03-02T23:40:00+00:00"}, True, "2026-03-02T23:40:00+00:00"),
        ({"cas_IncomingReferralDate": "2026-03-09"}, True, "2026-03-09T12:00:00+00:00"),
        ({}, False, NOW),
    ],
)
def test_a_case_says_whether_its_file_says_when_they_were_met(told: dict[str, Any], is_dated: bool, at: str) -> None:
    (case,) = cases_in([{"prs_FirstName": "Ana", **told}], NOW)
    assert case.is_dated is is_dated
    assert case.encounter.encountered_at.isoformat() == at
    assert any("the time of the import" in note for note in case.notes) is not is_dated


# --- a file and its cells --------------------------------------------------------------------------------------------


@each(("cell", "value"), [("true", True), ("TRUE", True), ("false", False), ("False", False), ("yes", "yes"), ("1", "1")])
def test_a_cell_of_yes_or_no_is_one_or_what_it_says(cell: str, value: object) -> None:
    assert read(f"prs_Deceased\r\n{cell}\r\n".encode()) == [{"prs_Deceased": value}]
    assert read(f"prs_FirstName\r\n{cell}\r\n".encode()) == [{"prs_FirstName": cell}]


def test_records_of_a_table_are_counted_from_one_and_blank_lines_are_none() -> None:
    table = "prs_NumberOfChildren\r\n\r\n2\r\nmany\r\n"
    with pytest.raises(Refused, match="record 2: prs_NumberOfChildren takes a number"):
        read(table.encode())
    assert read(b"prs_NumberOfChildren,prs_FirstName\r\n2,\r\n") == [{"prs_NumberOfChildren": 2}]
    assert read(b"prs_Citizenship\r\nGB; RO;;\r\n") == [{"prs_Citizenship": ["GB", "RO"]}]


# --- what goes out, and what is said of the rest ---------------------------------------------------------------------


@each(
    ("roles", "belief", "is_possible"),
    [
        (["possible_victim"], None, True),
        (["possible_victim"], "none", True),
        (["witness"], "signs_only", True),
        (["witness"], "reasonable_grounds", True),
        (["witness"], "none", False),
        (["witness"], None, False),
    ],
)
def test_somebody_is_a_possible_victim_by_role_or_by_belief(roles: list[str], belief: str | None, is_possible: bool) -> None:
    told = record(roles=roles, belief=belief)
    assert (told.get("vic_TraffickingStatus") == "PossibleVictimOfTrafficking") is is_possible


def line(words: str, about: About = About(), **told: Any) -> bool:  # noqa: B008
    return any(words in one for one in left_out(person_of(**told), about))


@each(("born", "is_told"), [("2001-05-06", False), ("2001-05", True), ("2001", True)])
def test_a_birth_that_is_not_known_to_the_day_is_told(born: str, is_told: bool) -> None:
    assert line("a birth date known", birth={"date": born, "basis": "stated"}) is is_told
    assert ("prs_Birthdate" in record(birth={"date": born, "basis": "stated"})) is not is_told


@each(
    ("kinds", "is_told"),
    [(["labour"], False), (["criminal"], True), (["other"], True), (["labour", "criminal"], True), ([], False)],
)
def test_a_kind_that_the_standard_calls_other_is_told(kinds: list[str], is_told: bool) -> None:
    assert line("calls criminal and other", exploitation=[{"type": kind} for kind in kinds]) is is_told


@each(("began", "is_told"), [("2025-11-03", False), ("2025-11", True), ("2025", True), (None, False)])
def test_a_time_that_is_not_known_to_the_day_is_told(began: str | None, is_told: bool) -> None:
    one = {"type": "labour"} | ({"from": began} if began else {})
    assert line("a date known only to the year", exploitation=[one]) is is_told


@each(("language", "is_told"), [("", False), ("Vietnamese", False), (" POLISH ", False), ("Ewe", True)])
def test_a_language_without_a_code_is_told(language: str, is_told: bool) -> None:
    assert line("no code for their language", About(language=language)) is is_told


@each(
    ("told", "is_told", "roles"),
    [
        ({}, False, ["possible_victim"]),
        ({"roles": ["possible_victim", "exploiter"]}, True, ["possible_victim"]),
        ({"roles": ["witness", "exploiter"]}, False, ["witness", "exploiter"]),
        ({"roles": ["witness", "suspect"]}, True, ["witness"]),
        ({"place": "custody"}, True, ["possible_victim"]),
    ],
)
def test_what_they_are_suspected_of_is_kept_back_and_told_where_there_was_any(
    told: dict[str, Any], is_told: bool, roles: list[str]
) -> None:
    assert line("left out", **told) is is_told
    assert record(**told)[f"{OWN}roles"] == roles


def test_a_text_that_never_leaves_is_left_out_whole_and_said() -> None:
    known = (KnownValue("name", "Hoa Le", "victim"), KnownValue("address", "12 Mill Lane", "place"))
    places = (Place("Lincoln", "12 Mill Lane", "2024", "", "Washed cars"), Place("Boston", "", "2025", "", "With Hoa Le"))
    about = About(language="Romanian", places=places, known_values=known)
    told = str(record(about))
    assert [words for words in ("Mill", "Hoa", "Washed cars", "Boston") if words in told] == ["Washed cars", "Boston"]
    for words in ("Place 1, its name, is left out", "Place 2, what happened, is left out"):
        assert line(words, about)
    assert not line("is left out: it may show", About(places=places))
