"""Who may be shown where a person is and how to reach them, and what they are shown."""

from itertools import islice
from uuid import UUID

from django.http import Http404

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.cases.models import Person, SafeAddress, SafeAddressViewer

MOST_REPORTED = 10  # of what other systems say of where one person is, shown at once


def may_see_address(member: Member, person: Person) -> bool:
    """Whether the member is one of the people named for this safe address, or has the case while nobody has written more than
    what another system says."""
    return member.may(Permission.ADDRESS_VIEW) and (
        SafeAddressViewer.objects.filter(person=person, user_id=member.user).exists()
        or holder_of_reported(person) == member.user
    )


def holder_of_reported(person: Person) -> UUID | None:
    """Who has the case, while the only addresses held of a person came from another system: they may be shown those, and nobody
    is by having brought them in. None once somebody wrote where the person is, and where nothing is held."""
    reported_flags = list(SafeAddress.objects.filter(person=person).values_list("is_reported", flat=True))
    return (person.case.owner_id or person.case.interim_owner_id) if reported_flags and all(reported_flags) else None


def may_see_address_or_404(member: Member, person: Person) -> None:
    """Http404 for whoever is not named for this safe address: what is held and what is not look the same."""
    if not may_see_address(member, person):
        raise Http404


def addresses_of(member: Member, person: Person) -> list[SafeAddress]:
    """What is held now, for somebody named for it: the latest, and before it whatever still holds the address or the way
    to contact them that the latest leaves blank; then what was reported lately, which nobody checked and which hides nothing that
    somebody wrote. The showing was written down by the action that led here."""
    may_see_address_or_404(member, person)
    shown: list[SafeAddress] = []
    has_address = has_contact = False
    reported: dict[str, SafeAddress] = {}
    for row in SafeAddress.objects.select_related("recorded_by").filter(person=person).order_by("-recorded_at", "-id"):
        if row.is_reported:
            reported.setdefault(str(row.address), row)
            continue
        if (row.address and not has_address) or (row.contact and not has_contact):
            shown.append(row)
        has_address, has_contact = has_address or bool(row.address), has_contact or bool(row.contact)
    return [*shown, *islice(reported.values(), MOST_REPORTED)]
