"""The list of obligations and the rules: nothing used and not listed, nothing listed and never owed, and words fit
for a screen."""

import re
from collections.abc import Iterable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings

from lodestar.exchange.assess.rules import PROVIDERS, answer, everything_owed
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed, obligation_rows
from lodestar.platform.obligations.settings import SHIPPED
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each
from tests.rules.generated import encounters
from tests.rules.own_encounters import own_encounters

SEVEN = [
    "make_safe", "medical_and_basic_care_first", "see_alone_with_independent_interpreter", "establish_age",
    "tell_childrens_services_now", "safe_place", "section45_first_question",
]  # fmt: skip

_SECTION_45 = re.compile(r"section 45(?!\w)", re.IGNORECASE)
_CAPITALS = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z])\w+\b")
_BLAME = re.compile(r"\b(illegals?|prostitute|lifestyle|refus(?:ed|es) to (?:engage|cooperate)|runner|failed to|PV|nominal)\b")
_FALSE_COMFORT = re.compile(
    r"\b(?:they|he|she|person|child|victim|now) (?:is |are )?safe\b|\bcase is complete\b|\bnot a victim\b|\ball clear\b",
    re.IGNORECASE,
)


def every_why() -> set[str]:
    """Every sentence of reasons that our own encounters bring out."""
    found: set[str] = set()
    for encounter in own_encounters():
        found |= {why for one in everything_owed(encounter, SHIPPED) for why in one.why}
        told = answer(encounter, SHIPPED)
        for person in told["people"]:
            found |= set(person["route"]["why"])
            found |= {why for row in person["section45"] for why in row["why"]}
        found |= {why for level in told["case"]["tasking"] for why in level["why"]}
    return found


def test_every_listed_code_is_owed_by_some_facts() -> None:
    owed = {one.code for encounter in own_encounters() for one in everything_owed(encounter, SHIPPED)}
    listed = set(obligation_rows())
    ledger_only = {code for code, rows in obligation_rows().items() if rows[0].ledger_only}
    assert listed - ledger_only == owed


def test_every_code_that_only_the_ledger_owes_is_named_by_a_test() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    for code, rows in obligation_rows().items():
        if rows[0].ledger_only:
            assert f'"{code}"' in tests, code


def test_frontline_owes_exactly_seven_things_now_in_the_order_of_the_screen() -> None:
    now = [rows[0] for rows in obligation_rows().values() if (rows[0].owed_by, rows[0].when) == ("frontline", "now")]
    assert [row.code for row in sorted(now, key=lambda row: row.line or 0)] == SEVEN
    assert [row.line for row in now] == [1, 2, 3, 4, 5, 6, 7]
    assert all(row.line is None for rows in obligation_rows().values() for row in rows if row.code not in SEVEN)


def test_no_frontline_duty_is_for_another_day() -> None:
    frontline = [row for rows in obligation_rows().values() for row in rows if row.owed_by == "frontline"]
    assert {row.when for row in frontline} == {"now", "this_tour"}


def test_every_row_has_a_title_of_eight_words_a_sentence_and_what_closes_it() -> None:
    words = reference_list("obligations", "obligation_words").rows
    said = {(row["code"], row.get("from"), row.get("to")): row for row in words}
    listed = {(row["code"], row.get("from"), row.get("to")) for row in reference_list("obligations", "obligations").rows}
    lacking = [
        key
        for key in listed
        if not 1 <= len(said.get(key, {}).get("title", "").split()) <= 8
        or not said[key]["sentence"].endswith(".")
        or not said[key]["closes_by"]
    ]
    assert not lacking
    assert set(said) == listed
    assert all((row.get("confidence") == "unconfirmed") == ("to_settle" in row) for row in words)


def test_dated_rows_of_a_code_neither_overlap_nor_leave_a_gap() -> None:
    for code, rows in obligation_rows().items():
        dated = sorted(rows, key=lambda row: (row.start is not None, row.start))
        for one, following in pairwise(dated):
            assert one.end, code
            assert following.start == one.end + timedelta(days=1), code


def test_every_row_says_on_what_it_rests_and_how_sure_that_is() -> None:
    for rows in obligation_rows().values():
        for row in rows:
            assert row.authority, row.code
            assert row.basis in {"law", "guidance", "policy"}, row.code
            assert row.confidence in {"verified", "excerpt", "background", "unconfirmed"}, row.code


@each("why", sorted(every_why()))
def test_a_reason_is_one_plain_sentence_of_at_most_20_words(why: str) -> None:
    known = {row["short"] for row in reference_list("reference", "glossary").rows}
    assert len(why.split()) <= 20
    assert why[0].isupper()
    assert why.endswith(".")
    assert set(_CAPITALS.findall(why)) <= known


def listed_sentences() -> Iterable[str]:
    """Every sentence and authority of the list."""
    for rows in obligation_rows().values():
        for row in rows:
            yield from (row.sentence, row.applies, row.closes_by, *row.authority)


@each("text", sorted({*every_why(), *listed_sentences()}))
def test_no_word_blames_comforts_falsely_or_leaves_out_the_act(text: str) -> None:
    assert not _BLAME.search(text)
    assert not _FALSE_COMFORT.search(text)
    for match in _SECTION_45.finditer(text):
        assert text[match.end() :].startswith(" of the Modern Slavery Act 2015")


@settings(max_examples=30, deadline=None)
@given(encounters())
def test_every_key_is_owed_once_and_every_person_is_one_of_the_encounter(encounter: Encounter) -> None:
    owed = everything_owed(encounter, SHIPPED)
    keys = [one.key for one in owed]
    assert len(keys) == len(set(keys))
    assert {one.person for one in owed} <= {None, *(person.id for person in encounter.people)}
    assert all(one.why and len(one.rests_on) <= 300 for one in owed)
    assert all(len(one.subject) <= 80 and len(one.moment) <= 80 for one in owed)


@settings(max_examples=20, deadline=None)
@given(encounters())
def test_rules_see_no_clock_and_no_order_of_asking(encounter: Encounter) -> None:
    once = everything_owed(encounter, SHIPPED)
    encounter.readings.clear()
    backwards: list[list[Owed]] = [provider(encounter, SHIPPED) for provider in reversed(PROVIDERS)]
    assert once == [one for found in reversed(backwards) for one in found]
