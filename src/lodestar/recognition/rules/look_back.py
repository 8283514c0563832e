"""Whether signs stood in earlier records before the first concern, and whether that can be told at all. It finds no fault with
anybody: what stands in a record is easier to read afterwards."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from lodestar.kernel.days import add_months
from lodestar.recognition.rules.earlier import KINDS

SEEN, NOTHING_RECORDED, CANNOT_TELL = "seen", "nothing_recorded", "cannot_tell"
LOOKS_BACK = timedelta(days=365)  # for how long before a concern records of a kind must be held for it to be told (policy)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """Of what time earlier records are held: by kind and month (its first day) the first day of which there is one; and the
    spans, both days included, of which somebody said that all records of a kind are here. `kept`: from which day on for how many
    months after they came in the clock keeps them."""

    months: Mapping[tuple[str, date], date] = field(default_factory=dict)
    spans: tuple[tuple[str, date, date], ...] = ()
    kept: tuple[tuple[date, int], ...] = ()

    def missing(self, kind: str, day: date, known: date | None = None) -> tuple[date, ...]:
        """The months of the year before a day of which it cannot be told whether the records of a kind are held: there is none,
        and nobody said that all of that time are here, or the clock may have let some go before somebody who was met that day was
        written down (`known`, else that day): from then on it keeps theirs. A record of the day itself or after it says nothing
        of before it."""
        begins, ends = day - LOOKS_BACK, day - _ONE_DAY
        gone = set(self.gone(day, known))
        return tuple(one for one in _months(begins, ends) if one in gone or not self._has(kind, one, begins, ends))

    def gone(self, day: date, known: date | None = None) -> tuple[date, ...]:
        """The months of the year before a day of which the clock may have let records go by then, whatever is said of them."""
        last = let_go_by(self.kept, max(day, known or day))
        return tuple(month for month in months_before(day) if max(month, day - LOOKS_BACK) <= last)

    def missing_kinds(self, day: date, known: date | None = None) -> dict[str, tuple[date, ...]]:
        """What is missing of each kind of which any month is."""
        return {kind: months for kind in KINDS if (months := self.missing(kind, day, known))}

    def whole_kinds(self, day: date, known: date | None = None) -> tuple[str, ...]:
        """The kinds whose records are held for the whole year before a day."""
        missing = self.missing_kinds(day, known)
        return tuple(kind for kind in KINDS if kind not in missing)

    def is_whole(self, day: date, known: date | None = None) -> bool:
        """Whether the records of every kind are held for the whole year before a day."""
        return all(not self.missing(kind, day, known) for kind in KINDS)

    def _has(self, kind: str, month: date, begins: date, ends: date) -> bool:
        first, last = max(month, begins), min(add_months(month, 1) - _ONE_DAY, ends)
        seen = self.months.get((kind, month))
        if seen is not None and seen <= last:
            return True
        for start, end in sorted((start, end) for of, start, end in self.spans if of == kind):
            if start <= first <= end:
                first = end + _ONE_DAY
        return first > last


def months_before(day: date) -> tuple[date, ...]:
    """The months that the year before a day touches, each by its first day."""
    return tuple(_months(day - LOOKS_BACK, day - _ONE_DAY))


def let_go_by(kept: Sequence[tuple[date, int]], day: date) -> date:
    """The last day of which the clock may have let earlier records go by a day: what happened later came in later. Each number of
    months counts from its day until the next one; what went while it was short is gone when it is long again."""
    last = date.min
    for place, (begins, months) in enumerate(kept):
        following = kept[place + 1][0] if place + 1 < len(kept) else date.max
        if begins <= day and begins < following:
            until = min(day, following - _ONE_DAY)
            gone = add_months(until, -months)
            while add_months(gone, months) >= until:
                gone -= _ONE_DAY
            last = max(last, gone)
    return last


def why_not_whole(first: date | None, last: date | None, today: date) -> str:
    """Why it cannot be said of these days that all records of a kind are here; empty where it can."""
    if first is None or last is None:
        return "Write the first and last day of the complete period"
    if first > last:
        return "The last day is before the first one"
    return "" if last < today else "The last day is not over yet: more may come of it"


def _months(begins: date, ends: date) -> Iterable[date]:
    month = begins.replace(day=1)
    while month <= ends:
        yield month
        month = add_months(month, 1)


def looked(*, seen: int, undated: int, kinds_held: Collection[str], people: int, people_known: int) -> str:
    """What can be told. `seen` are the records with a sign before the first concern, `undated` those of which it is not known
    whether they are of before; `kinds_held` those held for the whole year
    before; `people_known` those of the case whose name and day of birth are known, by which alone earlier records are found. What
    is not held, or cannot be looked for, is never *nothing recorded*."""
    if seen:
        return SEEN
    if undated:
        return CANNOT_TELL
    return NOTHING_RECORDED if people and people_known == people and set(kinds_held) >= set(KINDS) else CANNOT_TELL
