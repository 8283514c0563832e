"""Every case of a period judged from its facts alone, by nothing that is kept: what the quick figure is held against, every night
and in the tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.analysis.access import Scope
from lodestar.analysis.queries.figure import BEFORE
from lodestar.analysis.queries.known import KnownCase, known
from lodestar.analysis.rules import HAPPENED, Counts, Verdict, counted, definitions, judged
from lodestar.analysis.rules.period import Period


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

