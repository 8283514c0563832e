"""Help offered again after a no: which of days 7, 28 and 90 an offer meets, day by day in London."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lodestar.casework.support.rules import CODE, days, days_of, met, since_mark
from lodestar.platform.time.days import london_date
from tests.offenders import each
from tests.rules.meeting import NO, facts, owed, someone, with_events

REFUSED = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)


def offered(*days_after: int, hour: int = 12) -> list[tuple[datetime, int]]:
    return [(datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=count), count) for count in days_after]


def test_the_days_are_those_of_the_list() -> None:
    assert days() == (7, 28, 90)
    assert days_of(REFUSED) == {7: date(2026, 3, 9), 28: date(2026, 3, 30), 90: date(2026, 5, 31)}


@each(
    ("made", "found"),
    [
        ((), {}),
        ((6,), {}),  # too early: the day still comes
        ((7,), {"day 7": 7}),
        ((8,), {"day 7": 8}),
        ((27,), {"day 7": 27}),
        ((28,), {"day 7": 28, "day 28": 28}),  # what was missed is not asked twice
        ((7, 28), {"day 7": 7, "day 28": 28}),
        ((28, 7), {"day 7": 7, "day 28": 28}),  # in whatever order they were written down
        ((89,), {"day 7": 89, "day 28": 89}),
        ((90,), {"day 7": 90, "day 28": 90, "day 90": 90}),
        ((0, 3, 6, 91), {"day 7": 91, "day 28": 91, "day 90": 91}),
    ],
)
def test_an_offer_meets_every_day_that_has_come(made: tuple[int, ...], found: dict[str, int]) -> None:
    assert met(REFUSED, offered(*made)) == found


def test_of_two_offers_the_earlier_counts_whatever_came_of_it() -> None:
    early, late = (REFUSED + timedelta(days=count) for count in (8, 9))
    assert met(REFUSED, [(late, "no"), (early, "yes")]) == {"day 7": "yes"}


@each(
    ("at", "is_met"),
    [
        (datetime(2026, 7, 7, 22, 59, tzinfo=UTC), False),  # 23:59 in London on the day before
        (datetime(2026, 7, 7, 23, 0, tzinfo=UTC), True),  # midnight in London
    ],
)
def test_the_day_is_londons(at: datetime, is_met: bool) -> None:
    refused = datetime(2026, 6, 30, 23, 10, tzinfo=UTC)  # 1 July in London
    assert ("day 7" in met(refused, [(at, 1)])) is is_met
    assert since_mark(refused) == "2026-07-01"


@given(st.lists(st.integers(0, 200), max_size=6))
def test_an_offer_never_meets_a_day_to_come_and_every_day_past_is_met_by_the_last(made: list[int]) -> None:
    found = met(REFUSED, offered(*made))
    for name, count in found.items():
        assert count >= int(name.removeprefix("day "))
    assert set(found) == {f"day {count}" for count in days() if made and count <= max(made)}


@each("wish", ["contact_unsafe", "contact_unwanted"])
def test_nothing_is_owed_while_contact_is_unsafe_or_unwanted(wish: str) -> None:
    told = facts(someone(consent=NO))
    assert len(owed(told, CODE)) == 3
    assert owed(with_events(told, person=[(wish, REFUSED)]), CODE) == []


def test_the_clock_is_that_of_the_refusal_and_another_refusal_begins_anew() -> None:
    told: Any = facts(someone(consent=NO))
    later = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    found = owed(with_events(told, person=[("refusal", later)]), CODE)
    assert [one.opens_at and london_date(one.opens_at) for one in found] == list(days_of(later).values())
    assert {one.rests_on for one in found} == {"2026-03-05"}
    assert {one.rests_on for one in owed(told, CODE)} == {"2026-03-02"}
