"""A case's photographs and papers, each with the right to see it."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.access import or_404, visible
from lodestar.casework.cases.models import Case
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.text.paging import Place


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
