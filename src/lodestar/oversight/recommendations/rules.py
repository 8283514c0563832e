"""Recommendations by state, and the clock of section 55 of the Police Act 1996. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lodestar.platform.registers.rules import state_rules
from lodestar.platform.text.reference_lists import reference_list

APP = "recommendations"
STATES = state_rules(APP, "states")
AWAITING, REJECTED, CLAIMED, VERIFIED, REOPENED = (
    "awaiting_review", "rejected", "complete_claimed", "complete_verified", "reopened",
)  # fmt: skip
AUTHORITIES: Mapping[str, str] = {code: name for of_state in STATES.reasons.values() for code, name in of_state.items()}
ADDRESSEES: Mapping[str, str] = {
    "chief_constable": "Chief constables", "policing_body": "Local policing bodies", "home_office": "Home Office",
    "college": "College of Policing", "hmicfrs": "HMICFRS",
}  # fmt: skip
LOCAL = frozenset({"chief_constable", "policing_body"})  # whose action or reason the answer to a report has to explain
STEPS: Mapping[str, str] = {  # in the order of section 55(4) to (6)
    "invited_chief": "Chief officer invited to comment",
    "chief_comments": "Chief officer’s comments received",
    "policing_body_comments": "Local policing body’s comments prepared",
    "published": "Comments published",
    "copied_hmicfrs": "Copied to the inspectorate",
    "copied_home_secretary": "Copied to the Home Secretary",
}
COPIES = ("copied_hmicfrs", "copied_home_secretary")
DAYS = 56
LONGEST = {"number": 8, "letter": 2, "text": 3000, "source": 300}  # characters
REFUSALS: Mapping[str, str] = {
    "before_report": "That is before the report itself was published: check the day and its year",
    "to_come": "That day has not come yet",
    "again": "This step is recorded already: withdraw that first",
    "order": "That is before the step that has to come first",
    "answer_by": "Say by which day the chief officer is to comment, not before the invitation",
    "url": "Write the address where the comments are published",
    "title": "A report with this title is recorded already",
    "number": "The report has a recommendation with this number and letter already",
    "may_not": "This is for another person to record: who verifies is neither the owner nor who claimed it",
    "no_reason": "Write a note: what it rests on, or why",
    "no_action": "Write the action, or why there is none, not both; why there is none where it is rejected",
}


def last_day(published_on: date) -> date:
    """The last day on which the comments on a report may be published: "before the end of the period of 56 days beginning with
    the day on which the report is published", section 55(5A) of the Police Act 1996, inserted by section 37(2) of the Policing
    and Crime Act 2017. The day of publication is the first of them."""
    return published_on + timedelta(days=DAYS - 1)


def listed() -> Sequence[Mapping[str, Any]]:
    """The published reports that can be taken in with their recommendations."""
    return reference_list(APP, "reports").rows


def faults_of(facts: Mapping[str, str], addressees: Collection[str]) -> list[str]:
    """Why a row of a table is no recommendation, all of it in words; none where it is one."""
    needed = {"number": facts["number"], "addressees": addressees, "text": facts["text"]}
    faults = [f"{name} is missing" for name, cell in needed.items() if not cell]
    faults += [f"{code} is no addressee of the template" for code in sorted({*addressees} - {*ADDRESSEES})]
    return faults + [f"{name} is longer than {most} characters" for name, most in LONGEST.items() if len(facts[name]) > most]


def needs_answer(addressees: Collection[str]) -> bool:
    """Whether a recommendation needs an action or a reason for none of the force or its policing body (section 55(5B))."""
    return bool(LOCAL & set(addressees))


def refusal_of(step: str, on: date, published_on: date, today: date, done: Mapping[str, date]) -> str:
    """Why a step cannot have been taken on a day, as a code; empty where it can. `done` are the steps taken before, each with its
    day: comments are published after they were prepared, and copied after they were published."""
    if on < published_on:
        return "before_report"
    if on > today:
        return "to_come"
    if step in done:
        return "again"
    before = "published" if step in COPIES else "policing_body_comments" if step == "published" else ""
    return "order" if before and on < done.get(before, on) else ""


def next_step(done: Iterable[str]) -> str:
    """Which step is next after those taken; empty where none is. What a later step has overtaken is next no more: a body may
    publish without comments of its chief officer. Both copies are sent."""
    taken, order = set(done), list(STEPS)
    if taken & {"published", *COPIES}:
        return next((step for step in ("published", *COPIES) if step not in taken), "")
    return order[max((order.index(step) + 1 for step in taken), default=0)]


@dataclass(frozen=True)
class Clock:
    """The section 55 clock of a report: the last day, which day of the 56 today or, once comments were published, that day is (0
    before the first, beyond 56 after the last), and by how many days that is late."""

    last_day: date
    day: int
    days_late: int
    is_answered: bool


def clock_on(today: date, published_on: date, answered_on: date | None) -> Clock:
    """The clock as it is on a day, with the day on which comments were published, if they were."""
    last, until = last_day(published_on), answered_on or today
    return Clock(last, max((until - published_on).days + 1, 0), max((until - last).days, 0), answered_on is not None)
