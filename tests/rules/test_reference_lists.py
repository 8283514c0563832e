"""The dated lists: whole, in date, and saying where they come from; and what the check says of lists that are not."""

import re
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from lodestar.platform.obligations.facts import EXPLOITATION_TYPES
from lodestar.platform.reference.queries import exploitation_names, form_headings
from lodestar.platform.reference.rules import faults, unconfirmed
from lodestar.platform.text.reference_lists import (
    HEADER,
    PACKAGE,
    ReferenceList,
    Unreadable,
    every_reference_list,
    read_list,
    reference_list,
    rows_on,
)
from tests.offenders import each

SOURCES = (PACKAGE.parent.parent / "docs" / "sources.md").read_text(encoding="utf-8")
WRITTEN = date(2026, 11, 24)


def made(*rows: dict[str, Any], name: str = "cases/made", **header: Any) -> ReferenceList:
    """A list with a whole header and these rows."""
    whole = dict.fromkeys(HEADER, "said") | {"published": date(2026, 1, 1), "review_by": date(2027, 1, 1)} | header
    return ReferenceList(name, Path("made.toml"), MappingProxyType(whole), rows)


SOURCE_LINE = "| `cases/reference/made.toml` | what | whence | said | said |"


def told(*rows: dict[str, Any], on: date = WRITTEN, sources: str = SOURCE_LINE, **header: Any) -> list[str]:
    """What is said of such a list."""
    return [fault.message for fault in faults([made(*rows, **header)], on, sources)]


def test_our_own_lists_have_no_fault_on_the_day_they_were_written() -> None:
    assert faults(every_reference_list(), WRITTEN, SOURCES) == []


def test_every_list_named_in_the_sources_is_there() -> None:
    named = set(re.findall(r"`(\w+/reference/\w+\.toml)`", SOURCES))
    there = {one.name.replace("/", "/reference/") + ".toml" for one in every_reference_list()}
    assert named == there


def test_every_link_to_a_list_leads_to_one() -> None:
    links = {link for path in PACKAGE.rglob("*.jinja") for link in re.findall(r"/rules/lists/(\w+/\w+)", path.read_text())}
    assert links - {one.name for one in every_reference_list()} == set()


@each("key", HEADER)
def test_a_list_that_does_not_say_a_thing_of_itself(key: str) -> None:
    found = told({"code": "a"}, **{key: ""})
    assert f"says no {key}" in found
    assert [one for one in found if "docs/sources.md" not in one] == [f"says no {key}"]


def test_a_list_that_no_source_page_names_or_that_is_empty() -> None:
    assert told({"code": "a"}, sources="") == ["is not in docs/sources.md"]
    assert told({"code": "a"}, sources="See `cases/reference/made.toml`.") == ["is not in docs/sources.md"]
    assert told() == ["has no rows"]


@each(
    ("line", "said"),
    [
        ("|  | whence | said | said |", "has a line in docs/sources.md that does not say what it is"),
        ("| what |  | said | said |", "has a line in docs/sources.md that does not say from where"),
        ("| what | whence | | said |", "has a line in docs/sources.md that does not say licence"),
        ("| what | whence | said |", "has a line in docs/sources.md that does not say attribution"),
        ("| what | whence | as the file says | said |", "has another licence in docs/sources.md than in the file"),
        ("| what | whence | said | someone |", "has another attribution in docs/sources.md than in the file"),
    ],
)
def test_a_line_of_the_sources_that_does_not_say_all(line: str, said: str) -> None:
    assert told({"code": "a"}, sources=f"| `cases/reference/made.toml` {line}") == [said]


@each(
    ("rows", "said"),
    [
        ([{"code": "a", "from": "2022-01-01"}], ["a: from '2022-01-01' is no day"]),
        ([{"code": "a", "to": 2022}, {"code": "a"}], ["a: to 2022 is no day"]),
        ([{"code": "a", "review_by": "soon"}], ["a: review_by 'soon' is no day"]),
        ([{"code": "a", "confidence": "sure"}], ["a: unknown confidence 'sure'"]),
        ([{"code": "a", "basis": "custom"}], ["a: unknown basis 'custom'"]),
        ([{"code": "a", "confirmed_by": "A. Person"}], ["a: needs both who confirmed it and when"]),
        ([{"name": "no code"}], ["row 1: has nothing to tell it by"]),
        ([{"code": "a", "name": "Inês’s café, 24 © £5"}], []),
        ([{"slug": "a", "ons_code": "E1"}, {"slug": "b", "ons_code": "E1"}], ["ons_code E1 has two rows for one day"]),
        ([{"words": ["knife"]}, {"words": ["knife"]}], ["knife has two rows for one day"]),
        ([{"act": "Theft Act", "year": 1968, "sections": ["1"]}] * 2, ["Theft Act 1968 1 has two rows for one day"]),
    ],
)
def test_a_planted_fault_is_named_in_one_line(rows: list[dict[str, Any]], said: list[str]) -> None:
    assert told(*rows) == said


