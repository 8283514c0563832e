"""Reads of what was used outside the purpose for which it was recorded."""

from django.db.models import QuerySet

from lodestar.cases.models import Crossing, Person


def crossings_of(person: Person, most: int) -> list[Crossing]:
    """Those of one person, the latest first."""
    return list(_rows().filter(person=person)[:most])


def crossings_among(people: QuerySet[Person], most: int) -> list[Crossing]:
    """Those of some people, the latest first."""
    return list(_rows().filter(person__in=people)[:most])


def _rows() -> QuerySet[Crossing]:
    return Crossing.objects.select_related("person__case", "recorded_by").order_by("-happened_at", "-id")
