"""How a force changes a setting of its rules: one person proposes, another agrees, and it holds from a day to come."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.obligations.settings import is_ahead, value_of
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.queries import settings_changed
from lodestar.platform.time.days import london_date

FollowUp = Callable[[UUID, datetime, date], None]  # who agreed, when, and from which day the change holds
_follow_ups: list[FollowUp] = []


class NotAhead(ValueError):
    """The day from which the change should hold has begun."""


class SamePerson(ValueError):
    """Whoever proposed a change cannot be the one who agrees to it."""


class Decided(ValueError):
    """The change is decided already; `change` says how."""

    def __init__(self, change: SettingChange) -> None:
        super().__init__("decided already")
        self.change = change


def after_each_approval(follow_up: FollowUp) -> None:
    """Has `follow_up` called after each approval, in its transaction. Called by an app as it starts, and by nothing else."""
    _follow_ups.append(follow_up)


def propose_setting(*, by: Member, at: datetime, key: str, value: str, from_date: date, reason: str) -> SettingChange:
    """Proposes that a setting is `value` from the beginning of `from_date` in London. Nothing changes by it yet.

    Raises CannotSet for a value that the setting does not offer, and NotAhead for a day that has begun.
    """
    if not is_ahead(from_date, london_date(at)):
        raise NotAhead(from_date)
    change = SettingChange(
        key=key,
        value=str(value_of(key, value)),
        from_date=from_date,
        reason=reason.strip()[:1000],
        proposed_at=at,
        proposed_by_id=by.user,
    )
    change.save(force_insert=True)
    audit("cases.setting_proposed", by=by, at=at, subject=str(change.id), fields=["value", "from_date"])
    notify(to=users_at_work(Permission.SETTING_APPROVE), kind="setting_waits", by=by, at=at, subject=str(change.id))
    return change


def approve_setting(*, by: Member, at: datetime, change: UUID, answer: str = "") -> SettingChange:
    """Agrees to a change that somebody else proposed: it holds from its day on.

    Raises SamePerson, NotAhead when its day has begun meanwhile, and Decided.
    """
    row = _undecided(change)
    if row.proposed_by_id == by.user:
        raise SamePerson(change)
    if not is_ahead(row.from_date, london_date(at)):
        raise NotAhead(row.from_date)
    _decide(row, "approved", by, at, answer)
    settings_changed()
    for follow_up in _follow_ups:
        follow_up(by.user, at, row.from_date)
    return row


def refuse_setting(*, by: Member, at: datetime, change: UUID, answer: str) -> SettingChange:
    """Refuses a change, with the reason. Whoever proposed it may take it back in the same way. Raises Decided."""
    row = _undecided(change)
    _decide(row, "refused", by, at, answer)
    return row


def _undecided(change: UUID) -> SettingChange:
    row = SettingChange.objects.select_for_update().get(id=change)
    if row.decision:
        raise Decided(row)
    return row


def _decide(row: SettingChange, decision: str, by: Member, at: datetime, answer: str) -> None:
    row.decision, row.decided_at, row.decided_by_id, row.answer = decision, at, by.user, answer.strip()[:1000]
    row.save(update_fields=["decision", "decided_at", "decided_by", "answer"])
    audit(f"cases.setting_{decision}", by=by, at=at, subject=str(row.id), fields=["decision"])
