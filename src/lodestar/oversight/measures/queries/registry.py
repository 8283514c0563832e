"""How each measure is counted: which rows, by when, and which of them are the numerator. The engine is `queries/values.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.closures.models import ClosingRequest
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.contact_promises.rules import PAUSE
from lodestar.casework.decisions.models import Decision
from lodestar.casework.investigations.models import Crime, Review
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.needs.models import NeedsAssessment
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.queries.outgoing import MADE, RECEIVED
from lodestar.casework.section45.models import FirstAnswer, OutcomeRecorded
from lodestar.oversight.measures.rules import failings

FIRST_QUESTION, ARREST = "section45_first_question", "arrest"
NEEDS = "needs_assessment"
GROUNDS = ("rg_positive", "rg_negative")


@dataclass(frozen=True)
class Rows:
    """Rows of a measure: `when` is the column that places one in a period, `case` the path to its case, `recorded` the column
    that says since when it is known, `hit` what makes one part of the numerator, `time` what a median is of."""

    rows: QuerySet[Any]
    when: str
    case: str = "person__case"
    recorded: str = "recorded_at"
    hit: Q | Exists | None = None
    time: ExpressionWrapper | None = None
    is_day: bool = False


Count = Callable[[datetime], Rows]  # of the instant as of which things are known


def _sent(direction: str, **which: str) -> Count:
    return lambda at: Rows(Referral.objects.filter(direction=direction, **which), "sent_at")


def _hours_to_referral(at: datetime) -> Rows:
    rows = Referral.objects.filter(direction=MADE, route="nrm", sent_at__gte=F("person__case__encountered_at"))
    time = ExpressionWrapper(F("sent_at") - F("person__case__encountered_at"), output_field=DurationField())
    return Rows(rows, "sent_at", time=time)


def _owed(code: str, evidence: QuerySet[Any], when: str, of: str = "person", **which: str) -> Count:
    """What was owed by a code and fell due; the numerator is what has its evidence by then, whatever was recorded later."""

    def rows_of(at: datetime) -> Rows:
        by_then = {of: OuterRef(of), f"{when}__lte": OuterRef("due_at"), "recorded_at__lte": at}
        owed = Obligation.objects.filter(code=code, **which).exclude(state="not_owed")
        return Rows(owed, "due_at", "case", "opened_at", Exists(evidence.filter(**by_then)))

    return rows_of


def _before_charge(at: datetime) -> Rows:
    hit = Q(happened_without=False, record__isnull=False)
    return Rows(OutcomeRecorded.objects.filter(kind="charge"), "at", "offence__person__case", hit=hit)


def _contact_promises(at: datetime) -> Rows:
    rows = Promise.objects.exclude(kind=PAUSE).exclude(state="stopped")
    return Rows(rows, "by_when", hit=Q(done_at__lte=F("by_when")) & Q(done_at__lte=at))


def _grounds_positive(at: datetime) -> Rows:
    replaced = Exists(Decision.objects.filter(replaces=OuterRef("pk"), filed_at__lte=at))
    rows = Decision.objects.filter(~replaced, kind__in=GROUNDS, referral__direction=MADE)
    return Rows(rows, "decided_on", "referral__person__case", "filed_at", Q(kind=GROUNDS[0]), is_day=True)


def _closed_by_inspector(at: datetime) -> Rows:
    closed = Q(approved=True, decided_at__lte=at)
    rows = ClosingRequest.objects.filter(closed | Q(happened_without=True), scope="case")
    return Rows(rows, "asked_at", "case", "asked_at", closed & Q(happened_without=False))


COUNTS: Mapping[str, Count] = {
    "nrm-made": _sent(MADE, route="nrm"),
    "referrals-received": _sent(RECEIVED),
    "dtn-made": _sent(MADE, route="dtn"),
    "crimes-recorded": lambda at: Rows(Crime.objects.filter(kind="recorded"), "at"),
    "crime-in-24-hours": _owed(failings.CRIME, Crime.objects.filter(kind="recorded"), "at"),
    "pip2-in-time": _owed(failings.ALLOCATION, Allocation.objects.filter(kind="pip2"), "at", "case", moment=""),
    "below-pip2": lambda at: Rows(Allocation.objects.all(), "at", "case", hit=~Q(kind="pip2")),
    "hours-to-referral": _hours_to_referral,
    "section45-at-arrest": _owed(FIRST_QUESTION, FirstAnswer.objects.filter(moment=ARREST), "happened_at", moment=ARREST),
    "section45-before-charge": _before_charge,
    "needs-in-time": _owed(NEEDS, NeedsAssessment.objects.all(), "assessed_at", moment=""),
    "promises-kept": _contact_promises,
    "reasonable-grounds-positive": _grounds_positive,
    "reviews-in-time": _owed(failings.REVIEW, Review.objects.filter(moments__contains=[OuterRef("moment")]), "at", "case"),
    "closed-by-inspector": _closed_by_inspector,
}
