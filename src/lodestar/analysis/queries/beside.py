"""What stands beside the figure, by the record as it is now: what is open and late in its cases, and referrals against crimes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as If
from django.db.models import CharField, Count, Exists, OuterRef, Q, Value, When

from lodestar.analysis.access import Scope
from lodestar.analysis.queries.known import cases_of
from lodestar.analysis.rules.period import Period
from lodestar.cases.queries.open_at import open_at
from lodestar.investigations.queries.in_period import recorded_in
from lodestar.referrals.models import Pairing
from lodestar.referrals.queries.in_period import MADE, RECEIVED, sent_in


@dataclass(frozen=True)
class Still:
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
class Beside:
    """All of it: what is still open, and by kind (`nrm`, `dtn`, `received`, `crimes`) what has the other."""

    still: Still
    against: Mapping[str, Against]


KINDS = ("nrm", "dtn", "received", "crimes")
MOST = 1_000


def beside(scope: Scope, period: Period, at: datetime) -> Beside:
    """What stands beside the figure of a period, in two statements. What is open is counted at the end of the period, or at `at`
    while that has not come."""
    when = min(period.ends, at)
    first, *rest = (rows.order_by() for rows in (_referrals(scope, period), _crimes(scope, period)))
    found = {name: numbers for name, *numbers in first.union(*rest, all=True)}
    against = {kind: Against(*found.get(kind, (0, 0, 0))) for kind in KINDS}
    return Beside(_still(scope, period, at, when), against)


def _referrals(scope: Scope, period: Period) -> Any:
    """What we made and what we received to investigate, each by itself. Which are without a crime is what the register of
    referrals calls so (`referrals/queries/reconciled.py`)."""
    pairs = Pairing.objects.filter(person=OuterRef("person"))
    rows = _of(scope, sent_in(period.begins, period.ends)).annotate(
        kind=If(When(direction=RECEIVED, then=Value("received")), default="route", output_field=CharField()),
        other=Exists(pairs.filter(crime_at__isnull=False)),
        kept=Exists(pairs.filter(crime_at__isnull=True, settled=True)),
    )
    return _counted(rows.filter(direction__in=[MADE, RECEIVED]))


def _crimes(scope: Scope, period: Period) -> Any:
    pairs = Pairing.objects.filter(person=OuterRef("person"))
    rows = _of(scope, recorded_in(period.begins, period.ends)).annotate(
        kind_=Value("crimes", output_field=CharField()),
        other=Exists(pairs.filter(referral_at__isnull=False)),
        kept=Exists(pairs.filter(referral_at__isnull=True, settled=True)),
    )
    return _counted(rows, "kind_")


def _counted(rows: Any, kind: str = "kind") -> Any:
    """How many rows of each kind there are, how many have the other, and how many were settled."""
    numbers = {"n_all": Count("id"), "n_other": Count("id", filter=Q(other=True)), "n_kept": Count("id", filter=Q(kept=True))}
    return rows.values(kind).annotate(**numbers).values_list(kind, *numbers)


def _still(scope: Scope, period: Period, at: datetime, when: datetime) -> Still:
    """Counted no further than anybody reads: of a large force they are hundreds of thousands."""
    cases = cases_of(scope, period, at, sealed=False, earlier=False)
    rows = open_at(when).filter(case__in=cases.values("id")).order_by()
    is_open = rows.annotate(what=Value("open", output_field=CharField())).values("what")[: MOST + 1]
    late = rows.filter(due_at__lt=when).annotate(what=Value("late", output_field=CharField())).values("what")[: MOST + 1]
    found = Counter(row["what"] for row in is_open.union(late, all=True))
    return Still(when, found["open"], found["late"])


def _of(scope: Scope, rows: Any) -> Any:
    return rows if scope.units is None else rows.filter(person__case__unit__in=scope.units)
