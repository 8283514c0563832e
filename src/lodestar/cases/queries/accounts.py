"""Where first accounts are kept, of people got through `access.py`."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from lodestar.cases.models import FirstAccount

_FINDS_IT = ("reference", "officer", "taken_words", "taken_at")


def first_accounts(people: Collection[UUID]) -> list[FirstAccount]:
    """The videos that hold the first accounts of these people, the first recorded first."""
    rows = FirstAccount.objects.select_related("recorded_by").filter(person__in=people)
    return list(rows.order_by("recorded_at", "id"))


def accounts_told() -> ArraySubquery:
    """What finds the videos of a person again, to be read in the one query that reads the person; for `as_accounts`."""
    rows = FirstAccount.objects.filter(person=OuterRef("pk")).order_by("recorded_at", "id")
    return ArraySubquery(rows.values_list(JSONObject(**{name: name for name in _FINDS_IT})))


def as_accounts(told: Iterable[Mapping[str, Any]]) -> list[FirstAccount]:
    """The videos that `accounts_told` read, as much of each as finds it again."""
    return [FirstAccount(**{**one, "taken_at": datetime.fromisoformat(one["taken_at"])}) for one in told]
