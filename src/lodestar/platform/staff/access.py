"""Which people, requests and leave a member sees: administrators those of their force, everybody their own leave."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from lodestar.platform.accounts.access import Member, one_or_404, units_of_roster
from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.approvals.access import approval_for
from lodestar.platform.staff.models import Invitation, Leave, StaffRequest


def person_for(member: Member, user: UUID) -> User:
    """Somebody who has or had a place in the member's force; Http404 otherwise."""
    places = Membership.objects.filter(user=user).values("user")
    rows = User.objects.filter(id__in=places)
    return one_or_404(rows if member.may(Permission.STAFF_MANAGE) else rows.none())


def unit_for(member: Member, unit: UUID) -> Unit:
    """A unit of the member's force; Http404 otherwise."""
    return one_or_404(Unit.objects.filter(id=unit) if member.may(Permission.STAFF_MANAGE) else Unit.objects.none())


def requests_seen(member: Member) -> QuerySet[StaffRequest]:
    """The requests of the member's force, with who asked and decided and what came of them."""
    rows = StaffRequest.objects.select_related("asked_by", "decided_by", "person").prefetch_related("fulfilments")
    return rows if member.may(Permission.STAFF_MANAGE) else rows.none()


def request_for(member: Member, model: type[StaffRequest], request: UUID) -> StaffRequest:
    """One of them, for any administrator; Http404 otherwise."""
    return approval_for(member, requests_seen(member), request, lambda who, row: who.may(Permission.STAFF_MANAGE))


def invitation_for(member: Member, request: UUID) -> Invitation:
    """The invitation that a request of the member's own made, while nobody was shown it and it is good; Http404 otherwise."""
    row = request_for(member, StaffRequest, request)
    if row.asked_by_id != member.user:
        raise Http404
    rows = Invitation.objects.select_related("user")
    return one_or_404(rows.filter(request=row.id, shown_at__isnull=True, ends_at__gt=timezone.now()))


def leave_seen(member: Member) -> QuerySet[Leave]:
    """The member's own leave, and that of those at work in units whose rota they set."""
    today = timezone.localdate()
    there = Membership.objects.filter(unit__in=units_of_roster(member), from_date__lte=today).exclude(to_date__lt=today)
    rows = Leave.objects.select_related("user", "entered_by").filter(withdrawn_at__isnull=True, last_day__gte=today)
    return rows.filter(user__in={member.user, *there.values_list("user_id", flat=True)})


def leave_for(member: Member, leave: UUID) -> Leave:
    """One of them; Http404 otherwise."""
    return one_or_404(leave_seen(member).filter(id=leave))
