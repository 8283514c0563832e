"""Which changes of settings a member decides."""

from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.access import approval_for
from lodestar.platform.obligations.settings import every_setting
from lodestar.platform.settings.models import SettingChange


def change_for(member: Member, model: type[SettingChange], change: UUID) -> SettingChange:
    """One change, for those who decide; Http404 otherwise."""
    rows = SettingChange.objects.select_related("asked_by", "decided_by").filter(key__in=every_setting())
    return approval_for(member, rows, change, lambda *_: False)
