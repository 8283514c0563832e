"""Named reads about safe addresses that somebody outside is to be told, or was."""

from datetime import datetime

from lodestar.cases.models import AddressTelling, Person


def how_many_without(since: datetime, until: datetime) -> int:
    """How often a safe address was told before anybody decided it, in the time from `since` until `until`."""
    rows = AddressTelling.objects.filter(happened_without=True, told_at__gte=since, told_at__lt=until)
    return rows.count()


def tellings_of(person: Person, most: int) -> list[AddressTelling]:
    """What was asked and told of a person's safe address, the newest first."""
    rows = AddressTelling.objects.select_related("asked_by", "decided_by", "told_by", "first_asked_by").filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])
