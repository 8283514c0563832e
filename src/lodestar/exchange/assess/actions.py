"""Saying that a rule or a page is wrong, answering, and confirming a rule by name."""

from datetime import datetime

from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit


def call_wrong(*, by: Member, at: datetime, words: str, rule: str = "", page: str = "") -> Remark:
    """Keeps what somebody says is wrong: with a rule, for all to read; with a page, for them and for those who answer."""
    where = {"rule": rule} if rule else {"page": page.strip()[:120] or "not said"}
    remark = Remark.objects.create(**where, words=words.strip()[:1000], said_at=at, said_by_id=by.user)
    audit("rules.called_wrong" if rule else "pages.called_wrong", by=by, at=at, subject=rule or str(remark.id))
    return remark


def answer_remark(*, by: Member, at: datetime, remark: Remark, answer: str) -> bool:
    """Answers by name. A remark is answered once; a second answer changes nothing. Whether it is answered by this one."""
    answered = Remark.objects.filter(id=remark.id, answered_at__isnull=True).update(
        answer=answer.strip()[:1000], answered_at=at, answered_by=by.user
    )
    if answered:
        audit("rules.answered", by=by, at=at, subject=str(remark.id))
    return bool(answered)


def confirm_rule(*, by: Member, at: datetime, rule: str, words: str, source_read: str) -> RuleConfirmation:
    """Keeps that somebody read the source of a rule and found that the rule says the same. What the rule says, and how sure
    Lodestar itself is of it, does not change by that."""
    confirmation = RuleConfirmation.objects.create(
        rule=rule, words=words, source_read=source_read.strip()[:500], confirmed_at=at, confirmed_by_id=by.user
    )
    audit("rules.confirmed", by=by, at=at, subject=rule)
    return confirmation
