"""What somebody outside is to be told of a person, or was: immigration, a safe address, uses outside a purpose."""


from django.db.models import Count, QuerySet

from lodestar.cases.models import AddressDisclosure, ImmigrationDisclosure, Person, PurposeChange


def disclosures_of(person: Person, most: int) -> list[ImmigrationDisclosure]:
    """What was proposed and told of a person, the newest first."""
    rows = ImmigrationDisclosure.objects.select_related("asked_by", "decided_by", "told_by", "proposed_by").filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])


def how_many(person: Person) -> int:
    """How many there are of a person: what a form says that its writer had before them."""
    return int(ImmigrationDisclosure.objects.filter(person=person).aggregate(many=Count("id"))["many"])


def address_disclosures_of(person: Person, most: int) -> list[AddressDisclosure]:
    """What was asked and told of a person's safe address, the newest first."""
    rows = AddressDisclosure.objects.select_related("asked_by", "decided_by", "told_by", "first_asked_by").filter(person=person)
    return list(rows.order_by("-asked_at", "-id")[:most])


def purpose_changes_of(person: Person, most: int) -> list[PurposeChange]:
    """Those of one person, the latest first."""
    return list(_rows().filter(person=person)[:most])


def purpose_changes_among(people: QuerySet[Person], most: int) -> list[PurposeChange]:
    """Those of some people, the latest first."""
    return list(_rows().filter(person__in=people)[:most])


def _rows() -> QuerySet[PurposeChange]:
    return PurposeChange.objects.select_related("person__case", "recorded_by").order_by("-happened_at", "-id")
