"""Where first accounts are kept, of people got through `access.py`."""

from collections.abc import Collection
from uuid import UUID

from lodestar.cases.models import FirstAccount


def first_accounts(people: Collection[UUID]) -> list[FirstAccount]:
    """The videos that hold the first accounts of these people, the first recorded first."""
    rows = FirstAccount.objects.select_related("recorded_by").filter(person__in=people)
    return list(rows.order_by("recorded_at", "id"))
