"""Confirming a rule by name."""

from datetime import date, datetime

from lodestar.accounts.access import Member
from lodestar.cases.models import RuleConfirmation
from lodestar.record import actions as record


def confirm_rule(
    *, by: Member, at: datetime, rule: str, row_from: date | None, words: str, source_read: str
) -> RuleConfirmation:
    """Keeps that somebody read the source of one dated row of a rule and found that the row says the same. What the row
    says, and how sure Lodestar itself is of it, does not change by that."""
    confirmation = RuleConfirmation(
        rule=rule,
        row_from=row_from,
        words=words,
        source_read=source_read.strip()[:500],
        confirmed_at=at,
        confirmed_by_id=by.user,
    )
    confirmation.save(force_insert=True)
    record.append("rules.confirmed", by=by, at=at, subject=rule)
    return confirmation
