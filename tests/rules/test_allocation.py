"""Whom an investigation may be given to, when it is asked for anew, and what a review's directions want."""

from datetime import UTC, date, datetime, timedelta

from lodestar.casework.investigations.rules.policies import (
    AUTHORITY_HOURS,
    directed,
    gives_directions,
    highest,
    is_pip2,
    policies_met,
)
from tests.offenders import each
from tests.rules.meeting import facts, owed, someone, with_events

SUSPECT = {"roles": ["suspect"], "belief": "none"}
RECORDED = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
FORCE_BEGAN = date(2021, 5, 26)  # the day from which force policy is shipped


def test_an_owner_is_asked_for_anew_when_an_authority_ends_and_when_it_goes_below_pip2() -> None:
    ends, below = datetime(2026, 3, 4, 14, 5, tzinfo=UTC), datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
    events = [("crime_recorded", RECORDED), ("allocation_authority_ends", ends), ("allocated_below_pip2", below)]
    first, *anew = owed(with_events(facts(someone()), case=events), "allocate_pip2_owner")
    assert (first.moment, first.due) == ("", RECORDED + timedelta(hours=24))
    assert [(one.moment, one.due, one.opens_at, one.why) for one in anew] == [
        ("authority ends 2026-03-04T14:05:00Z", ends, ends, ("A detective inspector's authority ends after 24 hours.",)),
        (
            "happened without 2026-03-05T08:00:00Z",
            below,
            below,
            ("The case is with someone not recorded as PIP2 that day.",),
        ),
    ]
    assert AUTHORITY_HOURS == 24, "as the reason says"
    nobody = with_events(facts(someone(**SUSPECT)), case=events)
    assert owed(nobody, "allocate_pip2_owner") == []


@each(
    ("skills", "alone", "supervised", "by_day_before"),
    [
        ([], (), (), ()),
        (["driving"], (), (), ()),
        (["trainee_detective"], (), ("force",), ()),
        (["pip2"], ("force", "app"), ("force", "app"), ("app",)),
        (["pip3"], ("force", "app"), ("force", "app"), ("app",)),
        (["trainee_detective", "pip4"], ("force", "app"), ("force", "app"), ("app",)),
    ],
)
def test_two_policies_of_allocation_are_met_apart_and_a_trainees_only_under_a_detective(
    skills: list[str], alone: tuple[str, ...], supervised: tuple[str, ...], by_day_before: tuple[str, ...]
) -> None:
    assert policies_met(skills, FORCE_BEGAN) == alone
    assert policies_met(skills, FORCE_BEGAN, under_pip2=True) == supervised
    assert policies_met(skills, FORCE_BEGAN - timedelta(days=1)) == by_day_before
    assert is_pip2(skills, FORCE_BEGAN) == ("app" in alone)


@each(
    ("skills", "found"),
    [
        ([], ""),
        (["driving"], ""),
        (["trainee_detective"], "trainee_detective"),
        (["pip3", "driving", "pip2"], "pip3"),
        (["pip2", "pip4", "pip3"], "pip4"),
    ],
)
def test_the_highest_skill_is_by_the_order_of_the_profession(skills: list[str], found: str) -> None:
    assert highest(skills) == found


@each(
    ("words", "gives"),
    [
        ("", False),
        ("Noted.", False),
        ("Reviewed and updated - all good, continue the good work!", False),
        ("Arrest the landlord", True),
        ("Noted; get the CCTV", True),
        ("7 March: CPS", True),
    ],
)
def test_a_review_that_only_says_it_was_seen_gives_no_directions(words: str, gives: bool) -> None:
    assert gives_directions(words) == gives


def test_the_directions_of_each_review_want_an_answer_of_their_own() -> None:
    events = [(directed(1), RECORDED), (directed(12), RECORDED + timedelta(days=4))]
    found = owed(with_events(facts(someone()), case=events), "answer_directions")
    assert [one.moment for one in found] == ["review 1", "review 12"]
    assert found[0].due
    assert found[1].due
    assert found[0].due < found[1].due
    assert owed(facts(someone()), "answer_directions") == []
