"""A rule on a page of its own: its words, who owes it, by when, on what authority, how sure that is, since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from lodestar.casework.ledger.presenters import OF_CASE, OF_OFFENCE, OF_PERSON, short, who_does
from lodestar.exchange.assess.models import Remark, RuleConfirmation
from lodestar.exchange.assess.presenters.rule_pages import rule_functions, tests_of
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day
from lodestar.platform.design.words import count, curly
from lodestar.platform.obligations.obligation_words import due_in_words
from lodestar.platform.obligations.obligations import ObligationRow, obligation_rows
from lodestar.platform.text.fingerprint import fingerprint

BASES = {"law": "Law", "guidance": "Guidance", "policy": "Force policy"}
SURE = {
    "verified": "Source read when written",
    "excerpt": "Only an excerpt of the source was read",
    "background": "Professional knowledge, not checked against a source yet",
    "unconfirmed": "Not confirmed: the wording is still to be checked against the source",
}
SURE_SHORT = {"verified": "Source read", "excerpt": "An excerpt", "background": "No source yet", "unconfirmed": "Not confirmed"}
WHEN = {
    "now": "Now, in the first hour",
    "this_tour": "This shift",
    "next_working_day": "By the next working day",
    "later": "Later",
}
PAGES = {
    "contact": "Safe contact",
    "immigration": "Immigration disclosures",
    "allocate": "Allocate the case to a detective",
    "belief": "Reasonable grounds, or not yet",
    "consent": "Explained, asked and answered",
    "crime": "Crime number",
    "hand-on": "Hand over what is left",
    "needs/assess": "Assess their needs",
    "offers": "Help offered again",
    "referral": "The referral",
    "review": "Review of the investigation",
    "section-45-question": "Short question, section 45 of the Modern Slavery Act 2015",
}


@dataclass(frozen=True)
class Rule:
    """A rule, whole. Of several dated rows the latest is told; all stand in the table."""

    code: str
    title: str
    sentence: str
    applies: str
    owner: str
    due: str
    closed_by: str
    basis: str
    basis_is_policy: bool
    sure: str
    is_confirmed: bool
    authority: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    used: tuple[str, ...]
    written: str
    tests: tuple[str, ...]


def every_rule() -> dict[str, list[dict[str, Any]]]:
    """All rules by how soon they want to be met, in the order of the list."""
    by_urgency: dict[str, list[dict[str, Any]]] = {words: [] for words in WHEN.values()}
    for code, rows in obligation_rows().items():
        row = rows[-1]
        title = {
            "code": code,
            "sentence": short(row),
            "owner": who_does(row),
            "basis": BASES[row.basis],
            "is_confirmed": row.confidence == "verified",
        }
        by_urgency[WHEN[row.when]].append(title)
    return by_urgency


def rule(code: str) -> Rule | None:
    """The rule of this code, or None."""
    rows = obligation_rows().get(code)
    if rows is None:
        return None
    row = rows[-1]
    return Rule(
        code=code,
        title=short(row),
        sentence=curly(row.sentence),
        applies=APPLIES.get(code) or _plain(row.applies),
        owner=who_does(row),
        due=due_in_words(row.due),
        closed_by=_plain(row.closes_by),
        basis=BASES[row.basis],
        basis_is_policy=row.basis == "policy",
        sure=SURE[row.confidence],
        is_confirmed=row.confidence == "verified",
        authority=row.authority,
        rows=tuple(_dated(dated_row) for dated_row in rows),
        used=tuple(_used(row)),
        written=rule_functions()[code].path if code in rule_functions() else "src/lodestar/casework/ledger/ledger.py",
        tests=_tests(code),
    )


def _dated(row: ObligationRow) -> dict[str, Any]:
    return {
        "start": day(row.start) if row.start else "The beginning",
        "end": day(row.end) if row.end else "still",
        "due": due_in_words(row.due),
        "authority": "; ".join(row.authority),
        "sure": SURE_SHORT[row.confidence],
        "is_confirmed": row.confidence == "verified",
    }


@cache
def _tests(code: str) -> tuple[str, ...]:
    return tuple(tests_of(code))


def _mark(row: ObligationRow) -> str:
    return fingerprint(row.title, row.sentence, row.due, row.applies, row.closes_by, row.authority)


def _row_name(row: ObligationRow) -> str:
    start = day(row.start) if row.start else "the beginning"
    return f"From {start}" + (f" to {day(row.end)}" if row.end else "")


def row_choices(code: str) -> list[tuple[str, str]]:
    """The dated rows of a rule, each with its days and its time, to choose from."""
    return [(str(number), f"{_row_name(row)}: {due_in_words(row.due)}") for number, row in enumerate(obligation_rows()[code])]


def chosen_row(code: str, chosen: str) -> tuple[date | None, str]:
    """The day from which a chosen row holds, and the fingerprint of what it says."""
    row = obligation_rows()[code][int(chosen)]
    return row.start, _mark(row)


def confirmed(code: str, rows: Sequence[RuleConfirmation]) -> list[dict[str, Any]]:
    """Who confirmed each dated row of a rule last."""
    row_confirmations = []
    for row in reversed(obligation_rows()[code]):
        by = next((confirmation for confirmation in rows if confirmation.row_from == row.start), None)
        row_confirmations.append({"row": _row_name(row), "by": by, "is_stale": by is not None and by.words != _mark(row)})
    return row_confirmations


def _used(row: ObligationRow) -> Iterable[str]:
    if row.line:
        yield f"What to do now, line {row.line}"
    page = OF_PERSON.get(row.code, OF_CASE.get(row.code, ("",)))[0]
    if page:
        yield PAGES[page]
    if row.code in OF_OFFENCE:
        yield "The full record of each offence, section 45 of the Modern Slavery Act 2015"
    yield f"My work for: {who_does(row).lower()}"
    yield "The page of the person and of the case, with the reason"
    if not row.ledger_only:
        yield "The answer to one encounter (assess)"


def _plain(words: str) -> str:
    return capital(curly(words.replace("_", " ")))


def remark_lines(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """What was called wrong before, with the answers."""
    return [
        {
            "words": remark.words,
            "by": remark.said_by.name,
            "at": remark.said_at,
            "answer": remark.answer,
            "answered_by": remark.answered_by.name if remark.answered_by else "",
            "answered_at": remark.answered_at,
        }
        for remark in remarks
    ]


APPLIES = {
    "adult_safeguarding": "An adult who needs care and support, or whose capacity is lacking or in doubt",
    "answer_further_information": (
        "The competent authority asked for more about our referral. Where its letter names a day, that day counts"
    ),
    "appropriate_adult": (
        "A child or vulnerable adult (who needs care and support, or whose capacity is lacking or in doubt) in custody, "
        "arrested, or to be interviewed"
    ),
    "assess_capacity": "Capacity for this decision is in doubt",
    "ask_the_other_jurisdiction": "The act was done in Scotland, in Northern Ireland or abroad",
    "best_interests_decision": "Capacity for this decision is lacking, or in doubt until it is assessed",
    "child_told_and_heard": "A child who is to be referred to the NRM",
    "child_trafficking_guardian": (
        "A child who is to be referred or was before. A dated list says where the service is known to work"
    ),
    "confirm_consent_conditions": "An answer without a record of whether they were alone, or who interpreted",
    "consider_reconsideration": (
        "A negative decision, on our referral or on an earlier one that is not known to be about other events"
    ),
    "decide_belief": "Signs were seen, and there is no decision on reasonable grounds yet",
    "di_review_before_no_further_action": "No further action on a suspected act, or closing is proposed",
    "duress_and_public_interest": "Schedule 4 excludes the act",
    "establish_age": "Nothing recorded says whether they are under 18, or they only look as if they may be",
    "explain_home_office_role": ("A possible victim in immigration detention, in prison or at a port, or one who is not British"),
    "law_of_the_time": "The act was before 31 July 2015, or may have been",
    "medical_and_basic_care_first": "They need medical care, food, mental health care or childcare, or are hurt",
    "mention_earlier_referral": "There is an earlier referral, and they are to be referred again",
    "missing_person_steps": "Contact is lost, or they were found after being missing; also a child newly accommodated",
    "notify_home_office_without_identity": "An adult who said no to the NRM, or who went out of contact before a valid answer",
    "plan_before_support_ends": "A conclusive-grounds decision, positive or negative, on an earlier referral or on ours",
    "reach_nrm_or_dtn": "It is not decided yet whether to send a referral or a notification",
    "record_crime": (
        "A possible victim, unless all exploitation was overseas. It opens at once, whatever they answered; a setting moves "
        "the start of the clock, and nothing else"
    ),
    "record_reason_no_grounds": "A possible victim for whom no reasonable grounds are recorded, and after any such decision",
    "recovery_period_minimum": "A positive reasonable-grounds decision, on an earlier referral or on ours",
    "refer_nrm": "A child, or an adult who agreed: the NRM",
    "report_missing": "Contact is lost",
    "safe_place": "A safe place is needed, or an adult has answered about the NRM, or a child has reasonable grounds",
    "schedule4_person_must_look": "The record does not show whether Schedule 4 excludes the act",
    "section45_full_record": "Every suspected act for which section 45 of the Modern Slavery Act 2015 is considered",
    "see_alone_with_independent_interpreter": (
        "Any person with reasonable grounds or signs. Records of being alone and of the interpreter are its evidence"
    ),
    "send_supplementary_information": "There is new evidence, or the referral was sent with gaps marked",
    "separate_officers_for_victim_and_suspect": (
        "A possible victim who is also an exploiter, or suspected of an act on Schedule 4 or against another possible victim"
    ),
    "tell_competent_authority_and_referrer": "They were referred before",
    "tell_foreign_office_protocol": "The case involves a diplomat\u2019s household",
    "tell_decision_safely": "A negative decision, a disqualification or a revoked decision on our referral",
    "turning_18_consent": "A child who is to be referred or was before",
    "watch_reconsideration_reply": "A reconsideration of a decision on our referral was asked for",
}


def called_wrong(number: int) -> str:
    """What those who answer are told of remarks that wait: `3 things were called wrong and wait for your answer`."""
    if not number:
        return ""
    is_single = number == 1
    things, wait = ("thing was", "waits") if is_single else ("things were", "wait")
    return f"{count(number)} {things} called wrong and {wait} for an answer"
