"""The settings of the rules that hold for the force of this transaction, and the changes that made them."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from lodestar.platform.obligations.settings import SettingRow, Settings, every_setting, for_tenant, value_of
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.tenancy.request_cache import forget, read_once
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.time.days import london_date

KEPT = "cases.settings"


def settings_in_force() -> Settings:
    """What the rules are set to for this force: its own agreed changes before what is shipped. One query a transaction.

    Changes whose day has not come are among them, because a rule takes the value of the day it judges.
    """
    return read_once(KEPT, _read)


def emergency_lasts(at: datetime) -> timedelta:
    """How long an emergency access of this instant lasts."""
    return timedelta(hours=int(settings_in_force().on(london_date(at))["emergency_access_hours"]))


def settings_changed() -> None:
    """To be called by whoever agrees a change: the rest of the transaction reads the settings again."""
    forget(KEPT)


def _read() -> Settings:
    rows = SettingChange.objects.filter(approved=True).order_by("from_date", "decided_at", "id")
    own = tuple(rows.filter(key__in=every_setting()).values_list("key", "value", "from_date"))
    return _made(current_tenant() or "", own)


@lru_cache(maxsize=128)
def _made(tenant: str, own: tuple[tuple[str, str, date], ...]) -> Settings:
    """The same rows give the same settings, with the values of each day that they worked out before."""
    return for_tenant(tenant, [SettingRow(key, value_of(key, value), start=start) for key, value, start in own])


def changes(key: str = "") -> QuerySet[SettingChange]:
    """Every change of a setting, or of all, the latest day first, with the two people who made it."""
    rows = SettingChange.objects.select_related("asked_by", "decided_by").order_by("-from_date", "-asked_at", "id")
    return rows.filter(key=key) if key else rows


def waiting() -> QuerySet[SettingChange]:
    """The changes that wait for a second person, the oldest first."""
    return changes().filter(decided_at__isnull=True, key__in=every_setting()).order_by("asked_at", "id")


def how_many_wait_for(user: UUID) -> int:
    """How many changes of settings, proposed by somebody else, wait for this user to agree or refuse."""
    return SettingChange.objects.filter(decided_at__isnull=True).exclude(asked_by_id=user)[:1001].count()
