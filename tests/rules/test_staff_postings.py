"""Dated places: a role counts on its first and last day and on no other; what wants a second administrator."""

from datetime import date
from uuid import UUID

import pytest

from lodestar.platform.staff import rules
from lodestar.platform.staff.rules import Posting

HERE, THERE = UUID(int=1), UUID(int=2)
BEGAN, FIRST, LAST = date(2026, 1, 1), date(2026, 6, 10), date(2026, 6, 20)
ONE = (Posting(HERE, ("frontline",), "constable", BEGAN, None),)


def on(postings, day):
    """What holds on a day: exactly one posting, or none."""
    found = [each for each in postings if each.first <= day and (each.last is None or day <= each.last)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(("day", "has"), [(9, False), (10, True), (15, True), (20, True), (21, False)])
def test_a_role_counts_from_its_first_to_its_last_day(day, has):
    postings = rules.with_role(ONE, "supervisor", FIRST, LAST)
    assert ("supervisor" in on(postings, date(2026, 6, day)).roles) is has
    assert "frontline" in on(postings, date(2026, 6, day)).roles
    assert rules.role_days(postings) == [("frontline", BEGAN, None), ("supervisor", FIRST, LAST)]


def test_changes_on_different_days_do_not_undo_one_another():
    postings = rules.with_role(ONE, "supervisor", FIRST, None)
    postings = rules.in_unit(postings, THERE, date(2026, 6, 15))
    postings = rules.of_rank(postings, "sergeant", FIRST)
    postings = rules.without_role(postings, "frontline", LAST)
    assert on(postings, date(2026, 6, 9)).what == (HERE, frozenset({"frontline"}), "constable")
    assert on(postings, FIRST).what == (HERE, frozenset({"frontline", "supervisor"}), "sergeant")
    assert on(postings, LAST).what == (THERE, frozenset({"supervisor"}), "sergeant")


def test_what_is_taken_back_leaves_one_posting():
    postings = rules.with_role(ONE, "supervisor", FIRST, None)
    assert rules.without_role(postings, "supervisor", FIRST) == ONE


def test_somebody_who_leaves_has_no_place_after_their_last_day():
    postings = rules.until(rules.with_role(ONE, "supervisor", FIRST, None), LAST)
    assert on(postings, LAST) is not None
    assert on(postings, date(2026, 6, 21)) is None
    assert rules.until(rules.with_role(ONE, "supervisor", FIRST, None), date(2026, 6, 9))[-1].last == date(2026, 6, 9)
    assert rules.until(postings, date(2026, 7, 1))[-1].last == date(2026, 7, 1)


def test_rank_roles_skills_and_ways_in_want_a_second_administrator():
    nothing = {"roles": [], "rank": "", "skills": []}
    assert {kind for kind in rules.KINDS if rules.needs_approval(kind, nothing)} == {"roles", "rank", "skills", "invite"}
    for granted in ({"roles": [["frontline", None]]}, {"rank": "sergeant"}, {"skills": [["pip2", None]]}):
        assert rules.needs_approval("add", {**nothing, **granted})
