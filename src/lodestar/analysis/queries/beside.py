"""What stands beside the figure, by the record as it is now: what is open and late in its cases, and referrals against crimes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from lodestar.analysis.access import Scope
from lodestar.analysis.queries.known import cases_of
from lodestar.analysis.rules.period import Period
from lodestar.cases.queries.open_at import open_at
from lodestar.investigations.queries.in_period import recorded_in
from lodestar.referrals.models import Pairing
from lodestar.referrals.queries.in_period import MADE, RECEIVED, sent_in


@dataclass(frozen=True)
class Still:
    """What is open, and of it late, at an instant."""

    at: datetime
    open: int
    late: int


def still(scope: Scope, period: Period, at: datetime) -> Still:
    """What is open in the cases of a period at its end, or now while it is not over."""
    when = min(period.ends, at)
    cases = cases_of(scope, period, at, sealed=False, earlier=False)
    rows = open_at(when).filter(case__in=cases.values("id"))
    found = rows.aggregate(open=Count("id"), late=Count("id", filter=Q(due_at__lt=when)))
    return Still(when, found["open"], found["late"])


@dataclass(frozen=True)
class Sent:
    """Referrals or notifications of a period: how many, how many of their people have a crime number, how many have none and
    somebody said why, and how many neither."""

    all: int
    with_crime: int
    settled: int

    @property
    def open(self) -> int:
        """Without a crime, and nobody said why."""
        return self.all - self.with_crime - self.settled


def referrals(scope: Scope, period: Period) -> dict[str, Sent]:
    """What we made (`nrm`, `dtn`) and what we received to investigate (`received`), each by itself, against crimes: which are
    without one is what the register of referrals calls so (`referrals/queries/reconciled.py`)."""
    pairs = Pairing.objects.filter(person=OuterRef("person"))
    rows = _of(scope, sent_in(period.begins, period.ends)).annotate(
        crime=Exists(pairs.filter(crime_at__isnull=False)), kept=Exists(pairs.filter(crime_at__isnull=True, settled=True))
    )
    kinds = {
        "nrm": Q(direction=MADE, route="nrm"), "dtn": Q(direction=MADE, route="dtn"), "received": Q(direction=RECEIVED)
    }  # fmt: skip
    parts: dict[str, Any] = {}
    for name, which in kinds.items():
        parts[name] = Count("id", filter=which)
        parts[f"{name}_crime"] = Count("id", filter=which & Q(crime=True))
        parts[f"{name}_kept"] = Count("id", filter=which & Q(kept=True))
    found = rows.aggregate(**parts)
    return {name: Sent(found[name], found[f"{name}_crime"], found[f"{name}_kept"]) for name in kinds}


@dataclass(frozen=True)
class Crimes:
    """Crimes of a period: how many, how many of their people have a referral or notification, and how many have none and
    somebody said why."""

    all: int
    with_referral: int
    settled: int

    @property
    def open(self) -> int:
        """Without a referral, and nobody said why."""
        return self.all - self.with_referral - self.settled


def crimes(scope: Scope, period: Period) -> Crimes:
    """Crimes of a period against referrals, the other way round."""
    pairs = Pairing.objects.filter(person=OuterRef("person"))
    rows = _of(scope, recorded_in(period.begins, period.ends)).annotate(
        sent=Exists(pairs.filter(referral_at__isnull=False)), kept=Exists(pairs.filter(referral_at__isnull=True, settled=True))
    )
    found: Mapping[str, int] = rows.aggregate(
        all=Count("id"), sent_=Count("id", filter=Q(sent=True)), kept_=Count("id", filter=Q(kept=True))
    )
    return Crimes(found["all"], found["sent_"], found["kept_"])


def _of(scope: Scope, rows: Any) -> Any:
    return rows if scope.units is None else rows.filter(person__case__unit__in=scope.units)
