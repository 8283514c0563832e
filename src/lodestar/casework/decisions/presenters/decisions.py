"""What came of a referral, and what follows, in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.decisions.models import GROUNDS, KINDS, Decision
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.design.when import due_at, moment, short_day
from lodestar.platform.obligations.obligations import obligation_rows

WORDS = dict(KINDS)
GROUND_WORDS = {code: f"{words[:1].lower()}{words[1:]}" for code, words in GROUNDS}
DECIDED = ("rg_positive", "rg_negative", "cg_positive", "cg_negative", "suspended", "disqualified", "cg_revoked")
DISQUALIFIED = (
    "The competent authority alone decides it. It ends no investigation, no safeguarding, no right of a victim, and not section "
    "45 of the Modern Slavery Act 2015."
)
ANYBODY = (
    "Anyone may ask. If the force declines a person\u2019s wish to ask, the competent authority has to agree, and the person "
    "is told why in writing."
)
FOLLOWING = {
    "recovery_period_minimum": "Recovery period runs at least until then",
    "consider_reconsideration": "Last day to ask for reconsideration",
    "tell_decision_safely": "Explain the decision safely, alone, and offer advice",
    "answer_further_information": "Send the further information requested",
    "watch_reconsideration_reply": "Reply to the request expected by then",
    "plan_before_support_ends": "Have the next step ready before support ends",
    "tell_cps": "Tell the prosecutor of the decision",
    "section45_full_record": "Look again at the full record, section 45 of the Modern Slavery Act 2015",
    "watch_reasonable_grounds_decision": "First decision expected by then",
    "refer_nrm": "Refer again",
}
STEPS = {"decide": "Decide whether to ask for reconsideration", "request": "Send the request, if wanted"}


def filed(rows: Sequence[Decision], user: UUID, now: datetime) -> list[dict[str, Any]]:
    """The decisions, the latest filed first."""
    replaced = {row.replaces_id for row in rows}
    return [_filed(row, row.id in replaced, user, now) for row in reversed(rows)]


def _filed(row: Decision, is_replaced: bool, user: UUID, now: datetime) -> dict[str, Any]:
    by = "you" if row.filed_by_id == user else row.filed_by.name
    notice = f", notice of {short_day(row.notice_on, now)}" if row.notice_on else ""
    day = short_day(row.decided_on, now)
    by_day = f", due by {short_day(row.answer_by, now)}" if row.answer_by else ""
    ground = f", {GROUND_WORDS[row.ground]}" if row.ground else ""
    verb = "Decided " if row.kind in DECIDED else ""
    words = f"{verb}{day}{notice}{by_day}{ground}. Filed by {by} {moment(row.filed_at, now)}."
    return {"title": WORDS[row.kind], "words": words, "is_replaced": is_replaced}


def hints(*, is_child: bool) -> dict[str, str]:
    """What is said beside some of the choices."""
    child = "A child cannot withdraw. If this was received, file it as received; a referral is needed again."
    hints_by_kind = {"disqualified": DISQUALIFIED, "rec_asked": ANYBODY, "suspended": "The first decision’s deadline still runs."}
    return hints_by_kind | ({"withdrawn": child} if is_child else {})


def to_put_right(rows: Iterable[Decision], now: datetime) -> list[tuple[str, str]]:
    """The decisions that another one may put right, as choices."""
    standing = list(rows)
    replaced = {row.replaces_id for row in standing}
    return [(str(row.id), f"{WORDS[row.kind]}, {short_day(row.decided_on, now)}") for row in standing if row.id not in replaced]


def follows(rows: Iterable[Obligation], now: datetime) -> list[tuple[str, str, str]]:
    """When, what and who, of what is open."""
    return [(_when(row, now), _what(row), row.with_role.replace("_", " ").capitalize()) for row in rows]


def _when(row: Obligation, now: datetime) -> str:
    if row.due_at is None:
        return "Before any outcome" if row.code == "section45_full_record" else "No time is set"
    words = due_at(row.due_at, now)
    return words[:1].upper() + words[1:]


def _what(row: Obligation) -> str:
    step = row.moment.partition(": ")[2]
    if step in STEPS:
        return STEPS[step]
    words = FOLLOWING.get(row.code) or obligation_rows()[row.code][-1].sentence
    return words if row.due_at else words.removesuffix(" by then")
