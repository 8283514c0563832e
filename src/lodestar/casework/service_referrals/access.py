"""Who sees referrals to services and requests for a place; and which link a person outside holds."""

import re
from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest
from secrets import token_urlsafe
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from lodestar.casework.cases.access import people_shown, visible
from lodestar.casework.needs.access import supported_person
from lodestar.casework.service_referrals.models import PartnerLink, PlaceRequest, ServiceReferral
from lodestar.platform.accounts.access import Member, one_or_404, secret_hash
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.sealing import mark

_CODE = re.compile(r"([0-9a-f]{16})([A-Za-z0-9_-]{43})", re.ASCII)


def referrals_seen(member: Member) -> QuerySet[ServiceReferral]:
    """The referrals to services of everybody whose support the member sees."""
    rows = ServiceReferral.objects.select_related("person__case", "service", "owner")
    return rows.filter(visible(member, "person__case__")) if member.may(Permission.SUPPORT_VIEW) else rows.none()


def referral_for(member: Member, referral: UUID, permission: Permission, *, viewed: bool = False) -> ServiceReferral:
    """One referral, with the right to see the person's support; Http404 otherwise."""
    rows = ServiceReferral.objects.select_related("service", "owner", "recorded_by")
    row = one_or_404(rows.filter(visible(member, "person__case__"), id=referral))  # in one query, whatever is there
    row.person = supported_person(member, row.person_id, permission, viewed=viewed)
    return row


def places_seen(member: Member) -> QuerySet[PlaceRequest]:
    """The requests for a place of everybody in cases that the member sees."""
    rows = PlaceRequest.objects.select_related("person__case", "service", "owner")
    return rows.filter(visible(member, "person__case__")) if member.may(Permission.PLACE_ASK) else rows.none()


def place_for(member: Member, place: UUID, *, viewed: bool = False) -> PlaceRequest:
    """One request for a place, with the right to ask for one; Http404 otherwise."""
    row = one_or_404(PlaceRequest.objects.select_related("service", "owner").filter(visible(member, "person__case__"), id=place))
    row.person = supported_person(member, row.person_id, Permission.PLACE_ASK, viewed=viewed)
    return row


def record_shown(member: Member, rows: Iterable[ServiceReferral | PlaceRequest]) -> None:
    """Writes down whose rows stood on a list."""
    people_shown(member, [row.person_id for row in rows])


# --- links for partners: the address names no force and nobody, and only its hash is kept --------------------------------------


def _tag(force: str) -> str:
    """The beginning of the links of a force, by which its rows are found: the wall shows none before the force is named."""
    return f"{mark(f'partner link of {force}', settings.FIELD_KEYS) & 0xFFFFFFFFFFFFFFFF:016x}"


def new_code(force: str) -> str:
    """A code for a link, with 256 bits of chance in it."""
    return _tag(force) + token_urlsafe(32)


def force_of(code: str) -> Tenant | None:
    """The force whose link this may be; None for anything else."""
    match = _CODE.fullmatch(code)
    forces = Tenant.objects.order_by("slug") if match else ()
    return next((force for force in forces if match and compare_digest(_tag(force.slug), match[1])), None)


def link_with(code: str) -> PartnerLink | None:
    """The link of this code, live or not, within its force."""
    rows = PartnerLink.objects.select_related("referral__person__case", "referral__service")
    return rows.filter(secret_hash=secret_hash(code)).first()


def is_live(link: PartnerLink, now: datetime) -> bool:
    """Whether a link may be answered: not spent, not over, and its referral still waits for an answer."""
    return link.spent_at is None and now < link.ends_at and link.referral.state == "made"
