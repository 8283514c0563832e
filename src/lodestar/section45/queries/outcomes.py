"""Outcomes of what people are suspected of, and how many came without the full record."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lodestar.section45.models import OutcomeRecorded


def outcomes_of(offences: Sequence[UUID]) -> dict[UUID, list[OutcomeRecorded]]:
    """The outcomes of each of these offences, the earliest first."""
    found: dict[UUID, list[OutcomeRecorded]] = defaultdict(list)
    rows = OutcomeRecorded.objects.select_related("by").filter(offence__in=offences)
    for row in rows.order_by("at", "number"):
        found[row.offence_id].append(row)
    return found


def happened_without(since: datetime, until: datetime) -> int:
    """How many outcomes of the force came, from `since` to before `until`, while the full record was open: the figure of
    the failing. What was recorded afterwards takes none of them back."""
    return OutcomeRecorded.objects.filter(happened_without=True, at__gte=since, at__lt=until).count()
