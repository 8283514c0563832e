"""What an officer says of an age becomes bounds that the rules read, and a form shows what is recorded."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lodestar.casework.concerns.rules import AgeBounds, Contradiction, ReportedAge, answers_for, bounds
from tests.rules.meeting import person_of, someone

DAY = date(2026, 3, 2)
DOUBT = 25


def recorded(*told, **named):
    return bounds(ReportedAge(*told, **named), day=DAY, doubt=DOUBT)


def treated(found):
    birth = {"age_min": found.age_min, "age_max": found.age_max, "basis": found.age_basis}
    return person_of(someone(birth={**birth, "date": found.birth_date or None}))["treat_as"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (ReportedAge(), AgeBounds(None, None, "", "unknown")),
        (ReportedAge("not_known"), AgeBounds(None, None, "", "unknown")),
        (ReportedAge("under_18"), AgeBounds(None, 17, "", "unknown")),
        (ReportedAge("adult"), AgeBounds(18, None, "", "unknown")),
        (ReportedAge("may_be_under_18"), AgeBounds(None, 25, "", "estimated")),
        (ReportedAge("may_be_under_18", basis="stated"), AgeBounds(None, 25, "", "stated")),
        (ReportedAge("may_be_under_18", low=16), AgeBounds(16, None, "", "estimated")),
        (ReportedAge("may_be_under_18", high=20), AgeBounds(None, 20, "", "estimated")),
        (ReportedAge("may_be_under_18", high=30), AgeBounds(17, 30, "", "estimated")),
        (ReportedAge("under_18", low=15), AgeBounds(15, 17, "", "unknown")),
        (ReportedAge("under_18", low=15, high=16), AgeBounds(15, 16, "", "unknown")),
        (ReportedAge("adult", high=30), AgeBounds(18, 30, "", "unknown")),
        (ReportedAge("", low=15, high=19, basis="estimated"), AgeBounds(15, 19, "", "estimated")),
        (ReportedAge("not_known", low=34, high=34), AgeBounds(34, 34, "", "unknown")),
        (ReportedAge("under_18", born="2009-09"), AgeBounds(None, None, "2009-09", "unknown")),
        (ReportedAge("", basis="disputed"), AgeBounds(None, None, "", "disputed")),
        (ReportedAge("adult", basis="disputed"), AgeBounds(18, None, "", "disputed")),
        (ReportedAge("under_18", born="2001", basis="disputed"), AgeBounds(17, 17, "2001", "disputed")),
        (ReportedAge("under_18", low=22, high=24, basis="disputed"), AgeBounds(17, 24, "", "disputed")),
        (ReportedAge("adult", high=16, basis="disputed"), AgeBounds(None, 18, "", "disputed")),
    ],
)
def test_numbers_stand_before_the_quick_answer_and_a_dispute_leaves_both_sides_open(told, expected):
    assert bounds(told, day=DAY, doubt=DOUBT) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # One side of the dispute says under 18: what else is told stays, and at least one such age stays open.
        (ReportedAge("under_18", basis="disputed"), AgeBounds(None, 17, "", "disputed")),
        (ReportedAge("under_18", low=15, basis="disputed"), AgeBounds(15, 17, "", "disputed")),
        (ReportedAge("under_18", low=18, basis="disputed"), AgeBounds(17, 18, "", "disputed")),
        (ReportedAge("under_18", high=16, basis="disputed"), AgeBounds(None, 16, "", "disputed")),
        (ReportedAge("under_18", high=20, basis="disputed"), AgeBounds(None, 20, "", "disputed")),
        (ReportedAge("under_18", born="2008", basis="disputed"), AgeBounds(None, None, "2008", "disputed")),
        (ReportedAge("may_be_under_18", basis="disputed"), AgeBounds(None, None, "", "disputed")),
        # One side says adult: at least one age of 18 or over stays open.
        (ReportedAge("adult", low=20, basis="disputed"), AgeBounds(20, None, "", "disputed")),
        (ReportedAge("adult", low=16, basis="disputed"), AgeBounds(16, None, "", "disputed")),
        (ReportedAge("adult", high=17, basis="disputed"), AgeBounds(None, 18, "", "disputed")),
        (ReportedAge("adult", high=18, basis="disputed"), AgeBounds(18, 18, "", "disputed")),
        (ReportedAge("adult", born="2012", basis="disputed"), AgeBounds(None, 18, "2012", "disputed")),
        (ReportedAge("adult", born="2008", basis="disputed"), AgeBounds(None, None, "2008", "disputed")),
    ],
)
def test_in_dispute_an_age_on_the_side_of_the_answer_stays_open(told, expected):
    assert bounds(told, day=DAY, doubt=DOUBT) == expected


@pytest.mark.parametrize(("high", "low"), [(DOUBT, None), (DOUBT + 1, 17)])
def test_an_age_told_beyond_doubt_opens_the_years_under_18(high, low):
    assert recorded("may_be_under_18", high=high) == AgeBounds(low, high, "", "estimated")


# Born on 2 March 2008 makes them 18 on that day of 2026; the year 2008 alone 17 or 18, the year 2001 alone 24 or 25.
@pytest.mark.parametrize(
    "told",
    [
        ReportedAge("under_18", high=17),
        ReportedAge("may_be_under_18", low=17),
        ReportedAge("adult", low=18, high=18),
        ReportedAge("under_18", born="2008-03-03"),
        ReportedAge("adult", born="2008-03-02"),
        ReportedAge("under_18", born="2008"),
        ReportedAge("adult", born="2008"),
        ReportedAge(low=25, born="2001"),
        ReportedAge(high=24, born="2001"),
    ],
)
def test_answers_that_can_both_hold_are_recorded_with_their_numbers(told):
    found = bounds(told, day=DAY, doubt=DOUBT)
    assert found.birth_date == told.born
    assert told.low in (None, found.age_min)
    assert told.high in (None, found.age_max)


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        (ReportedAge(low=16, high=14), "high", "The age to, 14, is below the age from, 16"),
        (ReportedAge("under_18", low=19), "low", "“Under 18” and an age from 19 do not go together"),
        (ReportedAge("under_18", high=18), "high", "“Under 18” and an age to 18 do not go together"),
        (ReportedAge("may_be_under_18", low=18), "low", "“May be under 18” and an age from 18 do not go together"),
        (ReportedAge("adult", low=17), "low", "“Adult” and an age of 17 do not go together"),
        (ReportedAge("adult", high=17), "high", "“Adult” and an age of 17 do not go together"),
        (ReportedAge("under_18", born="2001"), "born", "which makes them 24 or 25"),
        (ReportedAge("may_be_under_18", born="2001-01-01"), "born", "which makes them 25, do not"),
        (ReportedAge("may_be_under_18", born="2008-03-02"), "born", "which makes them 18, do not"),
        (ReportedAge("adult", born="2008-03-03"), "born", "which makes them 17, do not"),
        (ReportedAge("adult", born="2012"), "born", "“Adult” and this date of birth"),
        (ReportedAge(low=26, born="2001"), "born", "the age in years says otherwise"),
        (ReportedAge(high=23, born="2001"), "born", "the age in years says otherwise"),
    ],
)
def test_two_answers_that_cannot_both_hold_are_told_with_what_to_do(told, field, words):
    with pytest.raises(Contradiction, match=words) as found:
        bounds(told, day=DAY, doubt=DOUBT)
    assert found.value.field == field
    assert "Change one of them" in str(found.value)


@pytest.mark.parametrize(
    "told", [ReportedAge("under_18", low=19), ReportedAge("adult", born="2012"), ReportedAge(low=30, born="2001")]
)
def test_in_dispute_the_same_answers_may_both_be_recorded(told):
    found = bounds(ReportedAge(told.answer, told.low, told.high, told.born, "disputed"), day=DAY, doubt=DOUBT)
    assert treated(found) == "child"


AGES = some.none() | some.integers(0, 40)
BORN = some.sampled_from(["", "", "2001", "2008", "2008-03", "2008-03-02", "2009-09-04", "1990-05"])
ANSWERS = some.sampled_from(["", "under_18", "may_be_under_18", "adult", "not_known"])
BASES = some.sampled_from(["", "stated", "estimated", "document", "disputed", "assessed"])
TOLD = some.builds(ReportedAge, ANSWERS, AGES, AGES, BORN, BASES)


@given(TOLD)
def test_whoever_may_be_under_18_is_treated_as_a_child(told):
    try:
        found = bounds(told, day=DAY, doubt=DOUBT)
    except Contradiction:
        return
    if told.answer in ("under_18", "may_be_under_18"):
        assert treated(found) == "child"


@given(TOLD)
def test_a_form_that_shows_what_is_recorded_would_record_the_same(told):
    try:
        found = bounds(told, day=DAY, doubt=DOUBT)
    except Contradiction:
        return
    shown = answers_for(found, day=DAY, doubt=DOUBT)
    assert bounds(shown, day=DAY, doubt=DOUBT) == found


@pytest.mark.parametrize(
    "told",
    [
        ReportedAge(),
        ReportedAge("under_18"),
        ReportedAge("adult"),
        ReportedAge("may_be_under_18", basis="estimated"),
        ReportedAge("under_18", low=15),
        ReportedAge(low=15, high=19),
        ReportedAge("under_18", born="2008-03-03"),
        ReportedAge("adult", born="2008-03-02"),
        ReportedAge(basis="disputed"),
        ReportedAge("adult", basis="disputed"),
        ReportedAge("under_18", born="2008-03-02", basis="disputed"),
        ReportedAge("adult", born="2008-03-03", basis="disputed"),
    ],
)
def test_an_answer_is_shown_as_it_was_given(told):
    assert answers_for(bounds(told, day=DAY, doubt=DOUBT), day=DAY, doubt=DOUBT) == told


def test_of_a_date_of_birth_the_form_shows_what_it_makes_them():
    shown = [
        answers_for(AgeBounds(None, None, born, "document"), day=DAY, doubt=DOUBT).answer for born in ("2012", "2008", "1990")
    ]
    assert shown == ["under_18", "may_be_under_18", "adult"]


def test_what_came_from_elsewhere_and_contradicts_itself_is_shown_as_it_is():
    odd = AgeBounds(40, 41, "2009", "document")
    assert answers_for(odd, day=DAY, doubt=DOUBT) == ReportedAge("", 40, 41, "2009", "document")
