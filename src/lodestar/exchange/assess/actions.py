"""Saying that a rule or a page is wrong, answering, and confirming a rule by name."""

from datetime import date, datetime

from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit


def call_rule_wrong(*, by: Member, at: datetime, rule: str, words: str) -> Remark:
    """Keeps what somebody says is wrong with a rule, for all to read."""
    remark = Remark.objects.create(rule=rule, words=words.strip()[:1000], said_at=at, said_by_id=by.user)
    audit("rules.called_wrong", by=by, at=at, subject=rule)
    return remark


def call_page_wrong(*, by: Member, at: datetime, page: str, words: str) -> Remark:
    """Keeps what somebody says is wrong with a page, for them and for those who answer."""
    remark = Remark.objects.create(
        page=page.strip()[:120] or "not said", words=words.strip()[:1000], said_at=at, said_by_id=by.user
    )
    audit("pages.called_wrong", by=by, at=at, subject=str(remark.id))
    return remark


def answer_remark(*, by: Member, at: datetime, remark: Remark, answer: str) -> bool:
    """Answers by name. A remark is answered once; a second answer changes nothing. Whether it is answered by this one."""
    answered = Remark.objects.filter(id=remark.id, answered_at__isnull=True).update(
        answer=answer.strip()[:1000], answered_at=at, answered_by=by.user
    )
    if answered:
        audit("rules.answered", by=by, at=at, subject=str(remark.id))
    return bool(answered)


def confirm_rule(*, by: Member, at: datetime, rule: str, row_from: date | None, words: str, source_read: str) -> RuleConfirmation:
    """Keeps that somebody read the source of one dated row of a rule and found that the row says the same. What the row
    says, and how sure Lodestar itself is of it, does not change by that."""
    confirmation = RuleConfirmation.objects.create(
        rule=rule, row_from=row_from, words=words, source_read=source_read.strip()[:500], confirmed_at=at, confirmed_by_id=by.user
    )
    audit("rules.confirmed", by=by, at=at, subject=rule)
    return confirmation
