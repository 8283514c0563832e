"""What is owed, and by when: the dated list of obligations, and the reckoning of `due` from the events in the facts.

The list is `platform/obligations/reference/obligations.toml`, its words `obligation_words.toml` beside it. How its `due` is read:
- it counts from the earliest event of `from`; `each` opens a moment for every event; `or_from` is used when none
happened;
- `hours` are elapsed time; `days`, `months` and `working_days` end at 23:59:59 in London on their last day;
`inclusive` counts
  the event's own day as day 1; negative days lie before the event;
- `then_days` and `repeat_days` are later moments counted from the event, `days_each` are one moment each;
- `first_of` takes the first entry whose condition holds, `or_hours` the smallest that applies, `if_positive` and
`if_negative`
  go by the decision; `before` names events the duty must precede, and the earlier counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import add_months, add_working_days, after_hours, end_of_day, london_date, start_of_day

When = datetime | date
Events = Mapping[str, Sequence[When]]

NO_CONDITIONS: frozenset[str] = frozenset()
ACT = "Modern Slavery Act 2015"  # named beside a section of it


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """One dated row of the list. `title` is for lists, `sentence` for a page of its own, `closes_by` the record that
    closes it. `start` and `end` are the days it holds from and to; `due` is read as the module says."""

    code: str
    title: str
    sentence: str
    owed_by: str
    when: str
    due: Mapping[str, Any] | None
    applies: str
    closes_by: str
    authority: tuple[str, ...]
    basis: str
    confidence: str
    start: date | None
    end: date | None
    line: int | None
    ledger_only: bool
    applies_in_words: str  # for a page; empty where `applies` does for one too


@dataclass(frozen=True, slots=True)
class Moment:
    """One time at which something is due. `due` None with `due_from`: that event is not in the facts."""

    name: str = ""
    due: datetime | None = None
    due_from: str | None = None
    due_before: tuple[str, ...] = ()
    opens_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed by the facts. `person` is an id of the encounter, None for the case as a whole. Instants are in UTC.

    `opens_at` None is at once. `rests_on` is a fingerprint of the facts which, when they change, reopen it after it was
    discharged; empty when nothing does. `rule_from` is the day from which the dated row holds that decided it.
    """

    code: str
    person: str | None
    subject: str
    moment: str
    sentence: str
    owed_by: str
    when: str
    line: int | None
    due: datetime | None
    due_from: str | None
    due_before: tuple[str, ...]
    opens_at: datetime | None
    why: tuple[str, ...]
    authority: tuple[str, ...]
    basis: str
    confidence: str
    rests_on: str
    rule_from: date | None

    @property
    def key(self) -> tuple[str | None, str, str, str]:
        """What tells it from every other thing owed in the case: person, code, subject, moment."""
        return (self.person, self.code, self.subject, self.moment)


@lru_cache(maxsize=1)
def obligation_rows() -> Mapping[str, tuple[ObligationRow, ...]]:
    """Every row of the list with its words, by code. Ledger-only codes are among them."""
    rows: dict[str, tuple[ObligationRow, ...]] = {}
    words = {(row["code"], row.get("from")): row for row in reference_list("obligations", "obligation_words").rows}
    for entry in reference_list("obligations", "obligations").rows:
        wording = words[entry["code"], entry.get("from")]
        row = ObligationRow(
            code=entry["code"],
            title=f"{wording['title']} ({ACT})" if "section 45" in wording["title"] else wording["title"],
            sentence=wording["sentence"],
            owed_by=entry["owed_by"],
            when=entry["when"],
            due=entry.get("due"),
            applies=entry["applies"],
            closes_by=wording["closes_by"],
            authority=tuple(entry["authority"]),
            basis=entry["basis"],
            confidence=wording.get("confidence", entry["confidence"]),
            start=entry.get("from"),
            end=entry.get("to"),
            line=entry.get("line"),
            ledger_only=entry.get("ledger_only", False),
            applies_in_words=wording.get("applies", ""),
        )
        rows[row.code] = (*rows.get(row.code, ()), row)
    return rows


