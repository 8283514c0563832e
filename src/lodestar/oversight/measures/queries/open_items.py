"""What stands beside the failings of a period: referrals and crimes, and the cases behind what is still open, or late."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as If
from django.db.models import CharField, Count, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.queries import recorded_in
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import open_at
from lodestar.casework.referrals.models import Pairing
from lodestar.casework.referrals.queries.outgoing import MADE, RECEIVED, sent_in
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.known import cases_of
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.failings import TASKS
from lodestar.platform.text.paging import Place


@dataclass(frozen=True)
class OpenItems:
    """What is open, and of it late, at an instant. More than `MOST` of either is `MOST` and one: no more are counted."""

    at: datetime
    open: int
    late: int


@dataclass(frozen=True)
class Against:
    """Referrals, notifications or crimes of a period: how many, how many of their people have the other (a crime number, or a
    referral or notification), how many have none and somebody said why, and how many neither."""

    all: int = 0
    with_other: int = 0
    settled: int = 0

    @property
    def open(self) -> int:
        """Without the other, and nobody said why."""
        return self.all - self.with_other - self.settled


@dataclass(frozen=True)
class FigureContext:
    """All of it: what is still open, and by kind (`nrm`, `dtn`, `received`, `crimes`) what has the other."""

    still: OpenItems
    against: Mapping[str, Against]
    closings: Mapping[int, Counter[str]]  # by failing, 0 for all tasks: how many a record, a word or a reason closed


KINDS = ("nrm", "dtn", "received", "crimes")
MOST = 1_000
TASKS_CLOSED = -1  # in place of the number of a period
Counted = Mapping[tuple[int, str, str], int]
OTHER, SETTLED, OPEN = PAIRINGS = ("other", "settled", "open")


def figure_context(scope: Scope, period: Period, at: datetime) -> FigureContext:
    """What stands beside the figure of a period, in two or three statements. What is open is counted at the end of the period,
    or at `at` while that has not come."""
    counts = _counts([*_kinds(scope, period, 0), _closed(scope, period, at)])
    against = {kind: _against(counts, 0, kind) for kind in KINDS}
    return FigureContext(_count_open_items(scope, period, at, counted_at(period, at)), against, _closings(counts))


def _closed(scope: Scope, period: Period, at: datetime) -> Any:
    """How the tasks of a period's cases were closed, as at now: by code, and by what closed it. What an officer's word closed is
    never added to what a record closed. As the kinds are counted, so that both are one statement."""
    cases = cases_of(scope, period, at, sealed=False, earlier=False).values("id")
    rows: Any = Obligation.objects.filter(case__in=cases, state="closed").exclude(closed_with="").order_by()
    rows = rows.annotate(nth=Value(TASKS_CLOSED, output_field=IntegerField())).values("nth", "code", "closed_with")
    return rows.annotate(many=Count("id")).values_list("nth", "code", "closed_with", "many")


def _closings(counts: Counted) -> Mapping[int, Counter[str]]:
    by_failing: dict[int, Counter[str]] = {number: Counter() for number in (0, *TASKS)}
    for (nth, code, closed_with), many in counts.items():
        for number in (0, *(number for number, codes in TASKS.items() if code in codes)) if nth == TASKS_CLOSED else ():
            by_failing[number][closed_with] += many
    return by_failing


def counted_at(period: Period, at: datetime) -> datetime:
    """The instant at which what is open is counted."""
    return min(period.ends, at)


def referrals_of(scope: Scope, period: Period) -> dict[str, Against]:
    """Of a period what `against_of` says of referrals alone."""
    counts = _counts([_referrals(scope, period, 0).order_by()])
    return {kind: _against(counts, 0, kind) for kind in KINDS if kind != "crimes"}


def against_of(scope: Scope, periods: Sequence[Period]) -> list[dict[str, Against]]:
    """Of each period, by kind (`KINDS`), referrals and crimes and what of them has the other. In one statement."""
    counts = _counts([part for nth, period in enumerate(periods) for part in _kinds(scope, period, nth)])
    return [{kind: _against(counts, nth, kind) for kind in KINDS} for nth in range(len(periods))]


def _kinds(scope: Scope, period: Period, nth: int) -> list[Any]:
    return [rows(scope, period, nth).order_by() for rows in (_referrals, _crimes)]


def _counts(parts: Sequence[Any]) -> Counted:
    first, *rest = parts
    return {(nth, kind, pairing): many for nth, kind, pairing, many in (first.union(*rest, all=True) if rest else first)}


def _referrals(scope: Scope, period: Period, nth: int) -> Any:
    """What we made and what we received to investigate, each by itself. Which are without a crime is what the register of
    referrals calls so (`casework/decisions/queries/decisions.py`)."""
    rows = _of(scope, sent_in(period.begins, period.ends)).annotate(
        kind=If(When(direction=RECEIVED, then=Value("received")), default="route", output_field=CharField()),
        pairing=_pairing(Q(crime_at__isnull=False)),
    )
    return _counted(rows.filter(direction__in=[MADE, RECEIVED]), nth)


def _crimes(scope: Scope, period: Period, nth: int) -> Any:
    rows = _of(scope, recorded_in(period.begins, period.ends)).annotate(
        kind_=Value("crimes", output_field=CharField()), pairing=_pairing(Q(referral_at__isnull=False))
    )
    return _counted(rows, nth, "kind_")


def _pairing(has_other: Q) -> Coalesce:
    """Whether the person of a row has the other, or else it was settled: looked up once for each row."""
    outcome = If(When(has_other, then=Value(OTHER)), When(settled=True, then=Value(SETTLED)), default=Value(OPEN))
    pairings = Pairing.objects.filter(person=OuterRef("person")).annotate(said=outcome).values("said")[:1]
    return Coalesce(Subquery(pairings), Value(OPEN), output_field=CharField())


def _counted(rows: Any, nth: int, kind: str = "kind") -> Any:
    """How many rows of each kind of the nth period there are, by what of the other they have."""
    rows = rows.annotate(nth=Value(nth, output_field=IntegerField())).values("nth", kind, "pairing")
    return rows.annotate(many=Count("id")).values_list("nth", kind, "pairing", "many")


def _against(counts: Mapping[tuple[int, str, str], int], nth: int, kind: str) -> Against:
    other, settled, still = (counts.get((nth, kind, pairing), 0) for pairing in PAIRINGS)
    return Against(other + settled + still, other, settled)


def _count_open_items(scope: Scope, period: Period, at: datetime, when: datetime) -> OpenItems:
    """Counted no further than anybody reads: of a large force they are hundreds of thousands. What is late is open as well."""
    cases = cases_of(scope, period, at, sealed=False, earlier=False)
    rows = open_at(when).filter(case__in=cases.values("id")).order_by()
    late = _no_more_than_most(rows.filter(due_at__lt=when))
    return OpenItems(when, late if late > MOST else _no_more_than_most(rows), late)


def _no_more_than_most(rows: Any) -> int:
    """How many there are, or `MOST` and one. Those that are open still stand by themselves in the database, and are looked at
    first: what was closed since is looked for among all that ever were."""
    parts = (rows.filter(state="open"), rows.exclude(state="open"))
    first, second = (part.values_list("id")[: MOST + 1] for part in parts)
    return len(first.union(second, all=True)[: MOST + 1])


def _of(scope: Scope, rows: Any) -> Any:
    return rows if scope.units is None else rows.filter(person__case__unit__in=scope.units)


LATE = "late"
FEW, MORE = 100, 8  # cases that are looked into first, and how many times as many each time after


@dataclass(frozen=True)
class OpenTasks:
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

    def page(self, most: int, after: Place | None, *, sealed: bool = False) -> list[tuple[Case, OpenTasks]]:
        """The first of them after a place, by when their people were met, each with what is left in it. `sealed`: those of which
        the member is a named owner, and which are in no number.

        As many cases are looked into as it takes to find so many: asked of the database at once, it would read every line of
        the ledger to find two dozen.
        """
        ids = self._ids(after, sealed)
        tasks_by_case: dict[UUID, OpenTasks] = {}
        begin, size = 0, FEW
        while begin < len(ids) and len(tasks_by_case) < most:
            tasks_by_case |= self._left_in(ids[begin : begin + size], sealed)
            begin, size = begin + size, size * MORE
        first = [case for case in ids[:begin] if case in tasks_by_case][:most]
        rows = Case.objects.select_related("unit").in_bulk(first)
        return [(rows[case], tasks_by_case[case]) for case in first if case in rows]

    def _ids(self, after: Place | None, sealed: bool) -> list[UUID]:
        """All cases of the period after a place, in order."""
        rows = cases_of(self.scope, self.period, self.at, sealed=sealed, earlier=False).filter(sealed=sealed)
        if after is not None and after.at is not None:
            rows = rows.filter(encountered_at__gte=after.at)
            rows = rows.filter(Q(encountered_at__gt=after.at) | Q(id__gt=after.id))
        return list(rows.order_by("encountered_at", "id").values_list("id", flat=True))

    def _left_in(self, cases: Sequence[UUID], sealed: bool) -> dict[UUID, OpenTasks]:
        """What is left in those of these cases that belong in the list."""
        late = Q(due_at__lt=self.when)
        rows = open_at(self.when, sealed=sealed).filter(case__in=cases).order_by().values("case")
        rows = rows.annotate(many=Count("id"), late=Count("id", filter=late), since=Min("due_at", filter=late))
        counted = rows.values_list("case", "many", "late", "since")
        return {case: OpenTasks(*left) for case, *left in counted if left[1] or self.which == OPEN}
