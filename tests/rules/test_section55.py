"""The clock of section 55 of the Police Act 1996, the order of steps, and the moves of a recommendation. Pure."""

from datetime import date, timedelta

import pytest

from lodestar.oversight.recommendations import rules

HIDDEN_VICTIMS = date(2021, 5, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("published", "last"),
    [
        (HIDDEN_VICTIMS, date(2021, 7, 20)),
        (date(2024, 1, 10), date(2024, 3, 5)),  # through 29 February
        (date(2023, 1, 10), date(2023, 3, 6)),
        (date(2024, 2, 29), date(2024, 4, 24)),
        (date(2021, 11, 7), date(2022, 1, 1)),
    ],
)
def test_the_last_day_is_the_56th_with_the_day_of_publication_as_the_first(published, last):
    assert rules.last_day(published) == last
    assert (last - published).days + 1 == 56


@pytest.mark.parametrize(
    ("today", "answered", "day", "late"),
    [
        (HIDDEN_VICTIMS - DAY, None, 0, 0),
        (HIDDEN_VICTIMS, None, 1, 0),
        (date(2021, 7, 19), None, 55, 0),
        (date(2021, 7, 20), None, 56, 0),
        (date(2021, 7, 21), None, 57, 1),
        (date(2026, 1, 1), date(2021, 6, 30), 36, 0),  # as it was answered
        (date(2026, 1, 1), date(2021, 7, 20), 56, 0),
        (date(2026, 1, 1), date(2021, 7, 21), 57, 1),
    ],
)
def test_the_clock_stops_on_the_day_of_publication_of_the_comments(today, answered, day, late):
    assert rules.clock_on(today, HIDDEN_VICTIMS, answered) == rules.Clock(date(2021, 7, 20), day, late, bool(answered))


TODAY = date(2021, 8, 1)
PREPARED = {"policing_body_comments": date(2021, 6, 25)}


@pytest.mark.parametrize(
    ("step", "on", "done", "code"),
    [
        ("policing_body_comments", date(2020, 6, 16), {}, "before_report"),  # a real reply bore this day
        ("chief_comments", HIDDEN_VICTIMS - DAY, {}, "before_report"),
        ("chief_comments", HIDDEN_VICTIMS, {}, ""),
        ("chief_comments", TODAY, {}, ""),
        ("chief_comments", TODAY + DAY, {}, "to_come"),
        ("policing_body_comments", TODAY, PREPARED, "again"),
        ("published", date(2021, 6, 24), PREPARED, "order"),
        ("published", date(2021, 6, 25), PREPARED, ""),
        ("copied_hmicfrs", date(2021, 6, 29), {"published": date(2021, 6, 30)}, "order"),
        ("copied_home_secretary", date(2021, 6, 30), {"published": date(2021, 6, 30)}, ""),
    ],
)
def test_a_step_is_neither_before_the_report_nor_to_come_nor_out_of_order(step, on, done, code):
    assert rules.refusal_of(step, on, HIDDEN_VICTIMS, TODAY, done) == code
    assert not code or rules.REFUSALS[code]


@pytest.mark.parametrize(
    ("done", "following"),
    [
        ((), "invited_chief"),
        (("invited_chief",), "chief_comments"),
        (("chief_comments",), "policing_body_comments"),
        (("policing_body_comments",), "published"),
        (("invited_chief", "policing_body_comments"), "published"),
        (("published",), "copied_hmicfrs"),
        (("published", "copied_home_secretary"), "copied_hmicfrs"),
        (("copied_hmicfrs",), "published"),
        (("published", "copied_hmicfrs", "copied_home_secretary"), ""),
    ],
)
def test_the_next_step_is_the_first_that_nothing_has_overtaken(done, following):
    assert rules.next_step(done) == following


def test_only_what_is_addressed_to_forces_or_policing_bodies_needs_their_answer():
    needs = [code for code in rules.ADDRESSEES if rules.needs_answer([code])]
    assert needs == ["chief_constable", "policing_body"]
    assert rules.needs_answer(["college", "policing_body"])


def test_complete_is_verified_only_after_it_was_claimed_and_reopened_only_after_that():
    moves = rules.STATES.moves
    assert {before for before, after in moves.items() if rules.VERIFIED in after} == {rules.CLAIMED}
    assert {before for before, after in moves.items() if rules.REOPENED in after} == {
        rules.VERIFIED, rules.REJECTED, rules.REOPENED,
    }  # fmt: skip
    assert rules.STATES.closed == {rules.VERIFIED, rules.REJECTED}
    assert set(rules.STATES.reasons) == set(rules.STATES.states), "somebody said so each time"