def row_for(code: str, events: Events, encounter_day: date) -> ObligationRow | None:
    """The row of `code` that holds on the day of the event its `due` counts from, else of the encounter; None when none does.

    Raises KeyError for a code that is not in the list.
    """
    rows = obligation_rows()[code]
    day = encounter_day
    if len(rows) > 1 or rows[0].start or rows[0].end:
        start = _counts_from(rows[0].due or {}, events)
        day = encounter_day if start is None else as_day(start)
    for row in rows:
        if (row.start is None or row.start <= day) and (row.end is None or day <= row.end):
            return row
    return None


def as_day(when: When) -> date:
    """The London day of an event."""
    return london_date(when) if isinstance(when, datetime) else when


def as_instant(when: When) -> datetime:
    """The instant of an event, in UTC; of one known only to the day, its beginning."""
    return when.astimezone(UTC) if isinstance(when, datetime) else start_of_day(when)


def _names(due: Mapping[str, Any]) -> tuple[str, ...]:
    source = due.get("from", ())
    return (source,) if isinstance(source, str) else tuple(source)


def _earliest(names: Iterable[str], events: Events) -> When | None:
    times = [when for name in names for when in events.get(name, ())]
    if len(times) < 2:
        return times[0] if times else None
    return min(times, key=as_instant)


def _counts_from(due: Mapping[str, Any], events: Events) -> When | None:
    start = _earliest(_names(due), events)
    if start is None and "or_from" in due:
        start = _earliest((due["or_from"],), events)
    return start


def moments(
    due: Mapping[str, Any] | None, events: Events, conditions: frozenset[str] = NO_CONDITIONS, done: int = 0
) -> tuple[Moment, ...]:
    """The moments at which something is due, the first first.

    `conditions` are the names of `first_of`, `or_hours`, and `positive` or `negative`, that hold. `done` is how many moments of
    a repeating duty are discharged: a rule that goes on for ever is written out to one moment beyond those, so that the next is
    always there and the list always ends.
    """
    if due is None:
        return (Moment(),)
    before = tuple(due.get("before", ()))
    limit = _before(before, events)
    names = _names(due)
    if not names:
        return (Moment("", limit, None, before),)
    if due.get("each"):
        occurrences = sorted((as_instant(when), name, when) for name in names for when in events.get(name, ()))
        if occurrences:
            return tuple(
                Moment(f"{name} {as_day(when).isoformat()}", _sooner(_base(due, when, conditions), limit), None, before)
                for _, name, when in occurrences
            )
        return (Moment("", limit, None if limit else names[0], before),)
    start = _counts_from(due, events)
    if "days_each" in due:
        return _each_day(due["days_each"], start, names[0])
    first = _first_name(due)
    if start is None:
        return (Moment(first, limit, None if limit else names[0], before),)
    base = _sooner(_base(due, start, conditions), limit)
    opens = start_of_day(as_day(start) + timedelta(days=due["days"])) if due.get("days", 0) < 0 else None
    return (Moment(first, base, None, before, opens), *_later(due, start, base, done))


def _base(due: Mapping[str, Any], start: When, conditions: frozenset[str]) -> datetime | None:
    """The first limit, reckoned from the event."""
    for condition in ("positive", "negative"):
        if f"if_{condition}" in due and condition in conditions:
            return _base(due[f"if_{condition}"], start, conditions)
    if "first_of" in due:
        for entry in due["first_of"]:
            if entry["if"] == "otherwise" or entry["if"] in conditions:
                return _base(entry, start, conditions)
    if "hours" in due:
        others = [hours for name, hours in due.get("or_hours", {}).items() if name in conditions]
        return after_hours(as_instant(start), min([due["hours"], *others]))
    day = as_day(start)
    if "days" in due:
        return end_of_day(day + timedelta(days=due["days"] - bool(due.get("inclusive"))))
    if "months" in due:
        return end_of_day(add_months(day, due["months"]))
    if "working_days" in due:
        return end_of_day(add_working_days(day, due["working_days"]))
    return None


