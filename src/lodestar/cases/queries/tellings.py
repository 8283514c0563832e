"""Named reads about safe addresses that somebody outside is to be told, or was."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.cases.models import AddressTelling, Person
from lodestar.cases.queries.compiled import compiled
from lodestar.cases.queries.facts import Events
from lodestar.cases.rules import ADDRESS_TOLD


@compiled
def _without(cases: Sequence[UUID]) -> Any:
    rows = AddressTelling.objects.filter(person__case__in=cases, happened_without=True)
    return rows.values_list("person__case_id", "person_id", "told_at")


def told_without(cases: Sequence[UUID]) -> Mapping[UUID, Events]:
    """When the safe address of each person of these cases was told before anybody decided it: events for the rules."""
    found: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    for case, person, at in _without(cases):
        found[case][person].append((ADDRESS_TOLD, at))
    return found


def how_many_without(since: datetime, until: datetime) -> int:
    """How often a safe address was told before anybody decided it, in the time from `since` until `until`."""
    rows = AddressTelling.objects.filter(happened_without=True, told_at__gte=since, told_at__lt=until)
    return rows.count()


def tellings_of(person: Person, most: int) -> list[AddressTelling]:
    """What was asked and told of a person's safe address, the newest first."""
    rows = AddressTelling.objects.select_related("asked_by", "decided_by", "told_by").filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])
