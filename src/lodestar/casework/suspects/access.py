"""Who sees suspects and releases: who works the case, and not the custody desk because someone of it is held."""

from uuid import UUID

from django.db.models import QuerySet

from lodestar.casework.cases.access import people_shown, visible
from lodestar.casework.suspects.models import Suspect, SuspectRelease
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission


def suspects_seen(member: Member) -> QuerySet[Suspect]:
    """The suspects of all cases that the member sees."""
    rows = Suspect.objects.select_related("person__case", "owner", "victim_officer")
    return rows.filter(visible(member, "person__case__")) if member.may(Permission.CASE_VIEW) else rows.none()


def suspect_for(member: Member, suspect: UUID, *, viewed: bool = False) -> Suspect:
    """One suspect, with the right to see the person; Http404 otherwise."""
    row = one_or_404(suspects_seen(member).filter(id=suspect))
    people_shown(member, [row.person_id] if viewed else [], case=row.person.case)
    return row


def release_for(member: Member, release: UUID, *, viewed: bool = False) -> SuspectRelease:
    """One release, with the right to see the suspect; Http404 otherwise."""
    rows = SuspectRelease.objects.select_related("event", "suspect__person__case")
    row = one_or_404(rows.filter(visible(member, "suspect__person__case__"), id=release))
    people_shown(member, [row.suspect.person_id] if viewed else [], case=row.suspect.person.case)
    return row
