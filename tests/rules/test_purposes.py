"""For what something was recorded, for what it is used, and when that is a crossing: tables."""

from lodestar.casework.disclosures.rules import (
    ADDRESS,
    CASE_FILE,
    COVERED,
    RECORDED_FOR,
    TABLES,
    USES,
    is_purpose_change,
    purpose_changes,
)
from tests.offenders import each

CROSSED = {
    "support": {"investigation", "prosecution", "immigration", "other"},
    "safeguarding": {"investigation", "prosecution", "immigration", "other"},
    "law_enforcement": {"immigration", "other"},
}


@each("recorded_for", RECORDED_FOR)
@each("use", USES)
def test_a_use_outside_the_purpose_is_a_crossing(recorded_for, use):
    assert is_purpose_change(recorded_for, use) == (use in CROSSED[recorded_for])


def test_no_purpose_covers_telling_immigration_or_something_else():
    assert not any({"immigration", "other"} & covered for covered in COVERED.values())


def test_what_is_not_known_is_covered_by_nothing():
    assert is_purpose_change("a purpose to come", "support")
    assert is_purpose_change("support", "a use to come")
    assert is_purpose_change("support", "")


@each(
    ("recorded_for", "use", "found"),
    [
        (ADDRESS, "safeguarding", ()),
        (ADDRESS, "prosecution", ("support",)),
        (CASE_FILE, "support", ()),
        (CASE_FILE, "prosecution", ("safeguarding",)),
        (CASE_FILE, "immigration", ("safeguarding", "law_enforcement")),
        (("law_enforcement", "support"), "other", ("support", "law_enforcement")),
        ((), "immigration", ()),
    ],
)
def test_each_purpose_that_does_not_cover_it_is_named(recorded_for, use, found):
    assert purpose_changes(recorded_for, use) == found


def test_a_table_has_one_purpose():
    said = [table for tables in TABLES.values() for table in tables]
    assert len(said) == len(set(said))
    assert set(TABLES) == set(RECORDED_FOR)
