"""Photographs and papers of a case, each with the right to see it; and cases that people still have who left or leave soon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.access import or_404, units_of, visible
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import Permission, Reach
from lodestar.platform.accounts.queries import leavers
from lodestar.platform.audit.actions import audit
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.paging import Place

LEAVES_WITHIN = timedelta(days=14)  # time enough to hand over before somebody goes
MOST = 200  # on one page: the rest come up as these are handed over


@dataclass(frozen=True)
class HeldCases:
    """What one person who has left, or leaves soon, still has."""

    user: UUID
    name: str
    last_day: date | None
    acting: Sequence[Case]  # acting case owner, until a detective has the case
    owned: Sequence[Case]  # their investigation
    taken: Sequence[Handover]  # what they took from the morning list and is still open


def held_by_leavers(member: Member, today: date) -> list[HeldCases]:
    """What people who have left, or leave within 14 days, have of the unsealed cases of the member's units, or of the force
    for those who serve all of it; by name. A sealed case is its named owners' alone: they pass it on from its own page."""
    gone = leavers(today + LEAVES_WITHIN)
    if not gone:
        return []
    cases = Case.objects.filter(_reach(member, ""), sealed=False).order_by("recorded_at", "id")
    acting = cases.filter(_wants_acting_owner(), interim_owner__in=gone)[:MOST]
    acting_by_user = grouped((case.interim_owner_id, case) for case in acting)
    owned_by_user = grouped((case.owner_id, case) for case in cases.filter(owner__in=gone)[:MOST])
    rows = Handover.objects.select_related("obligation__case").filter(
        _reach(member, "obligation__case__"), taken_by__in=gone, obligation__state="open", obligation__sealed=False
    )
    taken_by_user = grouped((row.taken_by_id, row) for row in rows.order_by("obligation__due_at", "id")[:MOST])
    users = [user for user in {*acting_by_user, *owned_by_user, *taken_by_user} if user is not None]
    left = Membership.objects.filter(user__in=users, to_date__isnull=False).order_by("to_date")
    last_days = dict(left.values_list("user_id", "to_date"))
    named = User.objects.filter(id__in=users).order_by("name", "id").values_list("id", "name")
    return [
        HeldCases(
            user, name, last_days.get(user), acting_by_user.get(user, []), owned_by_user.get(user, []),
            taken_by_user.get(user, []),
        )
        for user, name in named
    ]  # fmt: skip


def _reach(member: Member, prefix: str) -> Q:
    return Q() if Reach.TENANT in member.reaches else Q(**{f"{prefix}unit__in": units_of(member)})


def _wants_acting_owner() -> Q:
    """A case without a detective, or with something open that its acting owner has."""
    held = Obligation.objects.filter(case=OuterRef("id"), state="open", holder=OuterRef("interim_owner"))
    return Q(owner__isnull=True) | Q(Exists(held))


def file_for(member: Member, file: UUID) -> CaseFile:
    """A file of a case that the member sees; its showing is logged."""
    rows = CaseFile.objects.select_related("case").filter(visible(member, "case__"), id=file)
    case_file = or_404(rows.first() if member.may(Permission.FILE_VIEW) else None)
    audit("cases.file_viewed", by=member, at=timezone.now(), case=case_file.case_id, subject=str(case_file.id))
    return case_file


def files_of(case: Case, most: int, before: Place | None = None) -> list[CaseFile]:
    """The photographs and papers of a case that was got through `case_for`, the latest first, after a place."""
    rows = CaseFile.objects.select_related("added_by").filter(case=case)
    if before is not None and before.at is not None:
        rows = rows.filter(added_at__lte=before.at).filter(Q(added_at__lt=before.at) | Q(id__lt=before.id))
    return list(rows.order_by("-added_at", "-id")[:most])
