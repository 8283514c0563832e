"""The status of a case, closing it by two people, outcome codes, and the victim's right to review."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.closures.rules import RIGHT, SCOPES, STATUSES
from lodestar.casework.investigations.models import Crime
from lodestar.platform.accounts.permissions import DETECTIVE_INSPECTORS, Permission
from lodestar.platform.approvals.models import Approval, approval_constraints, checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class CaseStatus(TenantModel):
    """That a case has a status from a moment, by whom and why. Only ever added: the latest written counts."""

    case = OtherTenantRow(Case)
    status = models.CharField(max_length=14)
    at = models.DateTimeField()
    reason = models.CharField(max_length=20, blank=True)  # of opening it again
    why = SealedTextField(blank=True, default=b"")
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "case", "status", "at", "recorded_at", "by"})
        sensitive = frozenset({"reason", "why"})

    class Meta:
        constraints = checks("case_status", known=Q(status__in=[*STATUSES]), says_why=~Q(status="reopened") | ~Q(reason=""))
        indexes = [Index(fields=["tenant", "case", "-recorded_at", "-id"], name="case_status_latest")]


class ClosingRequest(Approval):
    """That a case is closed, or no further action is taken for a person: asked by one with its outcomes and the checklist,
    decided by a detective inspector who did not ask. `happened_without`: it was so before anybody decided; it stays counted."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)  # whom no further action is about
    scope = models.CharField(max_length=8)
    outcomes = SealedTextField()  # JSON: crime (none: the case), code, on
    version = models.CharField(max_length=10)  # of the checklist
    answers = SealedTextField()  # JSON, by the codes of its questions
    reasons = SealedTextField(blank=True, default=b"")  # JSON: why each open point does not stop it, by its words
    happened_without = models.BooleanField(default=False)

    decides, ranks, sees = Permission.CASE_CLOSE, DETECTIVE_INSPECTORS, Permission.INVESTIGATION_VIEW

    class Classified(Approval.Classified):
        none = Approval.Classified.none | {"case", "person", "scope", "version", "happened_without"}
        sensitive = Approval.Classified.sensitive | {"outcomes", "answers", "reasons"}

    class Meta:
        constraints = [
            *approval_constraints("closing"),
            *checks("closing", scope_known=Q(scope__in=[*SCOPES]), of_a_person=~Q(scope="person") | Q(person__isnull=False)),
            UniqueConstraint(
                fields=["tenant", "case"], name="closing_one_waits", condition=Q(decided_at__isnull=True, happened_without=False)
            ),
        ]
        indexes = [Index(fields=["tenant", "case", "-asked_at"], name="closing_case")]

    def logged(self) -> dict[str, Any]:
        """Its case, and of whom it is."""
        people = {"people": [self.person_id]} if self.person_id else {}
        return super().logged() | {"case": self.case_id, "fields": [self.scope]} | people


class CrimeOutcome(TenantModel):
    """The outcome code of a crime, or of the case where none is recorded. Only ever added: the latest written counts."""

    case = OtherTenantRow(Case)
    crime = OtherTenantRow(Crime, null=True)
    code = models.CharField(max_length=4)
    on = models.DateField()
    why = SealedTextField(blank=True, default=b"")
    happened_without = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "case", "crime", "on", "recorded_at", "by"})
        sensitive = frozenset({"code", "why", "happened_without"})

    class Meta:
        indexes = [Index(fields=["tenant", "case", "recorded_at"], name="crime_outcome_case")]


class RightToReview(RegisterRow):
    """A victim's right to have no further action reviewed: explained to them, asked for, decided by somebody else."""

    rules = RIGHT
    moved = "closures.right_moved"

    person = OtherTenantRow(Person)
    request = OtherTenantRow(ClosingRequest)  # the closing that it is about
    informed_how = models.CharField(max_length=10, blank=True)

    class Classified:
        none = RegisterRow.Classified.none | {"person", "request", "informed_how"}

    class Meta:
        constraints = [
            *checks("right", state_known=Q(state__in=[*RIGHT.states])),
            UniqueConstraint(fields=["tenant", "person", "request"], name="right_once"),
        ]
        indexes = [Index(fields=["tenant", "due_at", "id"], name="right_due")]

    def logged(self) -> dict[str, Any]:
        """Its case and person, for the audit log."""
        return {"subject": str(self.id), "case": self.person.case_id, "people": [self.person_id]}


class RightMove(RegisterMove):
    """One step of a right to review."""

    row = OtherTenantRow(RightToReview, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="right_move_row")]