def test_a_fault_of_one_list_or_of_its_header_hides_none_of_the_rows() -> None:
    twice = ({"code": "a"}, {"code": "a"})
    assert {"says no title", "a has two rows for one day"} <= set(told(*twice, title=""))
    lists = [made({"code": "a", "from": "soon"}, name="cases/one"), made(*twice, name="cases/two")]
    found = [fault.message for fault in faults(lists, WRITTEN, "") if fault.list == "cases/two"]
    assert "a has two rows for one day" in found


def test_a_list_to_be_reviewed_before_it_was_published() -> None:
    found = told({"code": "a"}, published=date(2026, 12, 2), review_by=date(2026, 12, 1))
    assert found == ["is to be reviewed before it was published"]
    assert told({"code": "a"}, published=date(2026, 12, 1), review_by=date(2026, 12, 1)) == found
    assert told({"code": "a"}, published=date(2026, 11, 30), review_by=date(2026, 12, 1)) == []
    assert told({"code": "a"}, review_by="2027-01-01") == ["its header: review_by '2027-01-01' is no day"]


@each("key", ["name", "number", "hours", "owner", "review_by"])
def test_a_contact_without_a_thing_that_whoever_rings_needs(key: str) -> None:
    own = reference_list("reference", "contacts")
    first = {name: value for name, value in own.rows[0].items() if name != key}
    found = faults([ReferenceList(own.name, own.path, own.header, (first, *own.rows[1:]))], WRITTEN, SOURCES)
    assert [fault.message for fault in found] == [f"emergency says no {key}"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'title = "Caf\xe9"\n', "cases/made is not in UTF-8: byte 12 is 0xe9"),
        ("title = 1\n".encode("utf-16"), "cases/made is not in UTF-8: byte 0 is 0x"),
        ('\ufefftitle = "made"\n'.encode(), "cases/made is no TOML: Invalid statement (at line 1, column 1)"),
        (b'title = "a"\ntitle = "b"\n', "cases/made is no TOML: Cannot overwrite a value (at line 2"),
        (b"[[row]]\nfrom = 2026-02-30\n", "cases/made is no TOML: "),
    ],
)
def test_a_file_that_cannot_be_read_is_named_in_one_line(tmp_path: Path, content: bytes, said: str) -> None:
    folder = tmp_path / "cases" / "reference"
    folder.mkdir(parents=True)
    (folder / "made.toml").write_bytes(content)
    with pytest.raises(Unreadable) as broken:
        read_list(folder / "made.toml")
    assert str(broken.value).startswith(said)
    assert "\n" not in str(broken.value)


@each(("on", "is_due"), [(date(2026, 12, 31), False), (date(2027, 1, 1), False), (date(2027, 1, 2), True)])
def test_a_review_that_is_past(on: date, is_due: bool) -> None:
    assert bool(told({"code": "a"}, on=on)) == is_due
    row = {"code": "a", "review_by": date(2027, 1, 1)}
    assert bool(told(row, on=on, review_by=date(2030, 1, 1))) == is_due


@each(
    ("rows", "word"),
    [
        ([{"to": date(2022, 12, 12)}, {"from": date(2022, 12, 13)}], None),
        ([{"to": date(2022, 12, 12)}, {"from": date(2022, 12, 14)}], "no row from 2022-12-12 to 2022-12-14"),
        ([{"to": date(2022, 12, 12)}, {"from": date(2022, 12, 12)}], "two rows for one day"),
        ([{}, {"from": date(2022, 12, 12)}], "two rows for one day"),
        ([{}, {}], "two rows for one day"),
        ([{"from": date(2022, 2, 2), "to": date(2022, 1, 1)}], "ends before it begins"),
        ([{"from": date(2022, 2, 2), "to": date(2022, 2, 2)}], None),
    ],
)
def test_rows_of_one_thing_follow_day_by_day(rows: list[dict[str, Any]], word: str | None) -> None:
    said = told(*({"code": "a", **row} for row in rows))
    assert (word is None and said == []) or any(word and word in one for one in said)


