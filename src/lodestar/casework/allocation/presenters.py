"""Who has a case, who had it and who could have it, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.allocation.queries import allocations_of, unacknowledged
from lodestar.casework.allocation.rules.ranking import CIRCUMSTANCES, OVERRIDES, Ranked, policies
from lodestar.casework.allocation.rules.ranking import SKILLS as SKILL_NAMES
from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.presenters import at_words
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import place_words
from lodestar.casework.ledger.queries.waiting_for_owner import Gravity
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import ago, counted, day_time, due_at, moment
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.time.days import london_date

SKILLS = {"": "no detective’s accreditation", **SKILL_NAMES}


def holding(case: Case, rows: Sequence[Allocation], now: datetime) -> tuple[str, str, bool]:
    """Who has the case now: one sentence, what follows, and whether a PIP2 owner is wanted now. `rows` are its allocations, the
    latest first."""
    if not rows:
        since = moment(case.recorded_at, now)
        return f"{case.interim_owner.name} has been acting case owner since {since}.", "Not allocated yet.", True
    row = rows[0]
    since = at_words(row.at, row.at_words, now)
    if row.kind == "pip2":
        return f"{row.owner.name} ({SKILLS[row.skill]}) has it since {since}.", "", False
    if row.kind == "happened_without":
        words = f"{row.owner.name} has it since {since}, and was not recorded as PIP2 that day."
        return words, "It needs a PIP2 detective now.", True
    ends = row.expires_at or row.at
    by = row.authorised_by.name if row.authorised_by else "a detective inspector"
    if ends > now:
        words = f"{row.owner.name} has it by {by}’s authority until {moment(ends, now)}."
        return words, "Then it needs a PIP2 detective again.", False
    words = f"{row.owner.name} had it by {by}’s authority, which ended {moment(ends, now)}, {ago(ends, now)}."
    return words, "It needs a PIP2 detective now.", True


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
    if row.override:
        words.append(f"Not the first of the ranking: {OVERRIDES[row.override].lower()}.")
    if row.reason:
        words.append(f"Why: {row.reason}")
    if row.kind != "pip2":
        words.append(policies_words(row))
    look = {"authority": "By authority", "happened_without": "Went ahead without"}.get(row.kind, "")
    return {"title": row.owner.name, "when": at_words(row.at, row.at_words, now), "words": words, "needs_a_look": look}


def policies_words(row: Allocation) -> str:
    """Which of the dated policies was met and which was not, each by its own name."""
    return " ".join(
        f"{policy['name']} ({policy['words']}): {'met' if policy['code'] in row.meets else 'not met'}."
        for policy in policies(london_date(row.at))
    )


def hints(ranked: Sequence[Ranked]) -> dict[str, str]:
    """What is below each: their place, whether they can take it, their unit, whether they are on duty, and why or why not."""
    return {
        str(each.investigator.key): " ".join(
            [f"Number {each.rank}. {'Can' if each.can else 'Cannot'} take it.", f"{each.investigator.unit}.", *each.why]
        )
        for each in ranked
    }


def gravity(of: Gravity, circumstances: Sequence[str]) -> str:
    """What is grave in a case, and why it comes first in the queue, in one line: `2 possible victims. 2 children. Organised
    group`."""
    parts = [counted(of.victims, "possible victim")]
    if of.children:
        parts.append("1 child, or may be" if of.children == 1 else f"{of.children} children, or may be")
    if of.held:
        parts.append(f"{of.held} arrested or in custody")
    if of.is_still_exploited:
        parts.append("still exploited")
    return ". ".join([*(f"{part[0].upper()}{part[1:]}" for part in parts), *(CIRCUMSTANCES[code] for code in circumstances)])


def to_allocate(rows: Sequence[tuple[Obligation, Gravity, tuple[str, ...]]]) -> list[tuple[Obligation, bool, str, str]]:
    """Cases that wait for a detective: what is owed, whether it is grave, in which words, and where."""
    return [
        (row, grave.is_grave, gravity(grave, codes), place_words(row.case) or "Place not recorded") for row, grave, codes in rows
    ]


# --- for the hub of a case, the timeline and first pages -------------------------------------------------------------------


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """Who has the case and whether they acknowledged it, for the hub of its investigation. One query."""
    rows = allocations_of(case)
    words, _, is_wanting = holding(case, rows, now)
    href = f"/cases/{case.reference}/allocate" if member.may(Permission.CASE_ALLOCATE) else ""
    lines = [Row(words, href=href, tag="Needs a detective" if is_wanting else "", colour="orange")]
    waiting = rows[0] if rows and rows[0].acknowledge_by and not rows[0].acknowledged_at else None
    if waiting and waiting.acknowledge_by:
        is_own = waiting.owner_id == member.user
        lines.append(
            Row(
                f"Handed over to {waiting.owner.name}, not acknowledged yet",
                href=f"/cases/{case.reference}/acknowledge" if is_own else "",
                side=due_at(waiting.acknowledge_by, now),
            )
        )
    return lines


def to_acknowledge(member: Member, until: datetime) -> list[DueItem]:
    """The cases that were handed over to the member and wait for them."""
    rows = unacknowledged(owner=member.user, acknowledge_by__lt=until).filter(visible(member, "case__"))
    words = "Acknowledge the hand-over of {}"
    return [
        DueItem("handovers", words.format(row.case.reference), f"/cases/{row.case.reference}/acknowledge", row.acknowledge_by)
        for row in rows[:20]
    ]


# For investigators, whose permission SECTION45_RECORD is; others who are given a case have a notice.
KINDS = (Kind("handovers", "Cases handed over to you", "/my-cases", Permission.SECTION45_RECORD, to_acknowledge),)
