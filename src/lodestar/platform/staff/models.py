"""What administrators ask for, what became of it, invitations, and leave. Who somebody is, `accounts` holds."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.approvals.models import Approval, approval_constraints, checks
from lodestar.platform.staff.rules import ADD, KINDS, UNIT
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


class StaffRequest(Approval):
    """A change of who works here and as what, as an administrator asks for it. Pages only ever ask: a process that runs as the
    owner of the database fulfils it (docs/adr/0028). What is asked, and a decision, carry a mark made with the field keys, so
    that a row written by hand is not fulfilled."""

    kind = models.CharField(max_length=12)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    username = models.CharField(max_length=80, blank=True)  # of somebody to be added
    content = SealedTextField()  # JSON: what the form says
    needs_approval = models.BooleanField()
    vouched = models.CharField(max_length=64)
    decision_vouched = models.CharField(max_length=64, blank=True)

    decides = Permission.STAFF_APPROVE
    ranks = None
    sees = Permission.STAFF_MANAGE
    askers = ("asked_by", "person")  # nobody decides what they are to be

    class Classified:
        sensitive = Approval.Classified.sensitive | {"content"}
        personal = frozenset({"username"})
        none = Approval.Classified.none | {
            "kind", "person", "needs_approval", "vouched", "decision_vouched",
        }  # fmt: skip

    class Meta:
        indexes = [
            Index(fields=["tenant", "-asked_at", "id"], name="staff_request_latest"),
            Index(fields=["tenant", "person", "-asked_at"], name="staff_request_person"),
            Index(fields=["tenant", "asked_at", "id"], name="staff_request_waits", condition=Q(decided_at__isnull=True)),
        ]
        constraints = [
            *approval_constraints("staff_request", not_about_oneself="person"),
            *checks(
                "staff_request",
                kind_known=Q(kind__in=KINDS),
                of_somebody=Q(kind__in=(ADD, UNIT)) | Q(person__isnull=False),
                names_who_is_added=~Q(kind=ADD) | ~Q(username=""),
            ),
        ]

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """What is asked, as the form said it."""
        content: dict[str, Any] = json.loads(str(self.content))
        return content

    def asked_parts(self) -> tuple[str, ...]:
        """What is vouched for of the request: who asked what of whom, and when."""
        what = (self.kind, str(self.person_id), self.username, str(self.content))
        return ("staff request", self.tenant, str(self.id), *what, str(self.asked_by_id), _instant(self.asked_at))

    def decision_parts(self, approved: bool, by: UUID, at: datetime) -> tuple[str, ...]:
        """What is vouched for of the decision: who decided what of this very request, and when."""
        return ("staff decision", str(self.id), self.vouched, str(approved), str(by), _instant(at))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


class Fulfilment(TenantModel):
    """What became of a request: it was done, or why it could not be. Only the owner of the database writes one."""

    request = OtherTenantRow(StaffRequest, related_name="fulfilments")
    done_at = models.DateTimeField()
    failure = models.CharField(max_length=300, blank=True)  # why not; nothing was changed then

    class Classified:
        none = frozenset({"id", "tenant", "request", "done_at", "failure"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "request"], name="staff_fulfilment_once")]


class Invitation(TenantModel):
    """What lets somebody in for the first time, or anew: a code, shown once to the administrator who asked, with which they set
    a password and a code generator of their own. Only the owner of the database makes one; showing it blanks the code."""

    request = OtherTenantRow(StaffRequest)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64)
    code = SealedTextField(blank=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)

    class Classified:
        sensitive = frozenset({"code", "code_hash"})
        none = frozenset({"id", "tenant", "request", "user", "made_at", "ends_at", "shown_at", "accepted_at"})

    class Meta:
        indexes = [Index(fields=["tenant", "user", "-made_at"], name="staff_invitation_user")]
        constraints = [
            CheckConstraint(condition=Q(code_hash__regex=r"^[0-9a-f]{64}$"), name="staff_invitation_code_is_hashed"),
            CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="staff_invitation_ends_after_it_begins"),
        ]


class InvitationAnswer(TenantModel):
    """What an invited person chose to sign in with; the process of the owner puts it in its place."""

    invitation = OtherTenantRow(Invitation)
    password = SealedTextField()  # hashed before it is sealed
    secret = SealedTextField()  # of their code generator
    answered_at = models.DateTimeField()
    vouched = models.CharField(max_length=64)

    class Classified:
        sensitive = frozenset({"password", "secret"})
        none = frozenset({"id", "tenant", "invitation", "answered_at", "vouched"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "invitation"], name="staff_invitation_answered_once")]

    def vouched_parts(self) -> tuple[str, ...]:
        """What is vouched for: what was chosen, for which invitation."""
        chosen = (str(self.password), str(self.secret))
        return ("invitation answer", self.tenant, str(self.id), str(self.invitation_id), *chosen, _instant(self.answered_at))


class Leave(TenantModel):
    """Days on which somebody is away, as they or a supervisor entered them. It grants nothing and takes nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        personal = frozenset({"first_day", "last_day"})
        none = frozenset({"id", "tenant", "user", "entered_at", "entered_by", "withdrawn_at", "withdrawn_by"})

    class Meta:
        indexes = [Index(fields=["tenant", "user", "last_day"], name="staff_leave_user")]
        constraints = checks(
            "staff_leave",
            ends_after_it_begins=Q(last_day__gte=F("first_day")),
            withdrawn_at_and_by=all_or_none("withdrawn_at", "withdrawn_by"),
        )
