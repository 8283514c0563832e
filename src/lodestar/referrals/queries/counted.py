"""How many rows lists have, as far as anybody counts: to a thousand, in one statement for many lists."""

from collections.abc import Mapping
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from lodestar.tenancy.models import Tenant

MOST_COUNTED = 1000


class _HowMany(Subquery):
    """How many rows a query gives, as a column of another: what ends at a limit is counted no further."""

    template = "(select count(*) from (%(subquery)s) counted)"
    output_field = IntegerField()


def how_many(tenant: str, lists: Mapping[str, QuerySet[Any, Any]], hidden: Mapping[str, int]) -> dict[str, int]:
    """How many rows each list has up to a thousand and one, less those of it that are `hidden` from whoever asks.

    One statement for all; each list stops where its answer would not change any more.
    """
    parts = {
        f"of_{name}": _HowMany(rows.values("id")[: MOST_COUNTED + 1 + hidden.get(name, 0)]) for name, rows in lists.items()
    }
    found = Tenant.objects.filter(slug=tenant).annotate(**parts).values(*parts).get()
    return {name: found[f"of_{name}"] - hidden.get(name, 0) for name in lists}
