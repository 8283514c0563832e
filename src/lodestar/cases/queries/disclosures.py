"""Named reads of what Immigration Enforcement is to be told of somebody, or was."""

from django.db.models import Count

from lodestar.cases.models import ImmigrationDisclosure, Person


def disclosures_of(person: Person, most: int) -> list[ImmigrationDisclosure]:
    """What was proposed and told of a person, the newest first."""
    rows = ImmigrationDisclosure.objects.select_related("asked_by", "decided_by", "told_by", "proposed_by").filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])


def how_many(person: Person) -> int:
    """How many there are of a person: what a form says that its writer had before them."""
    return int(ImmigrationDisclosure.objects.filter(person=person).aggregate(many=Count("id"))["many"])
