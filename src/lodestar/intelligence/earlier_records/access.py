"""Earlier records and the questions they raise, each with the right to see them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import Case
from lodestar.intelligence.earlier_records.models import ImportedFile, Prompt
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit


def files_taken_in(member: Member, most: int) -> list[ImportedFile]:
    """The latest files that the member took in by a page."""
    rows = ImportedFile.objects.filter(taken_by_id=member.user) if member.may(Permission.RECORDS_TAKE_IN) else None
    return list(rows.order_by("-taken_at", "-id")[:most]) if rows is not None else []


def file_taken_in_for(member: Member, report: UUID, *, viewed: bool) -> ImportedFile:
    """What became of a file that the member took in; Http404 for anybody else's. `viewed` logs the showing."""
    rows = ImportedFile.objects.filter(id=report, taken_by_id=member.user)
    taken_file = or_404(rows.first() if member.may(Permission.RECORDS_TAKE_IN) else None)
    if viewed:
        audit("recognition.file_report_viewed", by=member, at=timezone.now(), subject=str(taken_file.id))
    return taken_file


def seen_by(member: Member, rows: QuerySet[Prompt]) -> QuerySet[Prompt]:
    """Of these questions the ones that the member may see: those they are asked, or all."""
    if member.may(Permission.PROMPTS_VIEW):
        return rows
    return rows.filter(asked_of_id=member.user) if member.may(Permission.PROMPT_ANSWER) else rows.none()


def prompt_for(member: Member, prompt: UUID, *, viewed: bool) -> Prompt:
    """A question that the member is asked, or any for who sees them all; Http404 otherwise. `viewed` logs the showing of what the
    earlier records say."""
    rows = seen_by(member, Prompt.objects.select_related("asked_of", "case"))
    visible_prompt = or_404(rows.filter(id=prompt).first())
    if viewed:
        records_shown(member, [visible_prompt.earlier_person_id])
    return visible_prompt


def records_shown(member: Member, people: Iterable[UUID], *, case: Case | None = None) -> None:
    """Writes down that the earlier records of these people were shown."""
    person_ids = sorted(set(people))
    if person_ids:
        audit("recognition.records_viewed", by=member, at=timezone.now(), people=person_ids, case=case.id if case else None)


def prompts_shown(member: Member, people: Iterable[UUID]) -> None:
    """Writes down that a list of questions was shown, by whom they are about."""
    person_ids = sorted(set(people))
    if person_ids:
        audit("recognition.prompts_listed", by=member, at=timezone.now(), people=person_ids)
