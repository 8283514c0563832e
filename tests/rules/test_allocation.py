"""Whom an investigation may be given to, when it is asked for anew, and what a review's directions want."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from lodestar.casework.allocation.rules.ranking import AUTHORITY_HOURS, highest, is_pip2, policies_met
from lodestar.casework.cases.rules import LONGEST_HELD, custody_facts, is_held
from lodestar.casework.investigations.rules.duties import directed, gives_directions
from tests.offenders import each
from tests.rules.meeting import child, facts, owed, someone, with_events

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
        ("happened without 2026-03-05T08:00:00Z", below, below, ("The case is with someone not recorded as PIP2 that day.",)),
    ]
    assert AUTHORITY_HOURS == 24, "as the reason says"
    nobody = with_events(facts(someone(**SUSPECT)), case=events)
    assert owed(nobody, "allocate_pip2_owner") == []


ARREST = datetime(2026, 3, 3, 0, 25, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@each(
    ("person", "crime", "due"),
    [
        (someone(), None, ARREST + 4 * HOUR),  # without a crime number
        (someone(), ARREST - 20 * HOUR - MINUTE, ARREST + 4 * HOUR - MINUTE),
        (someone(), ARREST - 20 * HOUR, ARREST + 4 * HOUR),
        (someone(), ARREST - 20 * HOUR + MINUTE, ARREST + 4 * HOUR),
        (child(), ARREST - MINUTE, ARREST + 4 * HOUR - MINUTE),  # the crime record is sooner
        (child(), ARREST + MINUTE, ARREST + 4 * HOUR),
    ],
)
def test_the_arrest_of_a_possible_victim_starts_four_hours(person: Any, crime: datetime | None, due: datetime) -> None:
    case = [("crime_recorded", crime)] if crime else []
    (found,) = owed(with_events(facts(person), case=case, person=[("held", ARREST)]), "allocate_pip2_owner")
    assert (found.due, found.due_from) == (due, None)


def test_the_arrest_of_an_exploiter_starts_nothing() -> None:
    arrested = with_events(facts(someone(id="p2", roles=["exploiter"], belief="none"), someone()), person=[("held", ARREST)])
    (found,) = owed(arrested, "allocate_pip2_owner")
    assert (found.due, found.due_from) == (None, "crime_recorded")


def test_arriving_in_custody_makes_the_desk_owe_what_meeting_them_there_does() -> None:
    arrived = with_events(facts(child(place="street")), person=[("detention_authorised", ARREST), ("release", ARREST + HOUR)])
    codes = ("appropriate_adult", "nobody_to_tell_parent_first", "safe_release_plan")
    due = {code: owed(arrived, code)[0].due for code in codes}
    assert due == {codes[0]: ARREST + 2 * HOUR, codes[1]: None, codes[2]: ARREST + HOUR}  # released without a plan, it is late


NIGHT = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)


@each(
    ("held_from", "arrived", "released", "is_now"),
    [
        (None, None, None, False),
        (NIGHT, None, None, True),
        (NIGHT - LONGEST_HELD + MINUTE, None, None, True),
        (NIGHT - LONGEST_HELD, None, None, False),  # nobody is held as long without charge
        (NIGHT - LONGEST_HELD, NIGHT - LONGEST_HELD, None, True),  # their arrival is recorded
        (NIGHT - HOUR, NIGHT - HOUR, NIGHT, False),
    ],
)
def test_who_is_held_now(held_from: Any, arrived: Any, released: Any, is_now: bool) -> None:
    assert is_held(held_from, arrived, released, NIGHT) == is_now


@each(
    ("kind", "held_from", "since", "arrived", "released"),
    [
        ("arrested", None, NIGHT, None, None),
        ("arrived", None, NIGHT, NIGHT, None),
        ("arrived", ARREST, ARREST, NIGHT, None),
        ("mistaken", ARREST, None, None, None),
    ],
)
def test_what_is_recorded_of_custody(kind: str, held_from: Any, since: Any, arrived: Any, released: Any) -> None:
    expected = {"held_from": since, "in_custody_from": arrived, "released_at": released}
    assert custody_facts(kind, NIGHT, held_from) == expected
    assert custody_facts("released", NIGHT, held_from) == {"released_at": NIGHT}


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
