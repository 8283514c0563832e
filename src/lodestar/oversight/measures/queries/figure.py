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

from lodestar.casework.cases.models import Case
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.reading import Reading, facts_of_met
from lodestar.oversight.measures.rules.facts import VERDICTS, Counts, Period, Verdict
from lodestar.oversight.measures.rules.failings import MISSED
from lodestar.platform.text.paging import Place
from lodestar.platform.time.days import add_months, london_date

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

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool, afresh: bool = False) -> None:
        reading = Reading(scope, period, at, is_past=is_past, only=None, afresh=afresh)
        self._begin(reading)
        loose = self._count_stored(reading) | self._count_stored_before(reading)
        for case, verdicts in reading.verdicts_from_facts({case: day for case, (day, _) in loose.items()}).items():
            if loose[case][1]:
                self._add_before(number for number, verdict in verdicts.items() if reading.happened_apart(number, verdict))
            else:
                self._add({number: verdict.verdict for number, verdict in verdicts.items()}, 1)

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
            reading = Reading(scope, period, at, is_past=is_past, beside=periods, shared=loose[0][0] if loose else None)
            figure = cls.__new__(cls)
            figure._begin(reading)
            loose.append((reading, {case: day for case, (day, _) in figure._count_stored(reading).items()}))
            figures.append(figure)
        facts = facts_of_met([entry for entry in loose if entry[1]])
        for figure, (reading, days) in zip(figures, loose, strict=True):
            for verdicts in (reading.judged_by(facts, days) if facts and days else {}).values():
                figure._add({number: verdict.verdict for number, verdict in verdicts.items()}, 1)
        return figures

    @property
    def counts(self) -> dict[int, Counts]:
        """The cases of the period by failing and verdict."""
        return {
            number: Counts(**{verdict: counter[verdict] for verdict in VERDICTS}) for number, counter in self._numbers.items()
        }

    def _count_stored(self, reading: Reading) -> dict[UUID, tuple[date, bool]]:
        """Counts what is kept of the cases met in the period; the others, each with its day."""
        stored, loose, self.is_owner = _stored(reading)
        for _, verdicts, many in stored:
            self._add(verdicts, many)
        return {case: (day, False) for case, day in loose.items()}

    def _count_stored_before(self, reading: Reading) -> dict[UUID, tuple[date, bool]]:
        """The same for the cases met before the period."""
        loose: dict[UUID, tuple[date, bool]] = {}
        for case, met, sealed, stored_id, happened in _rows_before(reading):
            if sealed:
                self.is_owner = True
            elif stored_id is None:
                loose[case] = (london_date(met), True)
            else:
                self._add_before(number for number in self.defined if reading.stored_happened_apart(number, happened))
        return loose

    def _add(self, verdicts: Mapping[int, str], many: int) -> None:
        for number, verdict in verdicts.items():
            self._numbers[number][verdict] += many

    def _add_before(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            self.before[number] += 1


Stored = list[tuple[date, Mapping[int, str], int]]


def _stored(reading: Reading) -> tuple[Stored, dict[UUID, date], bool]:
    """What is kept of the cases met in a period, by day; the others, each with its day; and whether any is a sealed one of the
    member's own."""
    stored: Stored = []
    loose: dict[UUID, date] = {}
    is_owner = False
    rows = reading.met_in().order_by().values("day", "kept__said", "kept__first", "one", "whose", "sealed")
    for row in rows.annotate(many=Count("id"), loose=ArrayAgg("id", filter=Q(kept__id__isnull=True))):
        if row["sealed"]:
            is_owner = True
        elif row["kept__said"] is None:
            loose |= dict.fromkeys(row["loose"], row["day"])
        else:
            verdicts = reading.verdicts(row["kept__said"], row["kept__first"], row["day"], row["whose"])
            stored.append((row["day"], verdicts, row["many"]))
    return stored, loose, is_owner


def by_month(reading: Reading, number: int) -> dict[date, Counts]:
    """The cases of one failing by the month (its first day) in which their people were met, every month of the period. Sealed
    ones are in none."""
    months: dict[date, Counter[str]] = {}
    month = reading.period.first.replace(day=1)
    while month <= reading.period.last:
        months[month], month = Counter(), add_months(month, 1)
    stored, loose, _ = _stored(reading)
    for day, verdicts, many in stored:
        months[day.replace(day=1)][verdicts[number]] += many
    for case, judged in reading.verdicts_from_facts(loose).items():
        months[loose[case].replace(day=1)][judged[number].verdict] += 1
    return {month: Counts(**{verdict: counter[verdict] for verdict in VERDICTS}) for month, counter in months.items()}


def _rows_before(reading: Reading) -> Any:
    rows = reading.encountered_before_period().values_list("id", "encountered_at", "sealed", "kept__id", "kept__happened")
    return rows.order_by("encountered_at", "id")


def listed(reading: Reading, number: int, verdict: str) -> list[Listed]:
    """The cases of a failing with this verdict, or with `BEFORE`, in the order in which their people were met; among them the
    sealed ones that the member owns, which no number counts. `reading` is of that failing."""
    matches, loose = (_before if verdict == BEFORE else _met)(reading, number, verdict)
    rows = {listed_case.id: listed_case for listed_case in loose}
    for case, case_verdict in why(reading, number, loose).items():
        if reading.happened_apart(number, case_verdict) if verdict == BEFORE else case_verdict.verdict == verdict:
            matches.append(rows[case])
    return sorted(matches, key=lambda match: (match.met, match.id))


def why(reading: Reading, number: int, listed_cases: Sequence[Listed]) -> dict[UUID, Verdict]:
    """What a failing says of these cases, and why, from their facts. Ten queries at most, whatever their number."""
    days = {listed_case.id: london_date(listed_case.met) for listed_case in listed_cases}
    return {case: verdicts[number] for case, verdicts in reading.verdicts_from_facts(days).items()}


def rows_of(listed_cases: Sequence[Listed]) -> dict[UUID, Case]:
    """The rows of cases that are in a list, with their units."""
    return Case.objects.select_related("unit").in_bulk([listed_case.id for listed_case in listed_cases])


def _met(reading: Reading, number: int, verdict: str) -> tuple[list[Listed], list[Listed]]:
    matches, loose = [], []
    said_before: dict[tuple[Any, ...], str] = {}
    rows = reading.met_in().values_list("id", "encountered_at", "sealed", "day", "kept__said", "kept__first", "whose")
    for case, met, sealed, day, letters, first, whose in rows:
        if letters is None:
            loose.append(Listed(case, met, sealed))
            continue
        alike = (letters, first, day if number == MISSED else None, tuple(whose or ()))
        if alike not in said_before:
            said_before[alike] = reading.verdicts(letters, first, day, whose)[number]
        if said_before[alike] == verdict:
            matches.append(Listed(case, met, sealed))
    return matches, loose


def _before(reading: Reading, number: int, verdict: str) -> tuple[list[Listed], list[Listed]]:
    matches, loose = [], []
    for case, met, sealed, stored_id, happened in _rows_before(reading):
        if stored_id is None:
            loose.append(Listed(case, met, sealed))
        elif reading.stored_happened_apart(number, happened):
            matches.append(Listed(case, met, sealed))
    return matches, loose


def page_of(listed_cases: Sequence[Listed], most: int, after: Place | None) -> list[Listed]:
    """The first `most` of a list after a place."""
    if after is None or after.at is None:
        return list(listed_cases[:most])
    return [listed_case for listed_case in listed_cases if (listed_case.met, listed_case.id) > (after.at, after.id)][:most]
