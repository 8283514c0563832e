"""The figure of a period from what is kept of its cases, and the cases behind one of its numbers.

The database counts what is kept; whatever nothing is kept of, or was changed since, is judged here from its facts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from lodestar.analysis.access import Scope
from lodestar.analysis.queries.known import KnownCase, known
from lodestar.analysis.queries.reading import Reading, facts_of_met
from lodestar.analysis.rules import HAPPENED, VERDICTS, Counts, Verdict, counted, definitions, judged
from lodestar.analysis.rules.failings import MISSED
from lodestar.analysis.rules.period import Period
from lodestar.cases.models import Case
from lodestar.kernel.days import london_date
from lodestar.kernel.paging import Place

BEFORE = "before"  # happened in the period, in a case whose people were met before it


@dataclass(frozen=True)
class Listed:
    """One case behind a number: when its people were met, and whether it is sealed, and so stands for its owners alone."""

    id: UUID
    met: datetime
    is_sealed: bool

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return Place(self.met, self.id)


class Figure:
    """The figure of a period as it was known at one instant. It is read when it is made. `before` are the cases of people
    met before it in which each failing happened in it. Sealed cases are in
    none; `is_owner` says that the member owns one that would be."""

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool) -> None:
        reading = Reading(scope, period, at, is_past=is_past, only=None)
        self._begin(reading)
        loose = self._kept(reading) | self._kept_before(reading)
        for case, verdicts in reading.judged({case: day for case, (day, _) in loose.items()}).items():
            if loose[case][1]:
                self._add_before(number for number, one in verdicts.items() if reading.happened_apart(number, one))
            else:
                self._add({number: one.verdict for number, one in verdicts.items()}, 1)

    def _begin(self, reading: Reading) -> None:
        self.period, self.at, self.defined = reading.period, reading.at, reading.defined
        self._numbers: dict[int, Counter[str]] = {number: Counter() for number in self.defined}
        self.before: dict[int, int] = dict.fromkeys(self.defined, 0)

    @classmethod
    def of_people_met(cls, scope: Scope, periods: Sequence[Period], at: datetime, *, is_past: bool) -> list["Figure"]:
        """The figures of several periods, each of the cases whose people were met in it: `before` is not read. What nothing is
        kept of is judged from facts that are read once for all."""
        figures: list[Figure] = []
        loose: list[tuple[Reading, dict[UUID, date]]] = []
        for period in periods:
            held = loose[0][0].held if loose else None
            reading = Reading(scope, period, at, is_past=is_past, only=None, held=held)
            figure = cls.__new__(cls)
            figure._begin(reading)
            loose.append((reading, {case: day for case, (day, _) in figure._kept(reading).items()}))
            figures.append(figure)
        facts = facts_of_met([one for one in loose if one[1]])
        for figure, (reading, days) in zip(figures, loose, strict=True):
            for verdicts in (reading.judged_by(facts, days) if facts and days else {}).values():
                figure._add({number: one.verdict for number, one in verdicts.items()}, 1)
        return figures

    @property
    def counts(self) -> dict[int, Counts]:
        """The cases of the period by failing and verdict."""
        return {number: Counts(**{one: found[one] for one in VERDICTS}) for number, found in self._numbers.items()}

    def _kept(self, reading: Reading) -> dict[UUID, tuple[date, bool]]:
        """Counts what is kept of the cases met in the period; the others, each with its day."""
        loose: dict[UUID, tuple[date, bool]] = {}
        self.is_owner = False
        rows = reading.met_in().order_by().values("day", "kept__said", "kept__first", "one", "whose", "sealed")
        rows = rows.annotate(many=Count("id"), loose=ArrayAgg("id", filter=Q(kept__id__isnull=True)))
        for row in rows:
            if row["sealed"]:
                self.is_owner = True
            elif row["kept__said"] is None:
                loose |= dict.fromkeys(row["loose"], (row["day"], False))
            else:
                verdicts = reading.verdicts(row["kept__said"], row["kept__first"], row["day"], row["whose"])
                self._add(verdicts, row["many"])
        return loose

    def _kept_before(self, reading: Reading) -> dict[UUID, tuple[date, bool]]:
        """The same for the cases met before the period."""
        loose: dict[UUID, tuple[date, bool]] = {}
        for case, met, sealed, kept, happened in _rows_before(reading):
            if sealed:
                self.is_owner = True
            elif kept is None:
                loose[case] = (london_date(met), True)
            else:
                self._add_before(number for number in self.defined if reading.kept_happened_apart(number, happened))
        return loose

    def _add(self, verdicts: Mapping[int, str], many: int) -> None:
        for number, verdict in verdicts.items():
            self._numbers[number][verdict] += many

    def _add_before(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.before[number] += 1


def _rows_before(reading: Reading) -> Any:
    rows = reading.met_before().values_list("id", "encountered_at", "sealed", "kept__id", "kept__happened")
    return rows.order_by("encountered_at", "id")


def listed(reading: Reading, number: int, verdict: str) -> list[Listed]:
    """The cases of a failing with this verdict, or with `BEFORE`, in the order in which their people were met; among them the
    sealed ones that the member owns, which no number counts. `reading` is of that failing."""
    found, loose = (_before if verdict == BEFORE else _met)(reading, number, verdict)
    rows = {one.id: one for one in loose}
    for case, one in why(reading, number, loose).items():
        if reading.happened_apart(number, one) if verdict == BEFORE else one.verdict == verdict:
            found.append(rows[case])
    return sorted(found, key=lambda one: (one.met, one.id))


def why(reading: Reading, number: int, found: Sequence[Listed]) -> dict[UUID, Verdict]:
    """What a failing says of these cases, and why, from their facts. In four queries, whatever their number."""
    days = {one.id: london_date(one.met) for one in found}
    return {case: verdicts[number] for case, verdicts in reading.judged(days).items()}


def rows_of(found: Sequence[Listed]) -> dict[UUID, Case]:
    """The rows of cases that are in a list, with their units."""
    return {row.id: row for row in Case.objects.select_related("unit").filter(id__in=[one.id for one in found])}


def _met(reading: Reading, number: int, verdict: str) -> tuple[list[Listed], list[Listed]]:
    found, loose = [], []
    said_before: dict[tuple[Any, ...], str] = {}
    rows = reading.met_in().values_list("id", "encountered_at", "sealed", "day", "kept__said", "kept__first", "whose")
    for case, met, sealed, day, said, first, whose in rows:
        if said is None:
            loose.append(Listed(case, met, sealed))
            continue
        alike = (said, first, day if number == MISSED else None, tuple(whose or ()))
        if alike not in said_before:
            said_before[alike] = reading.verdicts(said, first, day, whose)[number]
        if said_before[alike] == verdict:
            found.append(Listed(case, met, sealed))
    return found, loose


def _before(reading: Reading, number: int, verdict: str) -> tuple[list[Listed], list[Listed]]:
    found, loose = [], []
    for case, met, sealed, kept, happened in _rows_before(reading):
        if kept is None:
            loose.append(Listed(case, met, sealed))
        elif reading.kept_happened_apart(number, happened):
            found.append(Listed(case, met, sealed))
    return found, loose


def page_of(found: Sequence[Listed], most: int, after: Place | None) -> list[Listed]:
    """The first `most` of a list after a place."""
    if after is None or after.at is None:
        return list(found[:most])
    return [one for one in found if (one.met, one.id) > (after.at, after.id)][:most]


@dataclass(frozen=True)
class Judged:
    """A case with what each failing says of it, by number."""

    case: KnownCase
    verdicts: Mapping[int, Verdict]


class Afresh:
    """The figure of a period as it was known at one instant, reckoned anew. `only`: of one failing alone."""

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool, only: int | None = None) -> None:
        self.period, self.at = period, at
        rows = definitions(period.last)
        self.defined: Mapping[int, Mapping[str, Any]] = {only: rows[only]} if only else rows
        cases = known(scope, period, at, is_past=is_past, only=only)
        self.cases = [Judged(one, judged(one.facts, at, self.defined)) for one in cases]
        met = [one.verdicts for one in self.cases if not one.case.is_sealed and not one.case.is_earlier]
        self.counts: dict[int, Counts] = {
            number: counted([verdicts[number].verdict for verdicts in met]) for number in self.defined
        }
        self.before = {number: len(self.of(number, BEFORE)) for number in self.defined}

    def of(self, number: int, verdict: str, *, sealed: bool = False) -> list[UUID]:
        """The cases of one failing with this verdict, or with `BEFORE`, in the order in which their people were met. With
        `sealed` those that the member owns, which no number counts."""
        return [one.case.id for one in self.cases if one.case.is_sealed == sealed and self._is_of(one, number, verdict)]

    def _is_of(self, one: Judged, number: int, verdict: str) -> bool:
        said = one.verdicts[number]
        if not one.case.is_earlier:
            return said.verdict == verdict
        return verdict == BEFORE and said.verdict == HAPPENED and any(map(self.period.holds, said.times))
