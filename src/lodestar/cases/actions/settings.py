"""How a force changes a setting of its rules: one person proposes, another agrees, and it holds from a day to come.

No case needs reckoning when a change is agreed. A rule takes the value of the day of the encounter, a change begins
after the day it is agreed on, and an encounter is recorded once it has happened: when the change is agreed, no case that
it could touch is there yet. One recorded or redated later is reckoned by its own action, with the settings of then. An
encounter dated ahead by hand or by an import would be the exception; such cases are reckoned with the change.
"""

from datetime import date, datetime
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Case, SettingChange
from lodestar.cases.queries.settings import settings_changed
from lodestar.cases.rules import is_ahead, value_of
from lodestar.kernel.days import london_date, start_of_day
from lodestar.record import actions as record

AT_ONCE = 500


class NotAhead(ValueError):
    """The day from which the change should hold has begun."""


class SamePerson(ValueError):
    """Whoever proposed a change cannot be the one who agrees to it."""


class Decided(ValueError):
    """The change is decided already; `change` says how."""

    def __init__(self, change: SettingChange) -> None:
        super().__init__("decided already")
        self.change = change


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
    record.append("cases.setting_proposed", by=by, at=at, subject=str(change.id), fields=["value", "from_date"])
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
    _recalculate_future_cases(row, by, at)
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
    record.append(f"cases.setting_{decision}", by=by, at=at, subject=str(row.id), fields=["decision"])


def _recalculate_future_cases(row: SettingChange, by: Member, at: datetime) -> None:
    """Reckons the cases whose encounter is dated on or after the day of the change."""
    cause = ledger.Cause(by=by.user, at=at, code="cases.setting_approved")
    ahead = Case.objects.filter(encountered_at__gte=start_of_day(row.from_date)).order_by("id")
    ids = list(ahead.select_for_update().values_list("id", flat=True))
    for first in range(0, len(ids), AT_ONCE):
        ledger.recalculate(ids[first : first + AT_ONCE], cause)
