"""Fulfilling what administrators asked for, as the owner of the database (`./lodestar work --staff`). Each request is done once,
in one transaction; what cannot be done is recorded with the reason."""

from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import DataError, IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from lodestar.platform.accounts.models import User
from lodestar.platform.accounts.permissions import Permission, permissions_of
from lodestar.platform.accounts.queries import in_force
from lodestar.platform.audit.actions import audit
from lodestar.platform.staff.actions.changes import By, CannotFulfil, make_change
from lodestar.platform.staff.models import Fulfilment, Invitation, InvitationAnswer, StaffRequest
from lodestar.platform.staff.rules import needs_approval
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.sealing import is_vouched
from lodestar.platform.tenancy.tenant_transaction import current_tenant, within
from lodestar.platform.time.days import london_date

NOT_OURS = "It was not written by a page of Lodestar, so it is not done"
NOT_AGREED = "No other administrator of today agreed to it"
NOT_ASKED = "The person who asked is not an administrator any more"


def fulfil_everything() -> int:
    """Fulfils what is ready in every force, requests in their order and then answers to invitations. How many."""
    done = 0
    for slug in Tenant.objects.order_by("slug").values_list("slug", flat=True):
        with within(slug):
            requests = list(_ready().values_list("asked_by_id", "id"))
        for by, request in requests:
            with within(slug):
                done += fulfil(by=by, at=timezone.now(), request=request)
        with within(slug):
            done += accept_answers(at=timezone.now())
    return done


def _ready() -> QuerySet[StaffRequest]:
    rows = StaffRequest.objects.filter(tenant=current_tenant(), fulfilments__isnull=True)
    return rows.filter(Q(needs_approval=False) | Q(approved=True)).order_by("asked_at", "id")


def fulfil(*, by: UUID, at: datetime, request: UUID) -> bool:
    """Does what a request asks, `by` whom it says, or records why it cannot be done. Whether it was still to be done. In the
    force's transaction."""
    row = StaffRequest.objects.select_for_update().filter(tenant=current_tenant(), id=request, asked_by=by).first()
    if row is None or Fulfilment.objects.filter(request=row).exists():
        return False
    failure = ""
    try:
        with transaction.atomic():
            _refuse_unagreed(row, at)
            make_change(by=By(by, at, row), kind=row.kind, person=row.person, says=row.answers)
    except CannotFulfil as error:
        failure = str(error)
    except (IntegrityError, DataError, KeyError, ValueError):
        failure = "It cannot be done as it was asked"
    Fulfilment.objects.create(request=row, done_at=at, failure=failure[:300])
    audit("staff.failed" if failure else "staff.done", by=by, role="", at=at, fields=[row.kind], **row.logged())
    return True


def _refuse_unagreed(row: StaffRequest, at: datetime) -> None:
    """Raises CannotFulfil for a request that no page wrote, or that nobody else agreed to who had to. Rows of the table are no
    proof by themselves: the role that serves pages can write them."""
    if not is_vouched(settings.FIELD_KEYS, row.vouched, *row.asked_parts()):
        raise CannotFulfil(NOT_OURS)
    if not _may(row.asked_by_id, Permission.STAFF_MANAGE, at):
        raise CannotFulfil(NOT_ASKED)
    if not needs_approval(row.kind, row.answers):
        return
    by, decided_at = row.decided_by_id, row.decided_at
    if row.approved is not True or by is None or decided_at is None or by in row.asker_ids:
        raise CannotFulfil(NOT_AGREED)
    if not is_vouched(settings.FIELD_KEYS, row.decision_vouched, *row.decision_parts(True, by, decided_at)):
        raise CannotFulfil(NOT_OURS)
    if not _may(by, Permission.STAFF_APPROVE, at):
        raise CannotFulfil(NOT_AGREED)


def _may(user: UUID, permission: Permission, at: datetime) -> bool:
    rows = in_force(london_date(at)).filter(tenant=current_tenant(), user=user, user__is_active=True)
    return any(permission in permissions_of(row.roles) for row in rows)


def accept_answers(*, at: datetime) -> int:
    """Gives invited people what they chose to sign in with, each invitation once. How many. In the force's transaction."""
    good = Invitation.objects.filter(tenant=current_tenant(), accepted_at__isnull=True, ends_at__gt=at)
    answers = InvitationAnswer.objects.select_related("invitation__user").filter(
        tenant=current_tenant(), invitation__in=good, answered_at__lt=F("invitation__ends_at")
    )
    return sum(_accept(answer, at) for answer in answers)


def _accept(answer: InvitationAnswer, at: datetime) -> bool:
    if not is_vouched(settings.FIELD_KEYS, answer.vouched, *answer.vouched_parts()):
        return False
    if not Invitation.objects.filter(id=answer.invitation_id, accepted_at__isnull=True).update(accepted_at=at):
        return False
    user = answer.invitation.user
    User.objects.filter(id=user.id).update(password=str(answer.password))
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, str(answer.secret))
    audit("staff.invitation_accepted", by=user.id, at=at, subject=str(answer.invitation_id))
    return True
