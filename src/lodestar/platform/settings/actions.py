"""How a force changes a setting of its rules: one person proposes, another agrees, and it holds from a day to come."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.approvals.actions import CannotDecide, decide
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.obligations.settings import is_ahead, value_of
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.queries import settings_changed
from lodestar.platform.time.days import london_date

FollowUp = Callable[[UUID, datetime, date], None]  # who agreed, when, and from which day the change holds
_follow_ups: list[FollowUp] = []


class NotAhead(CannotDecide):
    """The day from which the change should hold has begun."""

    words = "Its start date has passed, and no change applies to past days. Refuse it and propose it again for a later day"


def after_each_approval(follow_up: FollowUp) -> None:
    """Has `follow_up` called after each approval, in its transaction. Called by an app as it starts, and by nothing else."""
    _follow_ups.append(follow_up)


def propose_setting(*, by: Member, at: datetime, key: str, value: str, from_date: date, reason: str) -> SettingChange:
    """Proposes that a setting is `value` from the beginning of `from_date` in London. Nothing changes by it yet.

    Raises CannotSet for a value that the setting does not offer, and NotAhead for a day that has begun.
    """
    if not is_ahead(from_date, london_date(at)):
        raise NotAhead
    change = SettingChange(
        key=key, value=str(value_of(key, value)), from_date=from_date, reason=reason.strip(), asked_at=at, asked_by_id=by.user
    )
    change.save(force_insert=True)
    audit("cases.setting_proposed", by=by, at=at, subject=str(change.id), fields=["value", "from_date"])
    notify(to=users_at_work(Permission.SETTING_APPROVE), kind="setting_waits", by=by, at=at, subject=str(change.id))
    return change


def decide_setting(*, by: Member, at: datetime, row: SettingChange, approved: bool, because: str) -> None:
    """Agrees to a change that somebody else proposed, so that it holds from its day on, or refuses it. Raises CannotDecide, and
    NotAhead when its day has begun meanwhile."""
    if approved and not is_ahead(row.from_date, london_date(at)):
        raise NotAhead
    code = "cases.setting_approved" if approved else "cases.setting_refused"
    decide(by=by, at=at, row=row, approved=approved, because=because, code=code)
    settings_changed()
    for follow_up in _follow_ups if approved else ():
        follow_up(by.user, at, row.from_date)
