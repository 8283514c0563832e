"""When promises are broken, what a pause does, and who must authorise bail until when: the day before, on and after."""

from datetime import UTC, datetime

from lodestar.casework.contact_promises.rules import after_pause, next_time, outcome
from lodestar.casework.suspects.rules import RELEASES, STATES, STEPS, bail_after, next_authority
from tests.offenders import each


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@each(
    ("kind", "state", "done", "expected"),
    [
        ("visit", "open", None, "broken"),
        ("pause", "open", None, "open"),
        ("visit", "done", "2026-03-04T10:00", "done"),
        ("visit", "done", "2026-03-04T10:01", "late"),
        ("visit", "stopped", None, "stopped"),
    ],
)
def test_what_came_of_a_promise_due_at_ten(kind, state, done, expected):
    assert outcome(kind, state, at("2026-03-04T10:00"), done and at(done), at("2026-03-04T10:01")) == expected


def test_a_promise_not_yet_due_is_open():
    assert outcome("visit", "open", at("2026-03-04T10:00"), None, at("2026-03-04T10:00")) == "open"


@each(
    ("due", "expected"),
    [
        ("2026-03-01T08:59", "2026-03-01T08:59"),
        ("2026-03-01T09:00", "2026-03-06T23:59:59"),
        ("2026-03-05T23:59", "2026-03-06T23:59:59"),
        ("2026-03-06T00:00", "2026-03-06T00:00"),
    ],
)
def test_a_pause_moves_what_falls_into_it(due, expected):
    assert after_pause(at(due), at("2026-03-01T09:00"), at("2026-03-05T23:59")) == at(expected)


@each(("rhythm", "day"), [("weekly", "2026-02-07"), ("fortnightly", "2026-02-14"), ("monthly", "2026-02-28")])
def test_a_rhythm_counts_from_when_it_was_done(rhythm, day):
    assert next_time(rhythm, at("2026-01-31T10:00")) == at(f"{day}T23:59:59")
    assert next_time("", at("2026-01-31T10:00")) is None


@each(
    ("began", "ends", "authority"),
    [
        ("2026-01-10", "2026-04-09", "a custody officer"),
        ("2026-01-10", "2026-04-10", "an inspector"),
        ("2026-01-10", "2026-07-10", "a superintendent"),
        ("2026-01-10", "2026-10-10", "a magistrates’ court"),
        ("2022-10-27", "2022-11-24", ""),
    ],
)
def test_who_must_authorise_that_bail_runs_on(began, ends, authority):
    assert next_authority(at(f"{began}T12:00"), at(f"{ends}T22:00")) == authority


def test_bail_begins_is_extended_and_ends():
    first, later, end = at("2026-01-10T12:00"), at("2026-02-10T12:00"), at("2026-04-01T22:00")
    bail = bail_after("bailed_conditions", first, end, (None, None))
    assert bail == (first, end)
    assert bail_after("bail_extended", later, at("2026-06-01T22:00"), bail) == (first, at("2026-06-01T22:00"))
    assert bail_after("conditions_removed", later, None, bail) == bail
    assert bail_after("charged_bailed", later, None, bail) == (None, None)
    assert bail_after("bail_extended", later, end, (None, None)) == (None, None)


def test_every_step_has_an_event_or_is_a_whereabouts_and_any_may_follow():
    assert {code for code, row in STEPS.items() if not row.get("event")} == {"not_known", "at_large", "traced", "no_suspect"}
    assert all(STATES.allows(before, "arrested", "") for before in STEPS)
    assert {"bailed", "bailed_conditions", "remand_refused", "sentenced", "prison_release", "conditions_removed"} <= RELEASES
