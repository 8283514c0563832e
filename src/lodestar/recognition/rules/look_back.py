"""Whether signs stood in earlier records before the first concern, and whether that can be told at all. It finds no fault with
anybody: what stands in a record is easier to read afterwards."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from lodestar.recognition.rules.earlier import KINDS

SEEN, NOTHING_RECORDED, CANNOT_TELL = "seen", "nothing_recorded", "cannot_tell"
LOOKS_BACK = timedelta(days=365)  # for how long before a concern records of a kind must be held for it to be told (policy)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """Of what time earlier records are held: by kind and month (its first day) the first day of which there is one; and the
    spans, both days included, of which somebody said that all records of a kind are here."""

    months: Mapping[tuple[str, date], date] = field(default_factory=dict)
    spans: tuple[tuple[str, date, date], ...] = ()

    def missing(self, kind: str, day: date) -> tuple[date, ...]:
        """The months of the year before a day of which it cannot be told whether the records of a kind are held: there is none,
        and nobody said that all of that time are here. A record of the day itself or after it says nothing of before it."""
        begins, ends = day - LOOKS_BACK, day - _ONE_DAY
        return tuple(month for month in _months(begins, ends) if not self._has(kind, month, begins, ends))

    def missing_kinds(self, day: date) -> dict[str, tuple[date, ...]]:
        """The same of each kind of which any month is missing."""
        return {kind: months for kind in KINDS if (months := self.missing(kind, day))}

    def whole_kinds(self, day: date) -> tuple[str, ...]:
        """The kinds whose records are held for the whole year before a day."""
        missing = self.missing_kinds(day)
        return tuple(kind for kind in KINDS if kind not in missing)

    def is_whole(self, day: date) -> bool:
        """Whether the records of every kind are held for the whole year before a day."""
        return all(not self.missing(kind, day) for kind in KINDS)

    def _has(self, kind: str, month: date, begins: date, ends: date) -> bool:
        first, last = max(month, begins), min(_next(month) - _ONE_DAY, ends)
        seen = self.months.get((kind, month))
        if seen is not None and seen <= last:
            return True
        for start, end in sorted((start, end) for of, start, end in self.spans if of == kind):
            if start <= first <= end:
                first = end + _ONE_DAY
        return first > last


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_before(day: date) -> tuple[date, ...]:
    """The months that the year before a day touches, each by its first day."""
    return tuple(_months(day - LOOKS_BACK, day - _ONE_DAY))


def why_not_whole(first: date | None, last: date | None, today: date) -> str:
    """Why it cannot be said of these days that all records of a kind are here; empty where it can."""
    if first is None or last is None:
        return "Write both days, the first and the last of which all are here"
    if first > last:
        return "The last day is before the first one"
    return "" if last < today else "The last day is not over yet: more may come of it"


def _months(begins: date, ends: date) -> Iterable[date]:
    month = begins.replace(day=1)
    while month <= ends:
        yield month
        month = _next(month)


def looked(*, seen: int, kinds_held: Collection[str], people: int, people_known: int) -> str:
    """What can be told. `seen` are the records with a sign before the first concern; `kinds_held` those held for the whole year
    before; `people_known` those of the case whose name and day of birth are known, by which alone earlier records are found. What
    is not held, or cannot be looked for, is never *nothing recorded*."""
    if seen:
        return SEEN
    return NOTHING_RECORDED if people and people_known == people and set(kinds_held) >= set(KINDS) else CANNOT_TELL
