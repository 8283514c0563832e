"""An age is printed as it was given: what nobody said is no number."""

from datetime import date
from typing import Any

import pytest

from lodestar.casework.concerns.rules import ReportedAge, bounds
from lodestar.platform.obligations.ages import age_in_words
from lodestar.platform.obligations.facts import Birth
from lodestar.platform.time.fuzzy import partial_date
from tests.rules.meeting import facts, owed, someone

DAY, DOUBT = date(2026, 3, 2), 25


def in_words(told: ReportedAge) -> str:
    found = bounds(told, day=DAY, doubt=DOUBT)
    born = partial_date(found.birth_date) if found.birth_date else None
    return age_in_words(Birth(born, found.age_min, found.age_max, found.age_basis), DAY)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, ""),
        ({"answer": "under_18"}, "under 18"),
        ({"answer": "under_18", "basis": "stated"}, "under 18, they said so"),
        ({"answer": "under_18", "low": 15}, "under 18, at least 15"),
        ({"answer": "may_be_under_18"}, "may be under 18"),
        ({"answer": "may_be_under_18", "basis": "stated"}, "may be under 18, they said so"),
        ({"answer": "may_be_under_18", "high": 30}, "may be under 18"),
        ({"answer": "adult"}, "adult"),
        ({"answer": "adult", "high": 30}, "adult, at most 30"),
        ({"answer": "adult", "high": 16, "basis": "disputed"}, "age in dispute"),
        ({"answer": "under_18", "low": 22, "high": 24, "basis": "disputed"}, "at most 24, in dispute"),
        ({"basis": "disputed"}, "age in dispute"),
        ({"low": 16, "high": 17, "basis": "estimated"}, "looks 16 or 17"),
        ({"low": 17, "high": 17, "basis": "stated"}, "says 17"),
        ({"low": 18, "high": 18, "basis": "document"}, "18 by identity document"),
        ({"low": 30}, "at least 30"),
        ({"born": "2009-09-04", "basis": "document"}, "16 by identity document"),
        ({"born": "2009", "answer": "may_be_under_18"}, "16 or 17 by date of birth"),
        ({"born": "2009", "low": 16, "high": 16, "basis": "stated"}, "says 16"),
        ({"born": "2001", "low": 16, "high": 17, "basis": "disputed"}, "24 or 25 by date of birth, in dispute, or 16 or 17"),
    ],
)
def test_an_age_is_said_as_it_was_given(told: dict[str, Any], expected: str) -> None:
    assert in_words(ReportedAge(**told)) == expected


@pytest.mark.parametrize(
    ("birth", "due"),
    [
        ({"age_max": 17}, None),
        ({"age_min": 16, "age_max": 17, "basis": "estimated"}, None),
        ({"age_min": 16, "age_max": 22, "basis": "disputed"}, None),
        ({"age_max": 25, "basis": "estimated"}, None),
        ({"age_min": 17, "age_max": 17, "basis": "stated"}, date(2026, 3, 3)),
        ({"age_min": 16, "age_max": 16, "basis": "stated"}, date(2026, 12, 3)),
        ({"date": "2008-05"}, date(2026, 3, 3)),
    ],
)
def test_only_a_date_or_a_stated_17_says_that_18_is_near(birth: dict[str, Any], due: date | None) -> None:
    first = owed(facts(someone(birth=birth)), "turning_18_consent")[0]
    assert (first.due and first.due.date(), first.due_from) == (due, None if due else "birthday_18")
