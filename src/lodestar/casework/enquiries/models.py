"""Investigation plans with their lines of enquiry, third-party material asked for, the decision log, unused material."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Index, Q, UniqueConstraint

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.enquiries.rules import HOLDERS, LINE, NOTICE, UNUSED
from lodestar.platform.accounts.permissions import DETECTIVE_INSPECTORS, Permission
from lodestar.platform.approvals.models import Approval, approval_constraints, checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow


class Plan(RecordedRow):
    """The investigation plan of a case as it was written: what it is to reach, and who is the disclosure officer; the latest
    counts. Its lines are rows of their own."""

    case = OtherTenantRow(Case)
    written_at = models.DateTimeField()
    aim = SealedTextField()
    disclosure_officer: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        none = RecordedRow.Classified.none | {"case", "written_at", "disclosure_officer"}
        sensitive = frozenset({"aim"})

    class Meta:
        indexes = [Index(fields=["tenant", "case", "-written_at", "id"], name="plan_case")]


class CaseRegisterRow(RegisterRow):
    """A row of a register that belongs to a case."""

    case = OtherTenantRow(Case)

    class Classified:
        none = RegisterRow.Classified.none | {"case"}

    class Meta:
        abstract = True

    def logged(self) -> dict[str, Any]:
        """Its case, for the audit log."""
        return {"subject": str(self.id), "case": self.case_id}


class LineOfEnquiry(CaseRegisterRow):
    """A line of enquiry of a plan, by its code in `enquiry_lines.toml`. What is done stands in its moves."""

    rules, moved = LINE, "enquiries.line_moved"

    code = models.CharField(max_length=24)
    result = models.CharField(max_length=20, blank=True)  # once it is finished or not pursued: the reason of that move

    class Classified:
        none = CaseRegisterRow.Classified.none | {"code", "result"}

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "case", "code"], name="line_of_enquiry_once"),
            *checks("line_of_enquiry", state_known=Q(state__in=[*LINE.states])),
        ]
        indexes = [Index(fields=["tenant", "owner", "due_at", "id"], name="line_of_enquiry_owner")]


class LineOfEnquiryMove(RegisterMove):
    """One move of a line of enquiry."""

    row = OtherTenantRow(LineOfEnquiry, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="line_of_enquiry_move_row")]


class UnusedItem(CaseRegisterRow):
    """A row of the schedule of unused material; its state is whether it may undermine the case or assist the defence."""

    rules, moved = UNUSED, "enquiries.unused_reviewed"

    what = SealedTextField()
    where = models.CharField(max_length=200)
    is_relevant = models.BooleanField(null=True)
    is_sensitive = models.BooleanField(null=True)

    class Classified:
        none = CaseRegisterRow.Classified.none
        sensitive = frozenset({"what", "where", "is_relevant", "is_sensitive"})

    class Meta:
        constraints = checks("unused_item", state_known=Q(state__in=[*UNUSED.states]))
        indexes = [Index(fields=["tenant", "case", "recorded_at", "id"], name="unused_item_case")]


class UnusedItemMove(RegisterMove):
    """One review of unused material."""

    row = OtherTenantRow(UnusedItem, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="unused_item_move_row")]


class DecisionEntry(RecordedRow):
    """A numbered entry of the decision log of a case. Never changed: `adds_to` is the entry to which it is an addendum."""

    case = OtherTenantRow(Case)
    number = models.PositiveSmallIntegerField()
    adds_to = OtherTenantRow("self", null=True)
    decision = SealedTextField()
    options = SealedTextField(blank=True, default=b"")
    reason = SealedTextField()
    made_at = models.DateTimeField()

    class Classified:
        none = RecordedRow.Classified.none | {"case", "number", "adds_to", "made_at"}
        sensitive = frozenset({"decision", "options", "reason"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case", "number"], name="decision_entry_number_once")]


class MaterialRequest(Approval):
    """That somebody outside is asked for what they hold about a person: for a line of enquiry, with notice to the person, and
    approved by an inspector; and when it was sent and answered. `happened_without`: it was asked for before anybody approved
    it, and stays counted."""

    person = OtherTenantRow(Person)
    line = OtherTenantRow(LineOfEnquiry)
    kind = models.CharField(max_length=16)  # of who holds it
    who = models.CharField(max_length=120)
    what = SealedTextField()
    notice = models.CharField(max_length=12)
    happened_without = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)

    decides, sees = Permission.MATERIAL_DECIDE, Permission.INVESTIGATION_VIEW
    ranks = DETECTIVE_INSPECTORS | {"inspector", "chief_inspector", "superintendent", "chief_superintendent"}

    class Classified(Approval.Classified):
        none = Approval.Classified.none | {"person", "line", "kind", "notice", "happened_without", "sent_at", "received_at"}
        personal = frozenset({"who"})
        sensitive = Approval.Classified.sensitive | {"what"}

    class Meta:
        constraints = [
            *approval_constraints("material_request"),
            *checks("material_request", known=Q(kind__in=[*HOLDERS], notice__in=[*NOTICE]) & ~Q(who="")),
        ]
        indexes = [Index(fields=["tenant", "person", "-asked_at", "id"], name="material_request_person")]

    def logged(self) -> dict[str, Any]:
        """Whom it is about and who is asked, for the audit log."""
        return super().logged() | {"case": self.person.case_id, "people": [self.person_id], "recipient": self.who}
