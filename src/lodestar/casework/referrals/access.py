"""The only way to a referral: together with the right to see the case of its person."""

from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from lodestar.casework.cases.access import or_404, visible
from lodestar.casework.cases.models import Person
from lodestar.casework.referrals.models import Referral, ReferralDraft, Review
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit

BESIDE = 30  # referrals of one operation that are looked at for what is common


def nrm_referral_for(member: Member, referral: UUID, permission: Permission, *, viewed: bool) -> Referral:
    """The NRM referral of this id, if the member holds the permission and sees its case; Http404 otherwise.

    A notification gets no decision, so it is not there.
    """
    rows = Referral.objects.select_related("person__case", "recorded_by").filter(visible(member, "person__case__"), route="nrm")
    nrm_referral = or_404(rows.filter(id=referral).first() if member.may(permission) else None)
    if viewed:
        log_person_viewed(member, nrm_referral.person)
    return nrm_referral


def writing_for(member: Member, writing: UUID, permission: Permission, *, viewed: bool) -> ReferralDraft:
    """The referral being written that has this id, if the member holds the permission and sees its case; Http404
    otherwise. `begun_from` is the place of whoever began it: their name, rank, roles and
    telephone; `looked_over` what was said on looking it over, the latest last."""
    places = Membership.objects.filter(user=OuterRef("begun_by"), from_date__lte=timezone.localdate()).order_by(
        "-from_date", "-id"
    )
    writer_details = places.values(told=JSONObject(name="user__name", rank="rank", roles="roles", phone="phone"))[:1]
    rows = ReferralDraft.objects.select_related("person__case").filter(visible(member, "person__case__"), id=writing)
    comments = Review.objects.filter(writing=OuterRef("pk")).order_by("said_at", "id")
    looked_over = ArraySubquery(comments.values(told=JSONObject(by="said_by__name", at="said_at", comment="comment")))
    rows = rows.annotate(begun_from=Subquery(writer_details), looked_over=looked_over)
    draft = or_404(rows.first() if member.may(permission) else None)
    if viewed:
        log_person_viewed(member, draft.person)
    return draft


def other_writings(member: Member, but: ReferralDraft, most: int) -> QuerySet[ReferralDraft]:
    """The latest of the other referrals being written that the member may see."""
    rows = ReferralDraft.objects.filter(visible(member, "person__case__")).exclude(id=but.id)
    return rows.order_by("-begun_at", "-id")[:most]


def visible_related_drafts(member: Member, writing: ReferralDraft) -> QuerySet[ReferralDraft]:
    """The other referrals being written of the same case, or of the same operation, that the member may see."""
    case = writing.person.case
    same = Q(person__case=case) | Q(person__case__operation=case.operation_id) if case.operation_id else Q(person__case=case)
    rows = ReferralDraft.objects.select_related("person__case").filter(visible(member, "person__case__"), same)
    return rows.exclude(person=writing.person_id).order_by("-begun_at", "-id")[:BESIDE]


def log_person_viewed(member: Member, person: Person) -> None:
    """Writes down that what is recorded of somebody is looked at."""
    audit("cases.person_viewed", by=member, at=timezone.now(), case=person.case_id, people=[person.id])
