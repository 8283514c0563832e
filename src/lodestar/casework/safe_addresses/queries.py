"""Named reads of safe addresses: who may be shown one, and what people are compared by."""

from collections.abc import Iterable
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.access import holder_of_reported
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer


def address_viewers(person: Person) -> dict[UUID, str]:
    """Who may be shown the safe address, by name. Nobody means that none is recorded."""
    return named_viewers(person) | reported_to(person)


def named_viewers(person: Person) -> dict[UUID, str]:
    """Who is named for the safe address, by name."""
    rows = SafeAddressViewer.objects.filter(person=person).order_by("user__name", "id")
    return dict(rows.values_list("user_id", "user__name"))


def reported_to(person: Person) -> dict[UUID, str]:
    """Who has the case, where another system's address is all that is held; else nobody."""
    if holder_of_reported(person) is None:
        return {}
    holder = person.case.owner or person.case.interim_owner
    return {holder.id: holder.name}


def addresses_written(person: Person) -> int:
    """How many times an address or a way to contact the person was written down."""
    return SafeAddress.objects.filter(person=person).count()


def reach_of(people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """All that is held of where these people are and how to contact them, by person: what they are compared by."""
    contact_details: dict[UUID, list[str]] = {}
    for row in SafeAddress.objects.filter(person__in=people):
        contact_details.setdefault(row.person_id, []).extend(str(text) for text in (row.address, row.contact) if text)
    return contact_details
