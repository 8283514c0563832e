"""Orders of a court against a person of a case: their conditions, moves and breaches."""

from typing import Any

from django.db import models
from django.db.models import F, Index, Q

from lodestar.casework.cases.models import Person
from lodestar.casework.court_orders.rules import INFORMED, ORDER
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel


class CourtOrder(RegisterRow):
    """One order, considered, applied for or made. `to_on` is its last day; none where it runs until further order."""

    rules = ORDER
    moved = "orders.moved"

    person = OtherTenantRow(Person)  # against whom
    protects = OtherTenantRow(Person, null=True)
    kind = models.CharField(max_length=20)
    court = models.CharField(max_length=120, blank=True)
    made_on = models.DateField(null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    served_on = models.DateField(null=True)
    breach_waits = models.BooleanField(default=False)  # for its owner to look, which the next move says

    class Classified:
        none = RegisterRow.Classified.none | {"person", "protects"}
        sensitive = frozenset({"kind", "court", "made_on", "from_on", "to_on", "served_on", "breach_waits"})

    class Meta:
        constraints = checks(
            "order",
            state_known=Q(state__in=[*ORDER.states]),
            days_in_order=Q(to_on__isnull=True) | Q(from_on__isnull=False, to_on__gte=F("from_on")),
            protects_another=Q(protects__isnull=True) | ~Q(protects=F("person")),
        )
        indexes = [
            Index(fields=["tenant", "person", "recorded_at", "id"], name="order_person"),
            Index(fields=["tenant", "due_at", "id"], name="order_due"),
            Index(fields=["tenant", "owner", "due_at", "id"], name="order_owner"),
        ]

    def logged(self) -> dict[str, Any]:
        """Its case and person, for the audit log."""
        return {"subject": str(self.id), "case": self.person.case_id, "people": [self.person_id]}


class CourtOrderMove(RegisterMove):
    """One move of an order."""

    row = OtherTenantRow(CourtOrder, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="order_move_row")]


class OrderCondition(TenantModel):
    """One condition of an order. A variation that takes it off ends it and deletes nothing."""

    order = OtherTenantRow(CourtOrder, related_name="conditions")
    number = models.PositiveSmallIntegerField()
    words = SealedTextField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "order", "number", "recorded_at", "ended_at"})
        sensitive = frozenset({"words"})

    class Meta:
        indexes = [Index(fields=["tenant", "order", "number"], name="order_condition_order")]


class OrderBreach(RecordedRow):
    """One breach of an order. Only ever added."""

    order = OtherTenantRow(CourtOrder, related_name="breaches")
    condition = OtherTenantRow(OrderCondition, null=True)
    happened_at = models.DateTimeField()
    crime_number = models.CharField(max_length=40, blank=True)
    what_was_done = SealedTextField()
    victim_informed = models.CharField(max_length=10)

    class Classified:
        none = RecordedRow.Classified.none | {"order", "condition", "happened_at"}
        personal = frozenset({"crime_number"})
        sensitive = frozenset({"what_was_done", "victim_informed"})

    class Meta:
        constraints = checks("breach", informed_known=Q(victim_informed__in=[*INFORMED]))
        indexes = [Index(fields=["tenant", "order", "happened_at"], name="breach_order")]
