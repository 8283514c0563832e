"""The way to a concern by its case's id, which the recording screens carry before they know a reference."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from lodestar.casework.cases.access import or_404, visible_cases
from lodestar.casework.cases.models import Case
from lodestar.casework.concerns.models import SignSeen
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit


def concern_for(member: Member, case_id: UUID, permission: Permission, *, viewed: bool) -> Case:
    """The case of this id, if the member holds the permission and sees it; Http404 otherwise. `viewed` logs the showing."""
    case = or_404(saved_concern(member, case_id) if member.may(permission) else None)
    if viewed:
        audit("cases.viewed", by=member, at=timezone.now(), case=case.id)
    return case


def saved_concern(member: Member, case_id: UUID) -> Case | None:
    """The case that a form with this id was saved as, or None: nobody has saved it, or it is none the member sees.

    It carries `scene_codes`, the signs recorded of the scene.
    """
    scene = SignSeen.objects.filter(case=OuterRef("pk"), person__isnull=True, withdrawn_at__isnull=True)
    cases = visible_cases(member).select_related("operation").annotate(scene_codes=ArraySubquery(scene.values("code")))
    return cases.filter(id=case_id).first()
