"""Referrals to services and places of safety: which moves there are, when the owner looks again, nights, the age that is told."""

from datetime import UTC, date, datetime

from lodestar.casework.service_referrals.rules import (
    BY_PARTNER,
    PLACE,
    REFERRAL,
    REJECTED,
    Nights,
    age_band,
    answer_due,
    next_look,
    place_due,
    unsuitable_nights,
)
from tests.offenders import each

MOVES = {
    "made": "made accepted waiting started rejected revoked",
    "accepted": "accepted waiting started rejected revoked",
    "waiting": "waiting started rejected revoked",
    "started": "ended",
    "ended": "", "rejected": "", "revoked": "",
}  # fmt: skip
PLACE_MOVES = {
    "asked": "asked offered taken refused not_found", "offered": "taken refused not_found", "taken": "taken left",
    "refused": "", "not_found": "", "left": "",
}  # fmt: skip


@each(("rules", "moves"), [(REFERRAL, MOVES), (PLACE, PLACE_MOVES)])
def test_the_moves_are_those_of_the_table_and_want_their_reason(rules, moves):
    assert set(rules.states) == set(moves)
    for before, following in moves.items():
        for after in rules.states:
            reason = next(iter(rules.reasons.get(after, {"": ""})))
            assert rules.allows(before, after, reason) == (after in following.split()), (before, after)
            assert not rules.allows(before, after, "because")
            assert not (after in rules.reasons and rules.allows(before, after, ""))
    assert {state for state, following in moves.items() if not following} == rules.closed
    assert set(BY_PARTNER) < set(REJECTED)


def test_an_answer_is_due_in_working_days():
    told = {
        datetime(2026, 3, 5, 10, tzinfo=UTC): datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC),  # Thursday: Monday
        datetime(2026, 3, 7, 10, tzinfo=UTC): datetime(2026, 3, 10, 23, 59, 59, tzinfo=UTC),  # Saturday: Tuesday
        datetime(2026, 4, 2, 22, 59, tzinfo=UTC): datetime(2026, 4, 8, 22, 59, 59, tzinfo=UTC),  # over Easter
        datetime(2026, 4, 6, 23, 1, tzinfo=UTC): datetime(2026, 4, 9, 22, 59, 59, tzinfo=UTC),  # Tuesday in London
    }
    assert {made: answer_due(made, 2) for made in told} == told


def test_the_owner_asks_again_each_week_until_help_has_started():
    at = datetime(2026, 3, 5, 10, tzinfo=UTC)
    due = {to: next_look(to, at, 7) for to in REFERRAL.states}
    assert {to for to, when in due.items() if when} == {"made", "accepted", "waiting"}
    assert due["waiting"] == datetime(2026, 3, 12, 23, 59, 59, tzinfo=UTC)


def test_nights_count_where_the_place_is_known_to_be_unsuitable():
    today = date(2026, 3, 10)
    stays = [
        Nights(date(2026, 3, 1), date(2026, 3, 3), True), Nights(date(2026, 3, 3), date(2026, 3, 5), None),
        Nights(date(2026, 3, 5), date(2026, 3, 6), False), Nights(date(2026, 3, 9), None, True), Nights(today, None, True),
    ]  # fmt: skip
    assert unsuitable_nights(stays, today) == 3


def test_a_place_is_looked_at_again_until_it_is_a_suitable_one():
    at = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)
    assert place_due("asked", at, unsuitable=None) == datetime(2026, 3, 5, 3, 30, tzinfo=UTC)
    assert place_due("taken", at, unsuitable=True) == datetime(2026, 3, 6, 23, 59, 59, tzinfo=UTC)
    suitable = (("taken", None), ("taken", False), ("left", True))
    assert [place_due(to, at, unsuitable=known) for to, known in suitable] == [None] * 3


def test_an_age_is_told_as_a_band():
    told = [
        (None, None, ""), (15, 15, "Under 16"), (16, 17, "16 to 17"), (17, 18, "16 to 24"), (12, 16, "Under 18"),
        (25, None, "25 to 34"), (34, 35, "25 to 49"), (50, 99, "50 or over"), (0, 60, "Any age"),
    ]  # fmt: skip
    assert [age_band(low, high) for low, high, _ in told] == [words for *_, words in told]
