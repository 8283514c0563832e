"""Who may be shown where a person is and how to reach them, and what they are shown."""

from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import at_work

MOST_REPORTED = 10  # of what other systems say of where one person is, shown at once


def may_see_address(member: Member, person: Person) -> bool:
    """Whether the member is one of the people named for this safe address, or has the case while nobody has written more than
    what another system says."""
    return member.may(Permission.ADDRESS_VIEW) and (
        SafeAddressViewer.objects.filter(person=person, user_id=member.user).exists() or holder_of_reported(person) == member.user
    )


def holder_of_reported(person: Person) -> UUID | None:
    """Who has the case, while the only addresses held of a person came from another system: they may be shown those, and nobody
    is by having brought them in. None once somebody wrote where the person is, and where nothing is held."""
    reported_flags = list(SafeAddress.objects.filter(person=person).values_list("is_reported", flat=True))
    return (person.case.owner_id or person.case.interim_owner_id) if reported_flags and all(reported_flags) else None


def address_seen_by(member: Member) -> Q:
    """Of whom the member may see the safe address, as a condition on people: as `may_see_address`."""
    if not member.may(Permission.ADDRESS_VIEW):
        return Q(pk__in=[])
    of = {"person": OuterRef("pk")}
    named = Exists(SafeAddressViewer.objects.filter(user_id=member.user, **of))
    holds = Q(case__owner=member.user) | Q(case__owner__isnull=True, case__interim_owner=member.user)
    rows = SafeAddress.objects.filter(**of)
    return Q(named) | (holds & Exists(rows) & ~Exists(rows.filter(is_reported=False)))


def may_see_address_or_404(member: Member, person: Person) -> None:
    """Http404 for whoever is not named for this safe address: what is held and what is not look the same."""
    if not may_see_address(member, person):
        raise Http404


def addresses_of(member: Member, person: Person) -> list[SafeAddress]:
    """What is held now, for somebody named for it: the latest; then what was reported lately, which nobody checked and which
    hides nothing that somebody wrote. The showing was written down by the action that led here."""
    may_see_address_or_404(member, person)
    shown: list[SafeAddress] = []
    reported: dict[str, SafeAddress] = {}
    for row in SafeAddress.objects.select_related("recorded_by").filter(person=person).order_by("-recorded_at", "-id"):
        if row.is_reported:
            reported.setdefault(str(row.address), row)
            continue
        shown += [row] if row.address and not shown else []
    return [*shown, *islice(reported.values(), MOST_REPORTED)]


def may_name_viewers(member: Member, person: Person) -> bool:
    """Whether the member says who else may see this safe address: one of those named; anybody on the case where nobody
    is named who is at work. That another system's address came in names nobody."""
    rows = SafeAddressViewer.objects.filter(person=person, user__in=at_work(Permission.ADDRESS_VIEW).values("user"))
    viewer_ids = set(rows.values_list("user_id", flat=True))
    return not viewer_ids or (member.may(Permission.ADDRESS_VIEW) and member.user in viewer_ids)


def person_whose_viewers(member: Member, person: UUID) -> Person:
    """A person whose viewers the member may change: the coordinator, who has the case, and those named. Http404 otherwise."""
    person_row = person_for(member, person, Permission.ADDRESS_VIEW)
    if not may_change_viewers(member, person_row):
        raise Http404
    return person_row


def may_change_viewers(member: Member, person: Person) -> bool:
    """Whether the member says, with a reason, who else may see a safe address: whoever has the case, the coordinator, and
    those named. Nobody names themselves (`actions.py`)."""
    has_it = member.user in (person.case.owner_id, person.case.interim_owner_id)
    return has_it or member.may(Permission.ADDRESS_NAME_VIEWERS) or may_see_address(member, person)
