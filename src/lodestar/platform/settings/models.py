"""What a force sets and says of the rules: settings, confirmations, remarks, and its own translations of the leaflet."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, DateField, F, Func, Index, Q

from lodestar.platform.tenancy.models import TenantModel


class LondonDay(Func):
    """The day in London on which an instant falls, for constraints: Django's own function cannot stand in a migration."""

    template = "((%(expressions)s) at time zone 'Europe/London')::date"
    output_field = DateField()


class SettingChange(TenantModel):
    """One value of one setting from a day on. A row is proposed once, decided once, and stays: an agreed value ends when
    a later one begins. The database lets the application write nothing but the decision, and no day that has begun."""

    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)  # as written; `platform/obligations/settings.py` knows which settings are numbers
    from_date = models.DateField()
    reason = models.CharField(max_length=1000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, blank=True, choices=[("approved", "approved"), ("refused", "refused")])
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    answer = models.CharField(max_length=1000, blank=True)  # why it was refused, or a word with the approval

    class Classified:
        personal = frozenset({"reason", "answer"})
        none = frozenset(
            {
                "id", "tenant", "key", "value", "from_date", "proposed_at", "proposed_by", "decision", "decided_at",
                "decided_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(condition=~Q(reason=""), name="setting_change_says_why"),
            CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True, decided_by__isnull=True, answer="")
                | Q(decision__in=["approved", "refused"], decided_at__isnull=False, decided_by__isnull=False),
                name="setting_change_decided_at_and_by",
            ),
            CheckConstraint(condition=~Q(decision="refused", answer=""), name="setting_change_refused_with_reason"),
            CheckConstraint(
                condition=~Q(decision="approved") | ~Q(decided_by=F("proposed_by")), name="setting_change_second_person"
            ),
            CheckConstraint(condition=Q(from_date__gt=LondonDay("proposed_at")), name="setting_change_looks_ahead"),
            CheckConstraint(
                condition=~Q(decision="approved") | Q(from_date__gt=LondonDay("decided_at")),
                name="setting_change_never_backwards",
            ),
        ]
        indexes = [
            Index(fields=["tenant", "key", "-from_date", "id"], name="setting_change_key"),
            Index(
                fields=["tenant", "from_date", "decided_at", "id"], name="setting_change_agreed", condition=Q(decision="approved")
            ),
            Index(fields=["tenant", "proposed_at", "id"], name="setting_change_waiting", condition=Q(decision="")),
        ]
