"""Times as people read them: of Europe/London, the absolute first and the relative second.

Every function is given the moment that counts as now, so that a page shows one moment throughout and a test holds it.
"""

from datetime import UTC, date, datetime, timedelta

from lodestar.platform.time.days import london

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def clock(instant: datetime) -> str:
    """Time of day: `03:11`. Raises ValueError for an instant without a time zone."""
    return london(instant).strftime("%H:%M")


def day(value: date | datetime) -> str:
    """A day with its year: `25 November 2026`."""
    value = on(value)
    return f"{value.day} {value:%B} {value.year}"


def short_day(value: date | datetime, now: datetime) -> str:
    """A day as short as can be: the year only when it is not this one."""
    value = on(value)
    return f"{value.day} {value:%B}" if value.year == london(now).year else day(value)


def weekday(value: date | datetime) -> str:
    """A day with its name and without its year: `Wednesday 25 November`."""
    value = on(value)
    return f"{value:%A} {value.day} {value:%B}"


def day_time(instant: datetime) -> str:
    """A day and a time: `25 November 2026, 01:15`."""
    return f"{day(instant)}, {clock(instant)}"


def moment(value: date | datetime, now: datetime) -> str:
    """The shortest words that name a moment: `03:11` today, `02:11 on Thursday` within the week, else the date."""
    away = on(value) - on(now)
    if not isinstance(value, datetime):
        return "today" if not away else short_day(value, now)
    if not away:
        return clock(value)
    if DAY <= away < 7 * DAY:
        return f"{clock(value)} on {london(value):%A}"
    return f"{short_day(value, now)}, {clock(value)}"


def due(value: date | datetime, now: datetime) -> str:
    """When something is owed: `by 03:11, in 14 minutes`, or `was due 01:50, 67 minutes ago`."""
    relative = due_in(value, now)
    return f"{due_at(value, now)}, {relative}" if relative else due_at(value, now)


def due_at(value: date | datetime, now: datetime) -> str:
    """The absolute half of `due`: `by 03:11`, `was due 01:50`."""
    return f"{'was due' if is_late(value, now) else 'by'} {moment(value, now)}"


def due_in(value: date | datetime, now: datetime) -> str:
    """The relative half of `due`: `in 14 minutes`, `67 minutes ago`; empty when it is a day or more ahead."""
    if is_late(value, now):
        return ago(value, now)
    return f"in {span(elapsed(now, value))}" if isinstance(value, datetime) and elapsed(now, value) < DAY else ""


def is_late(value: date | datetime, now: datetime) -> bool:
    """True once the moment, or the whole of the day, is past."""
    return value < now if isinstance(value, datetime) else value < on(now)


def ago(value: date | datetime, now: datetime) -> str:
    """How long ago: `67 minutes ago`; for a day alone, in days."""
    if isinstance(value, datetime):
        return f"{span(elapsed(value, now))} ago"
    days = (on(now) - value).days
    return "yesterday" if days == 1 else f"{days} days ago"


def span(length: timedelta) -> str:
    """A length of time in its natural unit: minutes to two hours, hours to two days, then days. Never rounded up."""
    if length < 2 * HOUR:
        return counted(length // MINUTE, "minute")
    if length < 2 * DAY:
        return counted(length // HOUR, "hour")
    return counted(length // DAY, "day")


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Real time between two instants: over the change of the clocks an hour is still sixty minutes."""
    return end.astimezone(UTC) - start.astimezone(UTC)


def counted(number: int, unit: str) -> str:
    """`number` of these units in words: 1 minute, 2 minutes."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def on(value: date | datetime) -> date:
    """The day in Europe/London on which it falls."""
    return london(value).date() if isinstance(value, datetime) else value


FILTERS = {
    "clock": clock,
    "day": day,
    "short_day": short_day,
    "weekday": weekday,
    "day_time": day_time,
    "moment": moment,
    "due": due,
    "due_at": due_at,
    "due_in": due_in,
    "ago": ago,
    "is_late": is_late,
}