def _first_name(due: Mapping[str, Any]) -> str:
    """The name of the first moment of a rule that has later ones; it does not depend on whether the event is known."""
    if "then_days" not in due and "repeat_days" not in due:
        return ""
    return f"{due['hours']} hours" if "hours" in due else _day_name(due["days"])


def _day_name(days: int) -> str:
    if days < 0:
        return f"{-days} days before"
    return f"day {days}" if days else "on the day"


def _each_day(days: Sequence[int], start: When | None, name: str) -> tuple[Moment, ...]:
    if start is None:
        return tuple(Moment(_day_name(count), None, name) for count in days)
    first = as_day(start)
    return tuple(
        Moment(_day_name(count), end_of_day(day), None, (), start_of_day(day))
        for count in days
        for day in (first + timedelta(days=count),)
    )


def _later(due: Mapping[str, Any], start: When, base: datetime | None, done: int) -> tuple[Moment, ...]:
    """The moments after the first. A review opens when the one before is due; what waits for a day opens on that day."""
    days = list(due.get("then_days", ()))
    if "repeat_days" in due:
        repeats = max(1, done - len(days))
        last = days[-1] if days else 0
        days += [last + due["repeat_days"] * (count + 1) for count in range(repeats)]
    waits_for_the_day = due.get("days", 0) < 0
    later_moments, opens = [], base
    for count in days:
        day = as_day(start) + timedelta(days=count)
        ends = end_of_day(day)
        later_moments.append(Moment(_day_name(count), ends, None, (), start_of_day(day) if waits_for_the_day else opens))
        opens = ends
    return tuple(later_moments)


def _before(names: tuple[str, ...], events: Events) -> datetime | None:
    """The last instant that still precedes the earliest of these events; None while none is known."""
    first = _earliest(names, events)
    if first is None:
        return None
    return as_instant(first) if isinstance(first, datetime) else end_of_day(first - timedelta(days=1))


def _sooner(first: datetime | None, other: datetime | None) -> datetime | None:
    if first is None or other is None:
        return first or other
    return min(first, other)


def reminders(due: Mapping[str, Any] | None, events: Events) -> tuple[tuple[str, datetime], ...]:
    """Reminders inside the limit, as (name, end of that day): `warn_days` to decide by, `request_by_days` to send by."""
    start = _counts_from(due, events) if due else None
    if due is None or start is None:
        return ()
    day = as_day(start)
    return tuple((name, end_of_day(day + timedelta(days=due[name]))) for name in ("warn_days", "request_by_days") if name in due)


def owe(
    code: str,
    events: Events,
    encounter_day: date,
    *,
    person: str | None,
    why: tuple[str, ...],
    subject: str = "",
    rests_on: str = "",
    conditions: frozenset[str] = NO_CONDITIONS,
    done: int = 0,
    moment: str = "",
) -> list[Owed]:
    """What `code` makes owed, one for each of its moments; nothing when no row of the list holds on that day.

    `moment` names the only moment of a rule whose repetition lies in the facts (the stage of a prosecution), not in its `due`.
    """
    row = row_for(code, events, encounter_day)
    if row is None:
        return []
    return [
        Owed(
            code, person, subject, moment or due_moment.name, row.sentence, row.owed_by, row.when, row.line, due_moment.due,
            due_moment.due_from, due_moment.due_before, due_moment.opens_at, why, row.authority, row.basis,
            row.confidence, rests_on,
            row.start,
        )
        for due_moment in moments(row.due, events, conditions, done)
    ]  # fmt: skip


def events_of(pairs: Iterable[tuple[str, When]]) -> dict[str, tuple[When, ...]]:
    """Pairs of name and time as a mapping to all times of that name, in order of time."""
    times_by_name: dict[str, list[When]] = {}
    for name, when in pairs:
        times_by_name.setdefault(name, []).append(when)
    return {name: tuple(sorted(times, key=as_instant)) for name, times in times_by_name.items()}
