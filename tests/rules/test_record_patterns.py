"""What the plain facts of earlier records may show, one by itself and several together, and where the line lies."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from lodestar.intelligence.earlier_records.rules import words_read
from lodestar.intelligence.earlier_records.rules.earlier import EarlierFacts, RecordInput, address_key, person_key
from lodestar.intelligence.earlier_records.rules.words_read import patterns_of, several_at
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

DAY = date(2026, 3, 1)
CHILD = {"age_min": 15, "age_max": 15}


def told(number: int, kind: str = "missing", days: int = 0, **facts: Any) -> EarlierFacts:
    return EarlierFacts(id=str(number), kind=kind, reference=f"R/{number}", happened_on=DAY + timedelta(days=days), **facts)


def rules(*records: EarlierFacts) -> list[tuple[str, str]]:
    return [(record, shown.rule) for record, shown in patterns_of(records, DAY)]


def test_missing_three_times_within_a_year_is_told_with_the_three() -> None:
    two = [told(1), told(2, days=100)]
    assert rules(*two) == []
    third = told(3, days=365)
    ((record, shown),) = patterns_of([*two, third], DAY)
    assert (record, shown.code, shown.rule) == ("3", "far_from_home_or_missing", "missing_again")
    assert shown.rests_on == ("Reported missing: R/1 of 1 March 2026; R/2 of 9 June 2026; R/3 of 1 March 2027")
    assert rules(*two, told(3, days=366)) == []
    assert rules(*two, told(4, days=200), told(5, days=201)) == [("4", "missing_again"), ("5", "missing_again")]


def test_one_reference_counts_once_and_so_does_one_day_without_any() -> None:
    assert rules(told(1), replace(told(2, days=1), reference="R/1"), told(3, days=2)) == []
    none = [replace(told(number, days=0), reference="") for number in (1, 2, 3)]
    assert rules(*none) == []


def test_a_record_without_a_day_takes_no_part_in_what_lies_near_in_time() -> None:
    assert rules(told(1), told(2), EarlierFacts("3", "missing", "R/3")) == []


def test_records_are_taken_together_by_their_days_whatever_they_are_called() -> None:
    ((record, shown),) = patterns_of([told(1, days=9), told(2, days=5), told(3)], DAY)
    assert record == "1"
    assert shown.rests_on == "Reported missing: R/3 of 1 March 2026; R/2 of 6 March 2026; R/1 of 10 March 2026"


def test_of_many_records_the_last_five_are_named() -> None:
    *_, (_, shown) = patterns_of([told(number, days=number) for number in range(7)], DAY)
    assert shown.rests_on.count("R/") == 5
    assert shown.rests_on.endswith("R/6 of 7 March 2026; and 2 before")


def test_a_record_without_a_day_is_read_by_the_list_of_the_day_it_is_looked_at() -> None:
    assert rules(EarlierFacts("1", "custody", offence="Cultivation of cannabis")) == [("1", "held_where_plants_grow")]


def test_each_record_is_read_by_the_list_of_its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[date] = []

    def list_of(app: str, name: str, day: date) -> tuple[()]:
        asked.append(day)
        return ()

    monkeypatch.setattr(words_read, "rows_on", list_of)
    looked_at = DAY + timedelta(days=30)
    assert patterns_of([told(1), EarlierFacts("2", "missing")], looked_at) == []
    assert asked == [DAY, looked_at]


@each(("days", "age", "found"), [(90, 15, True), (91, 15, False), (10, 18, False), (10, None, False)])
def test_a_child_missing_and_held_around_that_time(days: int, age: int | None, found: bool) -> None:
    held = told(2, "custody", days, age_min=age, age_max=age)
    assert rules(told(1), held) == ([("2", "missing_and_held")] if found else [])
    if found:
        ((_, shown),) = patterns_of([told(1), held], DAY)
        assert shown.rests_on == "Missing R/1 of 1 March 2026, and custody R/2 of 30 May 2026"


@each(
    ("offence", "low", "high", "found"),
    [
        ("Possession with intent to supply cocaine", 15, 15, True),
        ("PWITS Class A", 17, 17, True),
        ("Being concerned in the supply of heroin", 16, 19, True),
        ("Cultivation of cannabis", 14, 14, True),
        ("Possession with intent to supply cocaine", 18, 18, False),
        ("Possession with intent to supply cocaine", None, None, False),
        ("Possession of cannabis", 15, 15, False),
        ("Supplying alcohol", 15, 15, False),
        ("Theft from a shop", 15, 15, False),
    ],
)
def test_a_child_held_for_supplying_drugs(offence: str, low: int | None, high: int | None, found: bool) -> None:
    record = told(1, "custody", offence=offence, age_min=low, age_max=high)
    shown = [rule for _, rule in rules(record)]
    assert ("child_held_for_drugs" in shown) is found


def test_it_says_what_for_and_how_old() -> None:
    ((_, shown),) = patterns_of([told(1, "stop", offence="PWITS Class A", age_min=14, age_max=15)], DAY)
    assert shown.rests_on == "Held or stopped for “PWITS Class A”, aged 14 to 15"
    assert rules(told(1, "call", offence="PWITS Class A", **CHILD)) == []


@each("age", [15, 25])
def test_an_adults_phone_with_a_child(age: int) -> None:
    record = told(1, "custody", words="Handset registered to an adult female.", age_min=age, age_max=age)
    assert rules(record) == ([("1", "child_with_adults_phone")] if age < 18 else [])


@each(("kind", "found"), [("custody", True), ("address", True), ("missing", False)])
def test_held_where_plants_grow_whatever_the_age(kind: str, found: bool) -> None:
    record = told(1, kind, offence="Cultivation of cannabis, Misuse of Drugs Act 1971 s6", age_min=30, age_max=30)
    assert rules(record) == ([("1", "held_where_plants_grow")] if found else [])


def test_four_people_at_one_address_within_three_months() -> None:
    there = [(f"p{number}", told(number, "address", days=number)) for number in range(4)]
    assert several_at(there[:3]) == []
    found = several_at(there)
    assert [record for record, _ in found] == ["0", "1", "2", "3"]
    assert {(shown.rule, shown.rests_on) for _, shown in found} == {
        ("several_at_one_address", "4 people are in the records of this address within 90 days")
    }
    assert several_at([("p0", one) for _, one in there]) == []  # one person met four times
    last = [*there[:3], ("p4", told(9, "address", days=90))]
    assert [record for record, _ in several_at(last)] == ["0", "1", "2", "9"]  # the ninetieth day is within them
    late = [*there[:3], ("p4", told(9, "address", days=93))]
    assert several_at(late) == []
    assert several_at([(who, replace(one, kind="call")) for who, one in there]) == []
    assert several_at([(who, replace(one, happened_on=None)) for who, one in there]) == []


def test_rows_are_dated_cited_and_weigh_nothing() -> None:
    for row in reference_list("earlier_records", "record_patterns").rows:
        assert row["authority"]
        assert row["confidence"] in ("background", "unconfirmed")
        assert not {"weight", "score", "points", "rank"} & set(row)
        assert len(row["sentence"].split()) <= 14


@each(
    ("one", "other", "same"),
    [
        (("Ana Łukić", "2009-09-04"), ("ANA LUKIC", "2009-09-04"), True),
        (("Nguyễn Thị Hồng", "2001-01-02"), ("Hong Nguyen Thi", "2001-01-02"), True),
        (("王小明", "2001-01-02"), ("王小明", "2001-01-02"), True),
        (("Ana", "2009-09-04"), ("Ana", "2009-09-05"), False),
        (("Ana", "2009-09-04"), ("Anna", "2009-09-04"), False),
    ],
)
def test_two_rows_are_about_one_person_by_name_and_birth(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert (person_key(*one) == person_key(*other)) is same


@each(("name", "born"), [("", "2009-09-04"), ("Ana", "2009"), ("Ana", ""), ("Unknown", "2009-09-04"), ("-", "2009-09-04")])
def test_without_a_name_and_a_day_of_birth_nobody_is_taken_for_another(name: str, born: str) -> None:
    assert person_key(name, born) == ""


def test_a_row_without_a_name_or_a_day_of_birth_is_about_nobody_else() -> None:
    named = RecordInput("row 1", "stop", "", name="Ana", birth_date="2009-09-04")
    assert named.person_key == person_key("Ana", "2009-09-04")
    assert RecordInput("row 2", "stop", "", name="Ana").person_key == "row 2"


def test_an_address_is_known_by_its_letters_and_needs_a_number() -> None:
    assert address_key("14 Millrow") not in ("", address_key("15 Millrow"))
    assert address_key("Flat 2, 14 Mill Row, Boston") == address_key("flat 2 14 MILL ROW Boston")
    assert address_key("14 Mill Row") != address_key("15 Mill Row")
    assert address_key("Boston, Lincolnshire") == address_key("12") == address_key("") == ""
