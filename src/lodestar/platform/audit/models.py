"""The append-only log (Data Protection Act 2018 section 62). No row holds a personal value: it says who, when, what and which."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id


class Operation(models.TextChoices):
    """The six operations that section 62 names."""

    COLLECTION = "collection", "collected"
    ALTERATION = "alteration", "altered"
    CONSULTATION = "consultation", "consulted"
    DISCLOSURE = "disclosure", "disclosed"
    COMBINATION = "combination", "combined"
    ERASURE = "erasure", "erased"


class Event(models.Model):
    """One operation. The table is partitioned by month and can only be added to."""

    pk = models.CompositePrimaryKey("recorded_at", "id")
    recorded_at = models.DateTimeField()
    id = models.UUIDField(default=new_id)
    tenant = models.CharField(max_length=60, default=current_tenant)
    happened_at = models.DateTimeField()
    operation = models.CharField(max_length=12, choices=Operation)
    code = models.CharField(max_length=60)
    by = models.UUIDField()
    role = models.CharField(max_length=40)
    case = models.UUIDField(null=True)
    people = ArrayField(models.UUIDField(), default=list)
    subject = models.CharField(max_length=60)
    fields = ArrayField(models.CharField(max_length=90), default=list)  # as long as the code of a question
    recipient = models.CharField(max_length=120)
    power = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)
    request = models.UUIDField(null=True)

    class Classified:
        none = frozenset(
            {
                "recorded_at", "id", "tenant", "happened_at", "operation", "code", "by", "role", "case", "people",
                "subject", "fields", "recipient", "power", "request",
            }
        )  # fmt: skip
        personal = frozenset({"reason"})

    class Meta:
        managed = False
        db_table = "audit_event"
