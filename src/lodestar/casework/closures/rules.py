"""The statuses of a case, what is asked before it is closed, and the clocks of the victim's right to review. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from lodestar.platform.questionnaires.rules import Answers, Condition, QuestionSet, question_set
from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.reference_lists import reference_list, rows_on
from lodestar.platform.time.days import add_months, add_working_days, end_of_day

REVIEW = "di_review_before_no_further_action"  # the obligation that a decision closes
WAITS, DECIDED = "closing_waits", "closing_decided"  # kinds of notices
_STATUSES = reference_list("closures", "case_statuses").rows
STATUSES: Mapping[str, str] = {row["code"]: row["name"] for row in _STATUSES}
BY_HAND = [row["code"] for row in _STATUSES if row["by_hand"]]  # the others come of asking and deciding
CASE, PERSON, OUTCOME = "case", "person", "outcome"  # what is asked: closing, no further action for one person, one outcome
SCOPES = {CASE: "Closing the case", PERSON: "No further action for a person", OUTCOME: "An outcome that was given"}
NO_FURTHER_ACTION, CHARGE = "no_further_action", "charge"  # kinds of outcome codes
SECTION45 = ("section45_first_question", "section45_full_record", "section45_countersign")  # while open nothing is authorised
# What is named one by one before a case is closed; all else that is to do is counted.
NAMED = (
    "answer_directions", "victim_update", "record_crime", "record_incident_overseas", "agree_safe_contact",
    "tell_victim_before_release", "section45_no_suspected_offence",
)  # fmt: skip
SETTLED = ("done", "not_needed")  # answers that leave a point not open
RIGHT = state_rules("closures", "right_states")
HOW = (
    ("met", "In person"),
    ("call", "By telephone"),
    ("letter", "By letter or e-mail"),
    ("through", "Through someone they named"),
)
RESULTS = ("upheld", "changed")  # of a review, which only somebody else decides


def codes_on(day: date) -> dict[str, Mapping[str, Any]]:
    """The outcome codes of recorded crime of a day."""
    return {row["code"]: row for row in rows_on("section45", "outcome_codes", day)}


def outcome_kinds(outcomes: Sequence[Mapping[str, str]]) -> frozenset[str]:
    """What the codes of these outcomes stand for: a charge, no further action and so on."""
    codes = [codes_on(date.fromisoformat(outcome["on"])).get(outcome["code"], {}) for outcome in outcomes]
    return frozenset(code["kind"] for code in codes if "kind" in code)


def reasons_on(day: date) -> dict[str, str]:
    """Why a case may be opened again, by code."""
    return {row["code"]: row["name"] for row in rows_on("closures", "reopening_reasons", day)}


def checklist(day: date) -> QuestionSet:
    """What is looked at before a case is closed; what is done, or does not arise, has a note."""
    asked = question_set("closures", "closing_questions", day)
    note: dict[str, Any] = {"words": "Note", "kind": "text", "options": (), "limit": 200, "is_required": True}
    points = ((each, Condition(each.code, frozenset(SETTLED))) for each in asked.questions)
    noted = ((each, replace(each, code=f"{each.code}_note", when=when, **note)) for each, when in points)
    return replace(asked, questions=tuple(chain.from_iterable(noted)))


def unsettled(asked: QuestionSet, answers: Answers) -> list[str]:
    """The points of the checklist that are not done, or not answered."""
    points = [question for question in asked.questions if question.kind == "choice"]
    return [question.words for question in points if answers.get(question.code) not in SETTLED]


def point_name(words: str) -> str:
    """The name of the box in which a decision says why an open point does not stop it."""
    return f"point_{fingerprint(words)[:10]}"


def right_due(to: str, day: date, *, inform_days: int, ask_months: int, decide_days: int) -> datetime | None:
    """When the next step of the right to review is due, after one on `day`: explaining it and deciding in working days, asking
    in months (the victim's time)."""
    if to in RIGHT.closed:
        return None
    if to == "informed":
        return end_of_day(add_months(day, ask_months))
    return end_of_day(add_working_days(day, decide_days if to == "asked" else inform_days))
