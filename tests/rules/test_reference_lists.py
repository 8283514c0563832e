"""The dated lists: whole, in date, and saying where they come from; and what the check says of lists that are not."""

import re
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from lodestar.kernel.reference_lists import (
    HEADER,
    PACKAGE,
    ReferenceList,
    every_reference_list,
    reference_list,
    rows_on,
)
from lodestar.reference.rules import faults, unconfirmed

SOURCES = (PACKAGE.parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")
WRITTEN = date(2026, 11, 24)


def made(*rows: dict[str, Any], name: str = "cases/made", **header: Any) -> ReferenceList:
    """A list with a whole header and these rows."""
    whole = dict.fromkeys(HEADER, "said") | {"review_by": date(2027, 1, 1)} | header
    return ReferenceList(name, Path("made.toml"), MappingProxyType(whole), rows)


def told(
    *rows: dict[str, Any], on: date = WRITTEN, sources: str = "cases/reference/made.toml", **header: Any
) -> list[str]:
    """What is said of such a list."""
    return [fault.message for fault in faults([made(*rows, **header)], on, sources)]


def test_our_own_lists_have_no_fault_on_the_day_they_were_written() -> None:
    assert faults(every_reference_list(), WRITTEN, SOURCES) == []


def test_every_list_named_in_the_sources_is_there() -> None:
    named = set(re.findall(r"`(\w+/reference/\w+\.toml)`", SOURCES))
    there = {one.name.replace("/", "/reference/") + ".toml" for one in every_reference_list()}
    assert named == there


@pytest.mark.parametrize("key", HEADER)
def test_a_list_that_does_not_say_a_thing_of_itself(key: str) -> None:
    assert told({"code": "a"}, **{key: ""}) == [f"says no {key}"]


def test_a_list_that_no_source_page_names_or_that_is_empty() -> None:
    assert told({"code": "a"}, sources="") == ["is not in docs/sources.md"]
    assert told() == ["has no rows"]


@pytest.mark.parametrize(
    ("on", "is_due"), [(date(2026, 12, 31), False), (date(2027, 1, 1), False), (date(2027, 1, 2), True)]
)
def test_a_review_that_is_past(on: date, is_due: bool) -> None:
    assert bool(told({"code": "a"}, on=on)) == is_due
    row = {"code": "a", "review_by": date(2027, 1, 1)}
    assert bool(told(row, on=on, review_by=date(2030, 1, 1))) == is_due


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ([{"to": date(2022, 12, 12)}, {"from": date(2022, 12, 13)}], None),
        ([{"to": date(2022, 12, 12)}, {"from": date(2022, 12, 14)}], "no row from 2022-12-12 to 2022-12-14"),
        ([{"to": date(2022, 12, 12)}, {"from": date(2022, 12, 12)}], "two rows for one day"),
        ([{}, {"from": date(2022, 12, 12)}], "two rows for one day"),
        ([{}, {}], "two rows for one day"),
        ([{"from": date(2022, 2, 2), "to": date(2022, 1, 1)}], "ends before it begins"),
    ],
)
def test_rows_of_one_thing_follow_day_by_day(rows: list[dict[str, Any]], word: str | None) -> None:
    said = told(*({"code": "a", **row} for row in rows))
    assert (word is None and said == []) or any(word and word in one for one in said)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2027, 9, 30), []),
        (date(2027, 10, 1), []),
        (date(2028, 9, 30), []),
        (date(2028, 10, 1), [("2029 is missing", True)]),
        (date(2029, 1, 1), [("2029 is missing: limits in working days pass over weekends only", False)]),
    ],
)
def test_next_years_bank_holidays_are_missed_in_october(on: date, said: list[tuple[str, bool]]) -> None:
    own = reference_list("reference", "bank_holidays")
    header = MappingProxyType({**own.header, "review_by": date(2030, 1, 1)})
    found = faults([ReferenceList(own.name, own.path, header, own.rows)], on, SOURCES)
    assert [(fault.message, fault.is_warning) for fault in found] == said


def test_a_year_with_too_few_bank_holidays() -> None:
    own = reference_list("reference", "bank_holidays")
    rows = tuple(row for row in own.rows if row["day"] != date(2026, 12, 25))
    found = faults([ReferenceList(own.name, own.path, own.header, rows)], WRITTEN, SOURCES)
    assert [fault.message for fault in found] == ["2026 has fewer than 8 bank holidays"]


def test_what_nobody_has_confirmed_is_counted() -> None:
    assert (
        unconfirmed(made({"confidence": "background"}, {"confidence": "verified"}, {"confidence": "unconfirmed"})) == 2
    )
    assert unconfirmed(made({}, {}, confidence="background")) == 2
    assert unconfirmed(reference_list("reference", "bank_holidays")) == len(
        reference_list("reference", "bank_holidays").rows
    )


def test_all_forces_are_tenants_with_an_area_and_the_demo_is_marked() -> None:
    tenants = {row["slug"]: row for row in reference_list("reference", "tenants").rows}
    areas = {row["slug"]: row for row in reference_list("reference", "police_areas").rows}
    in_england_and_wales = [row for row in areas.values() if row.get("ons_code", "")[:1] in ("E", "W")]
    assert len(in_england_and_wales) == 43
    assert set(areas) <= set(tenants)
    assert {"btp", "nca", "ersou", "police-scotland", "northern-ireland"} <= set(tenants)
    assert {slug for slug, row in tenants.items() if row.get("demo")} == {"fenmarch"}
    assert {area for row in tenants.values() for area in row["areas"]} <= set(areas)
    assert areas["norfolk"]["ons_code"] == "E23000024"


def test_every_local_number_is_one_for_drama_and_each_has_an_owner_and_a_review() -> None:
    for row in rows_on("reference", "contacts", WRITTEN):
        assert row["owner"]
        assert row["review_by"] > WRITTEN
        assert row["number"].startswith("01632 960") == bool(row.get("demo"))
    national = {row["code"]: row["number"] for row in reference_list("reference", "contacts").rows}
    assert national["slavery_helpline"] == "08000 121 700"
    assert national["salvation_army"] == "0800 808 3733"
    assert national["child_trafficking_guardians"] == "0800 043 4303"
