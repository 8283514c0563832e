"""What pages write about staff: requests, decisions, showing an invitation and answering it, leave. Nothing here makes anybody
anything: `fulfilment.py` does, as the owner of the database."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.approvals.actions import decide
from lodestar.platform.audit.actions import audit, audited
from lodestar.platform.notices.actions import notify
from lodestar.platform.staff.models import Invitation, InvitationAnswer, Leave, StaffRequest
from lodestar.platform.staff.rules import ADD, needs_approval
from lodestar.platform.tenancy.sealing import vouch

ASKED, APPROVED, REFUSED = "staff.asked", "staff.approved", "staff.refused"


def _request(by: Member, at: datetime, kind: str, content: Mapping[str, Any], **more: Any) -> StaffRequest:
    row = StaffRequest(kind=kind, asked_at=at, asked_by_id=by.user, **more)
    row.content = json.dumps(content, ensure_ascii=False, sort_keys=True)
    row.needs_approval = needs_approval(kind, content)
    row.vouched = vouch(settings.FIELD_KEYS, *row.asked_parts())
    return row


def ask(
    *, by: Member, at: datetime, kind: str, content: Mapping[str, Any], person: User | None = None, reason: str = ""
) -> StaffRequest:
    """Asks for a change of who works here and as what. Nothing changes by it yet."""
    username = str(content["username"]) if kind == ADD else ""
    row = _request(by, at, kind, content, person=person, username=username, reason=reason)
    row.save(force_insert=True)
    audit(ASKED, by=by, at=at, fields=[kind], **row.logged())
    if row.needs_approval:
        others = users_at_work(Permission.STAFF_APPROVE) - {row.person_id}  # nobody decides about themselves
        notify(to=others, kind="staff_waits", by=by, at=at, subject=str(row.id))
    return row


def ask_for_people(*, by: Member, at: datetime, people: Iterable[Mapping[str, Any]]) -> None:
    """Asks that each person of a table is added; another administrator can decide on all of them at once."""
    rows = [_request(by, at, ADD, person, username=person["username"], reason="") for person in people]
    StaffRequest.objects.bulk_create(rows)
    with audited():
        for row in rows:
            audit(ASKED, by=by, at=at, fields=[ADD], **row.logged())
    if any(row.needs_approval for row in rows):
        notify(to=users_at_work(Permission.STAFF_APPROVE), kind="staff_import_waits", by=by, at=at)


def decide_request(*, by: Member, at: datetime, row: StaffRequest, approved: bool, because: str) -> None:
    """Agrees to what another administrator asked, or refuses it. Raises CannotDecide."""
    decide(by=by, at=at, row=row, approved=approved, because=because, code=APPROVED if approved else REFUSED)
    mark = vouch(settings.FIELD_KEYS, *row.decision_parts(approved, by.user, at))
    StaffRequest.objects.filter(id=row.id).update(decision_vouched=mark)


def decide_people(*, by: Member, at: datetime, requests: Collection[UUID], approved: bool, because: str) -> None:
    """Decides at once on people to be added. Raises CannotDecide, where one of them was decided or asked for by the same."""
    with audited():
        for row in StaffRequest.objects.filter(id__in=requests, kind=ADD, needs_approval=True):
            decide_request(by=by, at=at, row=row, approved=approved, because=because)


def code_hash(code: str) -> str:
    """What is kept of an invitation's code, however it was typed. It has 100 bits of chance in it: a plain hash is enough."""
    return sha256("".join(filter(str.isalnum, code)).upper().encode()).hexdigest()


def show_invitation(*, by: Member, at: datetime, invitation: Invitation) -> str:
    """The code of an invitation, which nobody is shown again; empty where it was shown a moment ago."""
    row = Invitation.objects.select_for_update().filter(id=invitation.id, shown_at__isnull=True).first()
    if row is None:
        return ""
    Invitation.objects.filter(id=row.id).update(code=b"", shown_at=at)
    audit("staff.invitation_shown", by=by, at=at, subject=str(row.id))
    return str(row.code)


def answer_invitation(*, by: UUID, at: datetime, invitation: Invitation, password: str, secret: str) -> bool:
    """Keeps what an invited person chose to sign in with. Whether it is kept: the first answer counts."""
    row = InvitationAnswer(invitation=invitation, password=make_password(password), secret=secret, answered_at=at)
    row.vouched = vouch(settings.FIELD_KEYS, *row.vouched_parts())
    InvitationAnswer.objects.bulk_create([row], ignore_conflicts=True)
    if not InvitationAnswer.objects.filter(id=row.id).exists():
        return False
    audit("staff.invitation_answered", by=by, at=at, subject=str(invitation.id))
    return True


def enter_leave(*, by: Member, at: datetime, user: UUID, first_day: date, last_day: date) -> Leave:
    """Says that somebody is away from a day to a day."""
    row = Leave.objects.create(user_id=user, first_day=first_day, last_day=last_day, entered_at=at, entered_by_id=by.user)
    audit("staff.leave_entered", by=by, at=at, subject=str(row.id))
    return row


def withdraw_leave(*, by: Member, at: datetime, leave: Leave) -> None:
    """Takes leave back: it stays in the table, and nobody is away by it."""
    if Leave.objects.filter(id=leave.id, withdrawn_at__isnull=True).update(withdrawn_at=at, withdrawn_by_id=by.user):
        audit("staff.leave_withdrawn", by=by, at=at, subject=str(leave.id))
