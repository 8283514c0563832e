"""Who has a case, crimes and reviews, in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.models import Allocation, Crime, Review
from lodestar.casework.investigations.queries import Detective
from lodestar.casework.investigations.rules import policies
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.presenters import place_words
from lodestar.casework.ledger.queries.waiting_for_owner import Gravity
from lodestar.platform.design.when import ago, counted, day_time, moment
from lodestar.platform.design.words import shortened
from lodestar.platform.time.days import london_date

LONGEST_WHY = 60  # characters of a reason beside others
SKILLS = {
    "": "no detective’s accreditation",
    "trainee_detective": "trainee detective",
    "pip2": "PIP2",
    "pip3": "PIP3",
    "pip4": "PIP4",
}


@dataclass(frozen=True)
class Holding:
    """Who has the case now: one sentence, and what follows. `is_wanting` says that a PIP2 owner is wanted now."""

    words: str
    then: str
    is_wanting: bool


def _at(at: datetime, words: str, now: datetime) -> str:
    return f"{words}, time not recorded" if words else moment(at, now)


def holding(case: Case, rows: Sequence[Allocation], now: datetime) -> Holding:
    """Who has the case. `rows` are its allocations, the latest first."""
    if not rows:
        since = moment(case.recorded_at, now)
        return Holding(f"{case.interim_owner.name} has been acting case owner since {since}.", "Not allocated yet.", True)
    row = rows[0]
    since = _at(row.at, row.at_words, now)
    if row.kind == "pip2":
        return Holding(f"{row.owner.name} ({SKILLS[row.skill]}) has it since {since}.", "", False)
    if row.kind == "happened_without":
        words = f"{row.owner.name} has it since {since}, and was not recorded as PIP2 that day."
        return Holding(words, "It needs a PIP2 detective now.", True)
    ends = row.expires_at or row.at
    by = row.authorised_by.name if row.authorised_by else "a detective inspector"
    if ends > now:
        words = f"{row.owner.name} has it by {by}’s authority until {moment(ends, now)}."
        return Holding(words, "Then it needs a PIP2 detective again.", False)
    words = f"{row.owner.name} had it by {by}’s authority, which ended {moment(ends, now)}, {ago(ends, now)}."
    return Holding(words, "It needs a PIP2 detective now.", True)


def given(row: Allocation, user: UUID, now: datetime) -> dict[str, Any]:
    """One allocation in words."""
    by = "you" if row.by_id == user else row.by.name
    skill = SKILLS.get(row.skill, row.skill)
    recorded = f", recorded {moment(row.recorded_at, now)}" if (row.recorded_at - row.at).total_seconds() > 60 else ""
    words = [f"{skill[0].upper()}{skill[1:]} that day. By {by}{recorded}."]
    if row.kind == "authority" and row.expires_at:
        words.append(f"A detective inspector’s authority until {day_time(row.expires_at)}.")
    if row.supervised_by:
        words.append(f"Supervised by {row.supervised_by.name}.")
    if row.reason:
        words.append(f"Why: {row.reason}")
    if row.kind != "pip2":
        words.append(policies_words(row))
    look = {"authority": "By authority", "happened_without": "Went ahead without"}.get(row.kind, "")
    return {"title": row.owner.name, "when": _at(row.at, row.at_words, now), "words": words, "needs_a_look": look}


def policies_words(row: Allocation) -> str:
    """Which of the dated policies was met and which was not, each by its own name."""
    return " ".join(
        f"{policy['name']} ({policy['words']}): {'met' if policy['code'] in row.meets else 'not met'}."
        for policy in policies(london_date(row.at))
    )


def policy_lines(now: datetime) -> list[str]:
    """The policies of today, for the side of the page."""
    return [f"{policy['name']}: {policy['words']}." for policy in policies(london_date(now))]


def choices(people: Sequence[Detective]) -> list[tuple[str, str]]:
    """People as a list to choose from."""
    return [(str(detective.user), detective.name) for detective in people]


def hints(people: Sequence[Detective], everybody: Sequence[Detective], on_shift: Collection[UUID]) -> dict[str, str]:
    """What stands below each: their skill, unit, whether they are on duty, how much they have, and whether that is far more than
    what most of `everybody` have: a load for balance, never a ranking."""
    usual = median(detective.cases for detective in everybody) if everybody else 0
    return {
        str(detective.user): " ".join(
            [
                f"{_skills(detective)}{detective.unit}.",
                "On duty now." if detective.user in on_shift else "Not on duty.",
                _cases(detective.cases),
                *([f"Far more than most, who have about {int(usual)}."] if is_far_more(detective.cases, usual) else []),
            ]
        )
        for detective in people
    }


def is_far_more(cases: int, usual: float) -> bool:
    """Whether somebody has twice as many open cases as most, and at least five more."""
    return cases >= 2 * usual and cases >= usual + 5


def gravity(of: Gravity) -> str:
    """What is grave in a case, in one line: `2 possible victims. 2 children. 2 arrested or in custody`."""
    parts = [counted(of.victims, "possible victim")]
    if of.children:
        parts.append("1 child, or may be" if of.children == 1 else f"{of.children} children, or may be")
    if of.held:
        parts.append(f"{of.held} arrested or in custody")
    if of.is_still_exploited:
        parts.append("still exploited")
    return ". ".join(f"{part[0].upper()}{part[1:]}" for part in parts)


def to_allocate(rows: Sequence[tuple[Obligation, Gravity]]) -> list[dict[str, Any]]:
    """Cases that wait for a detective, a card for each."""
    return [
        {
            "reference": row.case.reference,
            "place": place_words(row.case) or "Place not recorded",
            "gravity": gravity(grave),
            "is_grave": grave.is_grave,
            "due": row.due_at,
        }
        for row, grave in rows
    ]


def _skills(detective: Detective) -> str:
    skill_names = [SKILLS[skill] for skill in ("trainee_detective", "pip2", "pip3", "pip4") if skill in detective.skills]
    return f"{skill_names[-1][0].upper()}{skill_names[-1][1:]}. " if skill_names else ""


def _cases(number: int) -> str:
    return {0: "No open case.", 1: "One open case."}.get(number, f"{number} open cases.")


NO_NUMBER = {"not_possible": "not yet", "not_needed": "none is needed"}


def crime_in_short(row: Crime) -> str:
    """The number, or that there is none and why, on one line."""
    return row.number or f"{NO_NUMBER[row.kind]}: {shortened(row.why_not, LONGEST_WHY)}"


def crime(row: Crime, user: UUID, now: datetime) -> dict[str, Any]:
    """A crime number or a reason, and who wrote it when."""
    by = "you" if row.by_id == user else row.by.name
    at = _at(row.at, row.at_words, now)
    if row.kind == "recorded":
        return {"words": row.number, "meta": f"Recorded {at}, written here by {by}.", "answer": ""}
    reason = NO_NUMBER[row.kind]
    return {"words": f"{reason[0].upper()}{reason[1:]}: {row.why_not}", "meta": f"{at}, by {by}.", "answer": ""}


def reviewed(row: Review, user: UUID, now: datetime, answer: ObligationAnswer | None = None) -> dict[str, Any]:
    """A review: what it directed, whom, which of the reviews owed it answered, and the answer to its directions."""
    by = "you" if row.by_id == user else row.by.name
    to = f" To {row.to.name}." if row.to else ""
    which = f" The review of {', '.join(row.moments)}." if row.moments else " In addition to those due."
    meta = f"Review {row.number}, {_at(row.at, row.at_words, now)}, by {by}.{to}{which}"
    said = (answer.record_words or answer.because) if answer else ""
    answer_text = f"{answer.by.name}, {moment(answer.happened_at, now)}: {said}" if answer else ""
    not_yet = " (not possible yet)" if answer and answer.kind != "done" else ""
    return {"words": row.directions, "meta": meta, "answer": f"{answer_text}{not_yet}"}


def wanted(rows: Sequence[Obligation], now: datetime) -> Sequence[Obligation]:
    """What is open by now of what is owed, the soonest due first; without a clock last."""
    opened = [row for row in rows if row.opens_at <= now]
    return sorted(opened, key=lambda row: (row.due_at is None, row.due_at or now, row.moment))