@each(
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
    years = [{**one, "review_by": date(2030, 1, 1)} for one in own.header["years"]]
    header = MappingProxyType({**own.header, "review_by": date(2030, 1, 1), "years": years})
    found = faults([ReferenceList(own.name, own.path, header, own.rows)], on, SOURCES)
    assert [(fault.message, fault.is_warning) for fault in found] == said


@each("year", [2026, 2027, 2028])
def test_a_year_with_too_few_bank_holidays(year: int) -> None:
    own = reference_list("reference", "bank_holidays")
    rows = tuple(row for row in own.rows if row["day"].isoformat()[:7] != f"{year}-08")
    found = faults([ReferenceList(own.name, own.path, own.header, rows)], WRITTEN, SOURCES)
    assert [fault.message for fault in found] == [f"{year} has fewer than 8 bank holidays"]


@each(
    ("told_of_2026", "said"),
    [
        ({"review_by": date(2027, 10, 1)}, "2026 has no owner or no day of review"),
        ({"owner": "policy owner"}, "2026 has no owner or no day of review"),
        ({"owner": "policy owner", "review_by": date(2026, 11, 23)}, "2026 was to be reviewed by 2026-11-23"),
        ({"owner": "policy owner", "review_by": WRITTEN}, None),
    ],
)
def test_a_year_of_bank_holidays_that_nobody_answers_for(told_of_2026: dict[str, Any], said: str | None) -> None:
    own = reference_list("reference", "bank_holidays")
    years = [{"year": 2026, **told_of_2026} if one["year"] == 2026 else one for one in own.header["years"]]
    header = MappingProxyType({**own.header, "years": years})
    found = faults([ReferenceList(own.name, own.path, header, own.rows)], WRITTEN, SOURCES)
    assert [fault.message for fault in found] == ([said] if said else [])


def test_what_nobody_has_confirmed_is_counted() -> None:
    assert unconfirmed(made({"confidence": "background"}, {"confidence": "verified"}, {"confidence": "unconfirmed"})) == 2
    assert unconfirmed(made({"confidence": "excerpt"}, {})) == 1
    assert unconfirmed(made({"confidence": "background", "confirmed_by": "A. Person"})) == 0
    assert unconfirmed(made({"confidence": "verified"}, {}, confidence="background")) == 1
    assert unconfirmed(made({}, {}, confidence="background")) == 2
    assert unconfirmed(reference_list("reference", "bank_holidays")) == len(reference_list("reference", "bank_holidays").rows)


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


def test_every_number_is_national_and_has_an_owner_and_a_review() -> None:
    for row in rows_on("reference", "contacts", WRITTEN):
        assert row["owner"]
        assert row["review_by"] > WRITTEN
        assert not row["number"].startswith("01632"), "numbers for drama are the demo's"
    national = {row["code"]: row.get("number") for row in reference_list("reference", "contacts").rows}
    assert national["slavery_helpline"] == "08000 121 700"
    assert national["salvation_army"] == "0800 808 3733"
    assert national["child_trafficking_guardians"] == "0800 043 4303"


def test_every_kind_of_exploitation_that_is_recorded_is_in_the_list() -> None:
    rows = reference_list("reference", "exploitation_types").rows
    assert tuple(row["code"] for row in rows) == EXPLOITATION_TYPES
    told = {kind for row in reference_list("concerns", "signs").rows for kind in row["types"]}
    assert told <= set(EXPLOITATION_TYPES)
    assert form_headings(["domestic", "labour", "other"]) == ("Labour and financial exploitation", "Domestic servitude")
    assert exploitation_names()["organ"] == "organ removal"


def test_every_paragraph_of_schedule_4_stands_in_a_list() -> None:
    paragraphs = {row["para"] for name in ("schedule4", "inchoate") for row in reference_list("section45", name).rows}
    assert paragraphs == set(range(1, 38))


def test_the_number_of_the_salvation_army_is_that_of_the_day() -> None:
    def number(day: date) -> str:
        (row,) = (row for row in rows_on("reference", "contacts", day) if row["code"] == "salvation_army")
        return str(row["number"])

    assert [number(date(2021, 1, 3)), number(date(2021, 1, 4))] == ["0300 303 8151", "0800 808 3733"]


def test_who_may_refer_is_that_of_the_day() -> None:
    def codes(day: date) -> set[str]:
        return {row["code"] for row in rows_on("referrals", "first_responders", day)}

    assert codes(date(2026, 4, 21)) - codes(date(2020, 3, 1)) == {"fair_work_agency"}
    assert codes(date(2020, 3, 1)) - codes(date(2026, 4, 21)) == {"poppy_project"}


def test_outcome_codes_stand_for_outcomes_that_can_be_recorded_and_none_is_confirmed() -> None:
    own = reference_list("section45", "outcome_codes")
    assert len(own.rows) == unconfirmed(own) == 25
    assert {row["kind"] for row in own.rows if "kind" in row} == {
        "charge", "caution", "other_disposal", "no_further_action"
    }  # fmt: skip


def test_guardian_areas_are_police_areas() -> None:
    areas = {row["slug"] for row in reference_list("reference", "police_areas").rows}
    listed = reference_list("referrals", "guardian_areas")
    assert {row["slug"] for row in listed.rows} < areas
    assert unconfirmed(listed) == len(listed.rows)
    assert all(row["confidence"] != "verified" for row in listed.rows)
