"""What was open in the ledger at an instant, by the ledger as it stands now: one definition for whatever counts it."""

from datetime import datetime

from django.db.models import Q, QuerySet

from lodestar.cases.models import Obligation


def open_at(instant: datetime, *, sealed: bool = False) -> QuerySet[Obligation]:
    """What was owed and open then, of cases that are not sealed, or of those that are. What is not owed any more, or was opened
    again since, counts as it stands now."""
    rows = Obligation.objects.filter(sealed=sealed, opened_at__lt=instant).exclude(state="not_owed")
    return rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gte=instant), opens_at__lt=instant)
