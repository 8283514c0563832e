"""What stands beside the failings of a period: referrals and crimes, how tasks were closed, and how many are open, or late."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as If
from django.db.models import CharField, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from lodestar.casework.investigations.queries import recorded_in
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import open_at
from lodestar.casework.referrals.models import Pairing
from lodestar.casework.referrals.queries.outgoing import MADE, RECEIVED, sent_in
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.known import cases_of
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.failings import TASKS


@dataclass(frozen=True)
class OpenItems:
    """What is open, and of it late, at an instant."""

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


REFERRALS = ("nrm", "dtn", "received")
OTHER, SETTLED, OPEN = PAIRINGS = ("other", "settled", "open")


def figure_context(scope: Scope, period: Period, at: datetime) -> FigureContext:
    """What stands beside the figure of a period. What is open is counted at the end of the period, or at `at` while that has not
    come."""
    against = referrals_of(scope, period) | {"crimes": _crimes(scope, period)}
    return FigureContext(_open_items(scope, period, at, min(period.ends, at)), against, _closings(scope, period, at))


def _closings(scope: Scope, period: Period, at: datetime) -> Mapping[int, Counter[str]]:
    """How the tasks of a period's cases were closed, as at now: what an officer's word closed is never added to what a record
    closed."""
    cases = cases_of(scope, period, at, sealed=False, earlier=False).values("id")
    rows = Obligation.objects.filter(case__in=cases, state="closed").exclude(closed_with="").order_by()
    by_failing: dict[int, Counter[str]] = {number: Counter() for number in (0, *TASKS)}
    for code, closed_with, many in (
        rows.values("code", "closed_with").annotate(many=Count("id")).values_list("code", "closed_with", "many")
    ):
        for number in (0, *(number for number, codes in TASKS.items() if code in codes)):
            by_failing[number][closed_with] += many
    return by_failing


def referrals_of(scope: Scope, period: Period) -> dict[str, Against]:
    """What we made and what we received to investigate, each by itself, and what of it has a crime. Which are without is what the
    register of referrals calls so (`casework/decisions/queries/decisions.py`)."""
    rows = sent_in(period.begins, period.ends).filter(direction__in=[MADE, RECEIVED])
    kind = If(When(direction=RECEIVED, then=Value("received")), default="route", output_field=CharField())
    counts = _counts(scope, rows.annotate(kind=kind), Q(crime_at__isnull=False), "kind")
    return {kind: _against(counts, kind) for kind in REFERRALS}


def _crimes(scope: Scope, period: Period) -> Against:
    rows = recorded_in(period.begins, period.ends).annotate(of=Value("crimes"))
    return _against(_counts(scope, rows, Q(referral_at__isnull=False), "of"), "crimes")


def _counts(scope: Scope, rows: Any, has_other: Q, kind: str) -> Counter[tuple[str, str]]:
    """How many rows of each kind there are, by whether their person has the other, or else it was settled."""
    outcome = If(When(has_other, then=Value(OTHER)), When(settled=True, then=Value(SETTLED)), default=Value(OPEN))
    pairings = Pairing.objects.filter(person=OuterRef("person")).annotate(said=outcome).values("said")[:1]
    rows = rows if scope.units is None else rows.filter(person__case__unit__in=scope.units)
    paired = rows.annotate(pairing=Coalesce(Subquery(pairings), Value(OPEN), output_field=CharField())).order_by()
    counted = paired.values(kind, "pairing").annotate(many=Count("id")).values_list(kind, "pairing", "many")
    return Counter({(of, pairing): many for of, pairing, many in counted})


def _against(counts: Counter[tuple[str, str]], kind: str) -> Against:
    other, settled, still = (counts[kind, pairing] for pairing in PAIRINGS)
    return Against(other + settled + still, other, settled)


def _open_items(scope: Scope, period: Period, at: datetime, when: datetime) -> OpenItems:
    """What is late is open as well."""
    cases = cases_of(scope, period, at, sealed=False, earlier=False)
    rows = open_at(when).filter(case__in=cases.values("id")).order_by()
    counts = rows.aggregate(open=Count("id"), late=Count("id", filter=Q(due_at__lt=when)))
    return OpenItems(when, counts["open"], counts["late"])
