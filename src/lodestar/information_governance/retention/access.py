"""Who looks at what is kept, and whose: people of unsealed cases, and of sealed ones for their named owners."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lodestar.casework.cases.access import own_seals, visible
from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention.models import Breach, Disposal, RequestTask, ReviewDue, SubjectRequest
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit


def _reviewed(member: Member, prefix: str) -> Q:
    """Data protection sees no case; of each person of an unsealed one it sees when and why they are looked at. What is
    sealed its named owners look at, if they review at all."""
    return Q(**{f"{prefix}sealed": False}) | Q(**{f"{prefix}id__in": own_seals(member)})


def _decided(member: Member, prefix: str) -> Q:
    """The same, for whoever decides it: a sealed case is its named owners', whatever their role. Nobody of data protection is
    one, and whoever is in a sealed case would stay there for ever."""
    own = Q(**{f"{prefix}sealed": True, f"{prefix}id__in": own_seals(member)})
    return _reviewed(member, prefix) if member.may(Permission.KEEPING_REVIEW) else own


def people_to_review(member: Member) -> QuerySet[Person]:
    """The people whom the member may review."""
    if not member.may(Permission.KEEPING_DECIDE):
        return Person.objects.none()
    return Person.objects.filter(_decided(member, "case__"))


def person_to_review(member: Member, person: UUID, *, viewed: bool = False) -> Person:
    """The person of this id, if the member may review them; Http404 otherwise. `viewed` writes the showing into the log."""
    person_row = one_or_404(people_to_review(member).select_related("case").filter(id=person))
    if viewed:
        audit("keeping.looked", by=member, at=timezone.now(), case=person_row.case_id, people=[person_row.id])
    return person_row


def disposal_for(member: Member, disposal: UUID) -> Disposal:
    """A wish to let somebody go that the member may see; Http404 otherwise."""
    rows = Disposal.objects.select_related("case", "asked_by", "decided_by").filter(_decided(member, "case__"), id=disposal)
    return one_or_404(rows if member.may(Permission.KEEPING_DECIDE) else rows.none())


def own_sealed_wishes(member: Member) -> QuerySet[Disposal]:
    """Wishes of colleagues that somebody in a sealed case is let go, for its other named owners, one of whom decides."""
    if not member.may(Permission.KEEPING_DECIDE):
        return Disposal.objects.none()
    rows = Disposal.objects.filter(decision="", case__sealed=True, case__in=own_seals(member))
    return rows.exclude(asked_by=member.user)


def own_sealed_due(member: Member, on: date) -> QuerySet[ReviewDue]:
    """Who in the sealed cases of which the member is a named owner is to be looked at by a day, and waits for no decision."""
    if not member.may(Permission.KEEPING_DECIDE):
        return ReviewDue.objects.none()
    rows = ReviewDue.objects.filter(due_on__lte=on, person__case__sealed=True, person__case__in=own_seals(member))
    return rows.exclude(person__in=Disposal.objects.filter(decision="").values("person"))


def breach_for(member: Member, breach: UUID) -> Breach:
    """A breach of the force, for those who keep the register; Http404 otherwise."""
    rows = Breach.objects.filter(id=breach).select_related("recorded_by")
    return one_or_404(rows if member.may(Permission.BREACH_RECORD) else rows.none())


def request_for(member: Member, request: UUID, *, viewed: bool = False) -> SubjectRequest:
    """A request of somebody about themselves, for those who answer them; Http404 otherwise. `viewed` writes the showing
    into the log: who asks, and how to reach them, stands on the page."""
    rows = SubjectRequest.objects.filter(id=request).select_related("recorded_by")
    request_row = one_or_404(rows if member.may(Permission.SUBJECT_REQUEST) else rows.none())
    if viewed:
        audit("keeping.request_looked", by=member, at=timezone.now(), subject=str(request_row.id))
    return request_row


def tasks_of(member: Member, request: SubjectRequest) -> QuerySet[RequestTask]:
    """What whoever has a case was asked of this request, for those who answer it: of unsealed cases, by reference and number. A
    sealed case is none here, but to its named owners."""
    if not member.may(Permission.SUBJECT_REQUEST):
        return RequestTask.objects.none()
    rows = RequestTask.objects.filter(_reviewed(member, "case__"), request=request)
    return rows.select_related("case__owner", "case__interim_owner").order_by("asked_at", "id")


def own_tasks(member: Member) -> QuerySet[RequestTask]:
    """What people ask about themselves that the member reviews: in cases they own, or have until somebody does; of a sealed case
    each of its named owners."""
    has_it = Q(case__owner=member.user) | Q(case__owner__isnull=True, case__interim_owner=member.user)
    mine = Q(case__sealed=False) & has_it | Q(case__sealed=True, case__in=own_seals(member))
    if not member.may(Permission.CASE_VIEW):
        return RequestTask.objects.none()
    return RequestTask.objects.filter(visible(member, "case__"), mine)


def task_for(member: Member, task: UUID, *, viewed: bool = False) -> RequestTask:
    """One of those; Http404 otherwise. `viewed` writes the showing into the log."""
    task_row = one_or_404(own_tasks(member).select_related("case", "request").filter(id=task))
    if viewed:
        audit(
            "keeping.request_task_looked", by=member, at=timezone.now(), case=task_row.case_id, people=[task_row.person],
            subject=str(task_row.id),
        )  # fmt: skip
    return task_row


def person_of(task: RequestTask) -> Person | None:
    """Whom a task that was got through `task_for` is about; None where they were let go."""
    return Person.objects.filter(id=task.person).first()
