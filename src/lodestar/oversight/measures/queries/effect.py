"""What was done by officers who had their training at that time beside what was done by those who had not. Observational: who was
trained may differ in other ways too."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, OuterRef, Subquery

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import ReferralStatus
from lodestar.casework.referrals.queries.outgoing import MADE
from lodestar.casework.section45.models import FirstAnswer
from lodestar.knowledge.training.queries import trained_at
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.registry import FIRST_QUESTION
from lodestar.oversight.measures.rules.facts import Period
from lodestar.platform.time.days import london_date

REFERRALS, SECTION45 = "referral-quality", "section45-on-time"
Effect = dict[bool | None, tuple[int, int]]  # by whether the officer was trained then (None: none required): good, of all


def effects_of(scope: Scope, period: Period, at: datetime) -> dict[str, Effect]:
    """Referrals without an open check when they were sent, and first answers about section 45 given in time. Five statements."""
    cases = Case.objects.filter(scope.counted).values("id")
    inside = {"sent_at__gte": period.begins, "sent_at__lt": period.ends, "referral__recorded_at__lte": at}
    sent = ReferralStatus.objects.filter(direction=MADE, open_checks__isnull=False, referral__person__case__in=cases, **inside)
    referrals = [
        (user, when, not checks) for user, when, checks in sent.values_list("referral__recorded_by", "sent_at", "open_checks")
    ]
    owed = Obligation.objects.filter(person=OuterRef("person"), code=FIRST_QUESTION, moment=OuterRef("moment"))
    answers = FirstAnswer.objects.filter(
        person__case__in=cases, recorded_at__lte=at, happened_at__gte=period.begins, happened_at__lt=period.ends
    ).annotate(due=Subquery(owed.values("due_at")[:1], output_field=DateTimeField()))
    rows = answers.filter(due__isnull=False).values_list("by", "happened_at", "due")
    section45 = [(user, when, when <= due) for user, when, due in rows]
    trained = trained_at({(user, london_date(when)) for user, when, _ in (*referrals, *section45)})
    return {REFERRALS: _effect(referrals, trained), SECTION45: _effect(section45, trained)}


def _effect(acts: Iterable[tuple[UUID, datetime, bool]], trained: dict[Any, bool | None]) -> Effect:
    counted = Counter((trained[user, london_date(when)], is_good) for user, when, is_good in acts)
    return {group: (counted[group, True], counted[group, True] + counted[group, False]) for group in (True, False, None)}
