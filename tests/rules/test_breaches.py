"""The clock of a breach, and what is still open: tables."""

from datetime import UTC, datetime, timedelta

from lodestar.keeping.rules.breaches import Step, needs_delay, stands, tell_by
from tests.offenders import each

AWARE = datetime(2026, 3, 27, 22, 0, tzinfo=UTC)  # a Friday night before the clocks change
H = timedelta(hours=1)


def after(hours: float, kind: str) -> Step:
    return Step(kind, AWARE + hours * H)


def test_seventy_two_hours_run_through_nights_weekends_and_a_change_of_clocks():
    assert tell_by(AWARE) == datetime(2026, 3, 30, 22, 0, tzinfo=UTC)


@each(
    ("steps", "still", "late", "closed"),
    [
        ([], ("commissioner", "people", "put_right"), False, False),
        ([after(1, "commissioner_told")], ("people", "put_right"), False, False),
        ([after(72, "commissioner_told")], ("people", "put_right"), False, False),
        ([after(72.1, "commissioner_told")], ("people", "put_right"), True, False),
        ([after(90, "commissioner_not_told")], ("people", "put_right"), False, False),
        ([after(1, "people_told"), after(2, "put_right")], ("commissioner",), False, False),
        ([after(1, "commissioner_told"), after(1, "people_not_told"), after(3, "put_right")], (), False, False),
        (
            [after(1, "commissioner_told"), after(1, "people_told"), after(3, "put_right"), after(4, "closed")],
            (), False, True,
        ),
    ],
)  # fmt: skip
def test_what_is_open(steps, still, late, closed):
    found = stands(AWARE, steps)
    assert (found.open, found.told_late, found.is_closed) == (still, late, closed)


@each(
    ("kind", "hours", "needed"),
    [("commissioner_told", 72, False), ("commissioner_told", 73, True), ("people_told", 99, False), ("put_right", 99, False)],
)
def test_why_it_was_late_is_asked_of_the_commissioner_alone(kind, hours, needed):
    assert needs_delay(AWARE, kind, AWARE + hours * H) is needed
