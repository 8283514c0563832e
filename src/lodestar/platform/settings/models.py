"""What a force sets of the rules."""

from django.db import models
from django.db.models import DateField, Func, Index, Q

from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.approvals.models import Approval, approval_constraints, checks


class LondonDay(Func):
    """The day in London on which an instant falls, for constraints: Django's own function cannot stand in a migration."""

    template = "((%(expressions)s) at time zone 'Europe/London')::date"
    output_field = DateField()


class SettingChange(Approval):
    """One value of one setting from a day on. A row is proposed once, decided once, and stays: an agreed value ends when
    a later one begins. The database lets the application write nothing but the decision, and no day that has begun."""

    key = models.CharField(max_length=60)
    value = models.CharField(max_length=60)  # as written; `platform/obligations/settings.py` knows which settings are numbers
    from_date = models.DateField()

    decides = sees = Permission.SETTING_APPROVE
    ranks = None

    class Classified:
        sensitive = Approval.Classified.sensitive
        none = Approval.Classified.none | {"key", "value", "from_date"}

    class Meta:
        constraints = [
            *approval_constraints("setting_change"),
            *checks(
                "setting_change",
                looks_ahead=Q(from_date__gt=LondonDay("asked_at")),
                never_backwards=~Q(approved=True) | Q(from_date__gt=LondonDay("decided_at")),
            ),
        ]
        indexes = [
            Index(fields=["tenant", "key", "-from_date", "id"], name="setting_change_key"),
            Index(fields=["tenant", "from_date", "decided_at", "id"], name="setting_change_agreed", condition=Q(approved=True)),
            Index(fields=["tenant", "asked_at", "id"], name="setting_change_waiting", condition=Q(decided_at__isnull=True)),
        ]
