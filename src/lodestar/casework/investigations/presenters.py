"""Crimes and reviews, in words."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.models import Crime, Review
from lodestar.casework.investigations.queries import crime_numbers_in, review_owed
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import due_at, moment
from lodestar.platform.design.words import shortened

LONGEST_WHY = 60  # characters of a reason beside others


def at_words(at: datetime, words: str, now: datetime) -> str:
    """When something happened; where only part of the time was typed, what was typed."""
    return f"{words}, time not recorded" if words else moment(at, now)


NO_NUMBER = {"not_possible": "not yet", "not_needed": "none is needed"}


def crime_in_short(row: Crime) -> str:
    """The number, or that there is none and why, on one line."""
    return row.number or f"{NO_NUMBER[row.kind]}: {shortened(row.why_not, LONGEST_WHY)}"


def crime(row: Crime, user: UUID, now: datetime) -> dict[str, Any]:
    """A crime number or a reason, and who wrote it when."""
    by = "you" if row.by_id == user else row.by.name
    at = at_words(row.at, row.at_words, now)
    if row.kind == "recorded":
        return {"words": row.number, "meta": f"Recorded {at}, written here by {by}.", "answer": ""}
    reason = NO_NUMBER[row.kind]
    return {"words": f"{reason[0].upper()}{reason[1:]}: {row.why_not}", "meta": f"{at}, by {by}.", "answer": ""}


def reviewed(row: Review, user: UUID, now: datetime, answer: ObligationAnswer | None = None) -> dict[str, Any]:
    """A review: what it directed, whom, which of the reviews owed it answered, and the answer to its directions."""
    by = "you" if row.by_id == user else row.by.name
    to = f" To {row.to.name}." if row.to else ""
    which = f" The review of {', '.join(row.moments)}." if row.moments else " In addition to those due."
    meta = f"Review {row.number}, {at_words(row.at, row.at_words, now)}, by {by}.{to}{which}"
    said = (answer.record_words or answer.because) if answer else ""
    answer_text = f"{answer.by.name}, {moment(answer.happened_at, now)}: {said}" if answer else ""
    not_yet = " (not possible yet)" if answer and answer.kind != "done" else ""
    return {"words": row.directions, "meta": meta, "answer": f"{answer_text}{not_yet}"}


def wanted(rows: Sequence[Obligation], now: datetime) -> Sequence[Obligation]:
    """What is open by now of what is owed, the soonest due first; without a clock last."""
    opened = [row for row in rows if row.opens_at <= now]
    return sorted(opened, key=lambda row: (row.due_at is None, row.due_at or now, row.moment))


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """Reviews and crimes, for the hub of the investigation. Two queries."""
    href = f"/cases/{case.reference}/review" if member.may(Permission.INVESTIGATION_REVIEW) else ""
    due = next((row.due_at for row in review_owed(case) if row.due_at), None)
    late = moment(due, now) if due and due < now else ""
    reviews = Row("Reviews and directions", href=href, late=late, side=due_at(due, now) if due and not late else "")
    numbers = dict(crime_numbers_in(case.id))
    return [reviews, Row(f"Crimes recorded: {len(numbers)}")]
