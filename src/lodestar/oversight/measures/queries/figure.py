"""The figure of a period, and the cases behind one of its numbers: each case judged from its facts as they were known at one
instant, in a constant number of queries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case
from lodestar.intelligence.earlier_records.queries.look_back import Stood, signs_stood
from lodestar.intelligence.earlier_records.queries.records import read_coverage
from lodestar.intelligence.earlier_records.rules.earlier import Coverage
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.known import Facts, cases_of
from lodestar.oversight.measures.rules import failings
from lodestar.oversight.measures.rules.facts import HAPPENED, CaseFacts, Counts, LookedBack, Period, Verdict
from lodestar.platform.text.paging import Place
from lodestar.platform.time.days import london_date

BEFORE = "before"  # happened in the period, in a case whose people were met before it


@dataclass(frozen=True)
class JudgedCase:
    """One case: when its people were met, whether it is sealed, and so stands for its owners alone, and what each failing says of
    it, by number."""

    id: UUID
    met: datetime
    is_sealed: bool
    verdicts: Mapping[int, Verdict]

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return Place(self.met, self.id)


class Reading:
    """The cases of a scope and period as they were known at `at`, for all failings or `only` one. `is_past`: somebody named that
    instant, so that later changes are looked through."""

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool, only: int | None = None) -> None:
        self.scope, self.period, self.at, self.is_past, self.only = scope, period, at, is_past, only
        rows = failings.definitions(period.last)
        self.defined: Mapping[int, Mapping[str, Any]] = {only: rows[only]} if only else rows
        reads_records = failings.MISSED in self.defined
        self.held = read_coverage(at) if reads_records else Coverage()
        spans = [(period.begins, period.ends)]
        self.stood: Mapping[UUID, Stood] = signs_stood(spans, at, self.held) if reads_records else {}
        self._all_held: dict[date, bool] = {}

    def cases(self, *, earlier: bool) -> list[JudgedCase]:
        """Those whose people were met in the period, by when; with `earlier` also those of people met before of which something
        happened in it."""
        rows = cases_of(self.scope, self.period, self.at, earlier=earlier)
        facts = Facts(rows.values("id"), self.at, is_past=self.is_past, only=self.only)
        in_order = rows.order_by("encountered_at", "id").values_list("id", "encountered_at", "sealed")
        return [
            JudgedCase(
                case, met, sealed,
                failings.judge_case(self._with_records(facts, case, london_date(met)), self.at, self.defined),
            )
            for case, met, sealed in in_order
        ]  # fmt: skip

    def _with_records(self, facts: Facts, case: UUID, day: date) -> CaseFacts:
        """The facts of a case, with what earlier records of the force tell of each possible victim."""
        case_facts = facts.of(case)
        if failings.MISSED not in self.defined:
            return case_facts
        victims = zip(facts.victims(case), facts.sought(case), strict=True)
        return case_facts.with_records([self._look_back_of(person, sought and self._is_held(day)) for person, sought in victims])

    def _is_held(self, day: date) -> bool:
        """Whether records of every kind are held for the whole year before a day."""
        if day not in self._all_held:
            self._all_held[day] = self.held.is_whole(day)
        return self._all_held[day]

    def _look_back_of(self, person: UUID, is_whole: bool) -> LookedBack:
        stood = self.stood.get(person)
        if stood is None:
            return LookedBack(is_whole)
        return LookedBack(is_whole and not stood.is_known_late, stood.at, stood.was_considered, stood.has_undated)

    def has(self, case: JudgedCase, number: int, verdict: str) -> bool:
        """Whether a failing says this of a case; with `BEFORE`, whether it happened in the period in a case of people met
        before."""
        judged = case.verdicts[number]
        if case.met >= self.period.begins:
            return judged.verdict == verdict
        return verdict == BEFORE and judged.verdict == HAPPENED and any(map(self.period.holds, judged.times))


class Figure:
    """The figure of a period as it was known at one instant. `before` are the cases of people met before it in which each failing
    happened in it. Sealed cases are in none; `is_owner` says that the member owns one that would be."""

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool) -> None:
        reading = Reading(scope, period, at, is_past=is_past)
        self.period, self.at, self.defined = period, at, reading.defined
        cases = reading.cases(earlier=True)
        self.is_owner = any(case.is_sealed for case in cases)
        counted = [case for case in cases if not case.is_sealed]
        self.counts = _counts([case for case in counted if case.met >= period.begins], reading.defined)
        self.before = {number: sum(reading.has(case, number, BEFORE) for case in counted) for number in self.defined}


def _counts(cases: Sequence[JudgedCase], numbers: Mapping[int, Any]) -> dict[int, Counts]:
    return {number: Counts(**Counter(case.verdicts[number].verdict for case in cases)) for number in numbers}


def counts_by_period(reading: Reading, periods: Sequence[Period]) -> list[dict[int, Counts]]:
    """The cases by failing and verdict for each of these periods, which lie in that of the reading. Sealed ones are in none."""
    cases = [case for case in reading.cases(earlier=False) if not case.is_sealed]
    return [_counts([case for case in cases if period.holds(case.met)], reading.defined) for period in periods]


def listed(reading: Reading, number: int, verdict: str) -> list[JudgedCase]:
    """The cases of a failing with this verdict, or with `BEFORE`, in the order in which their people were met; among them the
    sealed ones that the member owns, which no number counts. `reading` is of that failing."""
    return [case for case in reading.cases(earlier=verdict == BEFORE) if reading.has(case, number, verdict)]


def rows_of(listed_cases: Sequence[JudgedCase]) -> dict[UUID, Case]:
    """The rows of cases that are in a list, with their units."""
    return Case.objects.select_related("unit").in_bulk([case.id for case in listed_cases])


def page_of(listed_cases: Sequence[JudgedCase], most: int, after: Place | None) -> list[JudgedCase]:
    """The first `most` of a list after a place."""
    if after is None or after.at is None:
        return list(listed_cases[:most])
    return [case for case in listed_cases if (case.met, case.id) > (after.at, after.id)][:most]
