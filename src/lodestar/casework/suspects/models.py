"""Suspects of a case, what happened to them, the conditions of their bail, and each release. No address is kept here."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.models import Person
from lodestar.casework.suspects.rules import RELEASES, STATES
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class Suspect(RegisterRow):
    """A person of a case as a suspect or exploiter; what is due to them as a victim stays. The owner is the officer for the
    suspect; one who is the victim's officer too is recorded with the reason: happened without."""

    rules = STATES
    moved = "suspects.moved"

    person = OtherTenantRow(Person)
    custody_reference = models.CharField(max_length=40, blank=True)  # of the force's custody system
    victim_officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    same_because = SealedTextField(blank=True, default=b"")
    officers_at = models.DateTimeField(null=True)  # since when both officers are named
    bail_began = models.DateTimeField(null=True)
    bail_ends = models.DateTimeField(null=True)
    step_at = models.DateTimeField(null=True)  # of the last step, while it can be taken back; and bail before it
    bail_before = ArrayField(models.DateTimeField(null=True), default=list, blank=True)

    class Classified:
        none = RegisterRow.Classified.none - {"state"} | {"person", "victim_officer", "officers_at", "step_at"}
        personal = frozenset({"state", "custody_reference", "bail_began", "bail_ends", "bail_before"})
        sensitive = frozenset({"same_because"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "person"], name="suspect_once"),
            CheckConstraint(condition=Q(state__in=[*STATES.states]), name="suspect_state_known"),
        ]
        indexes = [Index(fields=["tenant", "owner", "due_at", "id"], name="suspect_owner")]

    def logged(self) -> dict[str, Any]:
        """Its case and person, for the audit log."""
        return {"subject": str(self.id), "case": self.person.case_id, "people": [self.person_id]}


class SuspectMove(RegisterMove):
    """One thing that happened to a suspect."""

    row = OtherTenantRow(Suspect, related_name="moves")

    class Classified:
        none = RegisterMove.Classified.none - {"before", "after"}
        personal = frozenset({"before", "after"})
        sensitive = RegisterMove.Classified.sensitive

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="suspect_move_row")]


class BailCondition(TenantModel):
    """One condition of bail, from when to when it counted."""

    suspect = OtherTenantRow(Suspect, related_name="conditions")
    words = SealedTextField()
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "suspect", "from_at", "to_at"})
        sensitive = frozenset({"words"})


class SuspectRelease(TenantModel):
    """A release of a suspect, planned or happened; promises are about it, one a victim. `event` is the planned one, by which
    the ledger knows it."""

    suspect = OtherTenantRow(Suspect, related_name="releases")
    event = OtherTenantRow(CaseEvent)
    kind = models.CharField(max_length=20)
    planned_at = models.DateTimeField()
    happened_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "suspect", "event", "planned_at", "happened_at", "cancelled_at"})
        personal = frozenset({"kind"})

    class Meta:
        ordering = ["planned_at", "id"]
        constraints = [CheckConstraint(condition=Q(kind__in=sorted(RELEASES)), name="suspect_release_known")]
        indexes = [Index(fields=["tenant", "suspect", "planned_at"], name="suspect_release_of")]
