"""The only way to a referral: together with the right to see the case of its person."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.accounts.models import Membership
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import visible
from lodestar.cases.models import Person
from lodestar.record import actions as record
from lodestar.referrals.models import Letter, LetterFiled, Referral, Review, Writing

BESIDE = 30  # referrals of one operation that are looked at for what is common


def nrm_referral_for(member: Member, referral: UUID, permission: Permission, *, viewed: bool) -> Referral:
    """The NRM referral of this id, if the member holds the permission and sees its case; Http404 otherwise.

    A notification gets no decision, so it is not there.
    """
    found = None
    if member.may(permission):
        rows = Referral.objects.select_related("person__case", "recorded_by")
        found = rows.filter(visible(member, "person__case__"), id=referral, route="nrm").first()
    if found is None:
        raise Http404
    if viewed:
        _shown(member, found.person)
    return found


def letter_for(member: Member, letter: UUID, permission: Permission, *, viewed: bool) -> Letter:
    """The letter of this id, if the member holds the permission and sees a case that it is filed in; what waits to be filed, or
    was put aside, is the coordinator's. Http404 otherwise."""
    found = None
    if member.may(permission):
        theirs = LetterFiled.objects.filter(visible(member, "referral__person__case__"), referral__isnull=False)
        sees = Q(id__in=theirs.filter(letter=letter).values("letter"))
        if member.may(Permission.REFERRALS_COORDINATE):
            sees |= Q(waits=True) | Q(filed__how="aside")
        found = Letter.objects.filter(sees, id=letter).first()
    if found is None:
        raise Http404
    if viewed:
        record.append("referrals.letter_viewed", by=member.user, role=member.role, at=timezone.now(), subject=str(found.id))
    return found


def writing_for(member: Member, writing: UUID, permission: Permission, *, viewed: bool) -> Writing:
    """The referral being written that has this id, if the member holds the permission and sees its case; Http404
    otherwise. `begun_from` is the place of whoever began it: their name, rank, roles and
    telephone; `looked_over` what was said on looking it over, the latest last."""
    found = None
    if member.may(permission):
        place = Membership.objects.filter(user=OuterRef("begun_by")).order_by("-from_date", "-id")
        told = place.values(told=JSONObject(name="user__name", rank="rank", roles="roles", phone="phone"))[:1]
        rows = Writing.objects.select_related("person__case").annotate(
            begun_from=Subquery(told), looked_over=_looked_over()
        )
        found = rows.filter(visible(member, "person__case__"), id=writing).first()
    if found is None:
        raise Http404
    if viewed:
        _shown(member, found.person)
    return found


def other_writings(member: Member, but: Writing, most: int) -> QuerySet[Writing]:
    """The latest of the other referrals being written that the member may see."""
    rows = Writing.objects.filter(visible(member, "person__case__")).exclude(id=but.id)
    return rows.order_by("-begun_at", "-id")[:most]


def recorded_together() -> AbstractContextManager[object]:
    """What is shown meanwhile is written down at once, as it ends."""
    return record.appended()


def writings_beside(member: Member, writing: Writing) -> QuerySet[Writing]:
    """The other referrals being written of the same case, or of the same operation, that the member may see."""
    case = writing.person.case
    same = Q(person__case=case) | Q(person__case__operation=case.operation_id) if case.operation_id else Q(person__case=case)
    rows = Writing.objects.select_related("person__case").filter(visible(member, "person__case__"), same)
    return rows.exclude(person=writing.person_id).order_by("-begun_at", "-id")[:BESIDE]


def shown_beside(member: Member, rows: Iterable[Writing]) -> None:
    """Writes down that the answers of these, got from `writings_beside`, are looked at."""
    for one in rows:
        _shown(member, one.person)


def _looked_over() -> ArraySubquery:
    rows = Review.objects.filter(writing=OuterRef("pk")).order_by("said_at", "id")
    return ArraySubquery(rows.values(told=JSONObject(by="said_by__name", at="said_at", comment="comment")))


def _shown(member: Member, person: Person) -> None:
    record.append(
        "cases.person_viewed",
        by=member.user,
        role=member.role,
        at=timezone.now(),
        case=person.case_id,
        people=[person.id],
    )
