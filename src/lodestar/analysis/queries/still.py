"""The cases behind what is still open, or late, in a period: by the ledger as it is now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from lodestar.analysis.access import Scope
from lodestar.analysis.queries.beside import counted_at
from lodestar.analysis.queries.known import cases_of
from lodestar.analysis.rules.period import Period
from lodestar.cases.models import Case
from lodestar.cases.queries.worklists import open_at
from lodestar.kernel.paging import Place

OPEN, LATE = "open", "late"
FEW, MORE = 100, 8  # cases that are looked into first, and how many times as many each time after


@dataclass(frozen=True)
class Left:
    """What is left in one case: how many lines are open, how many of them late, and since when the first of those is."""

    open: int
    late: int
    since: datetime | None


class StillOpen:
    """The cases of a scope and period in which a line of the ledger is open, or with `LATE` late, at the end of the period, or at
    `at` while that has not come."""

    def __init__(self, scope: Scope, period: Period, at: datetime, which: str) -> None:
        self.scope, self.period, self.at, self.which = scope, period, at, which
        self.when = counted_at(period, at)

    def page(self, most: int, after: Place | None, *, sealed: bool = False) -> list[tuple[Case, Left]]:
        """The first of them after a place, by when their people were met, each with what is left in it. `sealed`: those of which
        the member is a named owner, and which are in no number.

        As many cases are looked into as it takes to find so many: asked of the database at once, it would read every line of
        the ledger to find two dozen.
        """
        ids = self._ids(after, sealed)
        found: dict[UUID, Left] = {}
        begin, size = 0, FEW
        while begin < len(ids) and len(found) < most:
            found |= self._left_in(ids[begin : begin + size], sealed)
            begin, size = begin + size, size * MORE
        first = [case for case in ids[:begin] if case in found][:most]
        rows = {row.id: row for row in Case.objects.select_related("unit").filter(id__in=first)}
        return [(rows[case], found[case]) for case in first if case in rows]

    def _ids(self, after: Place | None, sealed: bool) -> list[UUID]:
        """All cases of the period after a place, in order."""
        rows = cases_of(self.scope, self.period, self.at, sealed=sealed, earlier=False).filter(sealed=sealed)
        if after is not None and after.at is not None:
            rows = rows.filter(encountered_at__gte=after.at)
            rows = rows.filter(Q(encountered_at__gt=after.at) | Q(id__gt=after.id))
        return list(rows.order_by("encountered_at", "id").values_list("id", flat=True))

    def _left_in(self, cases: Sequence[UUID], sealed: bool) -> dict[UUID, Left]:
        """What is left in those of these cases that belong in the list."""
        late = Q(due_at__lt=self.when)
        rows = open_at(self.when, sealed=sealed).filter(case__in=cases).order_by().values("case")
        rows = rows.annotate(many=Count("id"), late=Count("id", filter=late), since=Min("due_at", filter=late))
        told = {case: Left(many, few, since) for case, many, few, since in rows.values_list("case", "many", "late", "since")}
        return {case: left for case, left in told.items() if left.late or self.which == OPEN}
