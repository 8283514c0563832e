"""The figure of a period: every case judged for each failing, and how many there are of each verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.analysis.access import Scope
from lodestar.analysis.queries.known import KnownCase, known
from lodestar.analysis.rules import HAPPENED, Counts, Verdict, counted, definitions, judged
from lodestar.analysis.rules.period import Period
from lodestar.cases.models import Case
from lodestar.kernel.paging import Place

BEFORE = "before"  # happened in the period, in a case whose people were met before it


@dataclass(frozen=True)
class Judged:
    """A case with what each failing says of it, by number."""

    case: KnownCase
    verdicts: Mapping[int, Verdict]

    @property
    def place(self) -> Place:
        """Where it stands in a list."""
        return Place(self.case.met, self.case.id)


class Figure:
    """The figure of a period as it was known at one instant. It is read when it is made. `only`: of one failing alone."""

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool, only: int | None = None) -> None:
        self.period, self.at = period, at
        rows = definitions(period.last)
        self.defined: Mapping[int, Mapping[str, Any]] = {only: rows[only]} if only else rows
        cases = known(scope, period, at, is_past=is_past, only=only)
        self.cases = [Judged(one, judged(one.facts, at, self.defined)) for one in cases]

    @property
    def counts(self) -> dict[int, Counts]:
        """How many cases of the period have each verdict, by failing. Sealed cases are in none of them."""
        met = [one.verdicts for one in self.cases if not one.case.is_sealed and not one.case.is_earlier]
        return {number: counted([verdicts[number].verdict for verdicts in met]) for number in self.defined}

    def of(self, number: int, verdict: str, *, sealed: bool = False) -> list[Judged]:
        """The cases of one failing with this verdict, or with `BEFORE`, in the order in which their people were met. With
        `sealed` those that the member owns, which no number counts."""
        return [one for one in self.cases if one.case.is_sealed == sealed and self._is_of(one, number, verdict)]

    def _is_of(self, one: Judged, number: int, verdict: str) -> bool:
        said = one.verdicts[number]
        if not one.case.is_earlier:
            return said.verdict == verdict
        return verdict == BEFORE and said.verdict == HAPPENED and any(map(self.period.holds, said.times))

    @property
    def before(self) -> dict[int, int]:
        """In how many cases of people met before the period each failing happened in it, by its own time."""
        return {number: len(self.of(number, BEFORE)) for number in self.defined}


def page_of(found: Sequence[Judged], most: int, after: Place | None) -> list[Judged]:
    """The first `most` of a list after a place."""
    if after is None or after.at is None:
        return list(found[:most])
    return [one for one in found if (one.case.met, one.case.id) > (after.at, after.id)][:most]


def rows_of(found: Sequence[Judged]) -> dict[UUID, Case]:
    """The rows of cases that are in a list, with their units."""
    return {row.id: row for row in Case.objects.select_related("unit").filter(id__in=[one.case.id for one in found])}
