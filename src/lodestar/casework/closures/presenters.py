"""Closings in words: a request with its checklist, outcomes, the register of rights, the lines of a case, what is due."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.access import people_shown
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import label
from lodestar.casework.closures import queries
from lodestar.casework.closures.models import CaseStatus, ClosingRequest, CrimeOutcome, RightToReview
from lodestar.casework.closures.rules import HOW, RIGHT, SCOPES, STATUSES, checklist, codes_on, reasons_on
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import DETECTIVE_INSPECTORS, Permission
from lodestar.platform.design.when import day, day_time
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.registers.queries import due_rows


def outcome_words(code: str, on: date) -> str:
    """An outcome as people read it: its code, its name and its day."""
    return f"{code}: {codes_on(on).get(code, {}).get('name', '')}, {day(on)}"


def status_lines(rows: Sequence[CaseStatus]) -> list[dict[str, Any]]:
    """The statuses that a case had, as the macro `timeline` takes them."""
    return [
        {
            "title": STATUSES[row.status],
            "by": row.by.name,
            "at": row.at,
            "words": ". ".join(filter(None, (reasons_on(row.at.date()).get(row.reason, ""), str(row.why)))),
        }
        for row in rows
    ]


def outcome_lines(rows: Sequence[CrimeOutcome]) -> list[list[Any]]:
    """The cells of each outcome, the one that counts of a crime first."""
    lines, latest = [], {row.crime_id: row for row in reversed(rows)}
    for row in rows:
        state = {"words": "Current" if latest[row.crime_id] is row else "Corrected since"}
        state |= {"tag": "Without authority", "colour": "red"} if row.happened_without else {}
        crime, by = row.crime.number if row.crime else "The case", f"{row.by.name}, {day_time(row.recorded_at)}"
        lines.append([crime, outcome_words(row.code, row.on), state, by, row.why])
    return lines


def request_words(row: ClosingRequest, crimes: Mapping[str, str]) -> dict[str, Any]:
    """What was asked, with its outcomes, its checklist, and what was said of open points."""
    answers, reasons = json.loads(str(row.answers)), json.loads(str(row.reasons) or "{}")
    questions = checklist(date.fromisoformat(row.version)).questions if answers else ()
    given = [
        f"{crimes.get(each['crime'], 'the case')}, {outcome_words(each['code'], date.fromisoformat(each['on']))}"
        for each in json.loads(str(row.outcomes))
    ]
    decided = {True: "Authorised", False: "Refused", None: "Waits for a detective inspector"}[row.approved]
    return {
        "row": row,
        "title": SCOPES[row.scope] + (f": {label(row.person)}" if row.person else ""),
        "state": decided,
        "outcomes": given,
        "points": [
            {
                "key": each.words,
                "value": ": ".join(filter(None, (each.in_words(answers) or "Not answered", answers.get(f"{each.code}_note")))),
            }
            for each in questions
            if each.kind == "choice"
        ],
        "reasons": [{"key": words, "value": why} for words, why in reasons.items()],
    }


def _right_words(row: RightToReview, now: datetime) -> list[dict[str, Any]]:
    pairs = (
        ("Victim", label(row.person)),
        ("Closing", f"Decided {day_time(row.request.decided_at)}" if row.request.decided_at else "Not decided yet"),
        ("Explained", dict(HOW).get(row.informed_how, "")),
        ("Owner", row.owner.name),
        ("Next step by", f"{due_cell(row, now).get('words', '')} (time limit unconfirmed)" if row.due_at else ""),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


RIGHTS = Register(
    name="reviews",
    title="Victims’ right to review",
    model=RightToReview,
    columns=(
        Column("Status", lambda row, now: {"words": RIGHT.states[row.state], "href": f"/reviews/{row.id}"}),
        Column("Victim", lambda row, now: label(row.person), is_exported=False),
        Column("Case", lambda row, now: f"{row.person.case.reference}, person {row.person.number}"),
        Column("Next step", due_cell),
        Column("Owner", lambda row, now: row.owner.name),
    ),
    filters=(),
    visible=queries.rights_seen,
    changes=Permission.INVESTIGATION_RECORD,
    words=_right_words,
    shown=lambda member, rows: people_shown(member, [row.person_id for row in rows]),
)


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """The status of a case and what waits, for the page of its investigation."""
    current, page = queries.status_of(case), f"/cases/{case.reference}"
    waiting = [row for row in queries.requests_of(case) if row.decided_at is None]
    status = STATUSES[current.status] if current else "Not recorded yet"
    without = {"tag": "Already done", "colour": "red"} if any(row.happened_without for row in waiting) else {}
    return [
        Row(f"Status: {status}", f"{page}/status", f"since {day(current.at)}" if current else ""),
        Row("Closing", f"{page}/closing", "Waits for a detective inspector" if waiting else "", **without),
        Row("Outcomes", f"{page}/outcomes"),
    ]


def _closings(member: Member, until: datetime) -> Iterator[DueItem]:
    """What waits for a detective inspector; what has happened already is due since it was recorded."""
    rows = queries.requests_seen(member).filter(decided_at__isnull=True).exclude(asked_by=member.user)
    for row in rows.order_by("asked_at") if member.rank in DETECTIVE_INSPECTORS else ():
        due_at = row.asked_at if row.happened_without else None
        yield DueItem("closing", f"{SCOPES[row.scope]}, {row.case.reference}", f"/cases/{row.case.reference}/closing", due_at)


def _rights(member: Member, until: datetime) -> Iterator[DueItem]:
    """The rights to review that are the member’s to take on; those to decide are of every detective inspector who did not decide
    the closing."""
    theirs = Q(owner=member.user)
    if member.rank in DETECTIVE_INSPECTORS:
        theirs |= Q(state="asked") & ~Q(request__decided_by=member.user)
    for row in due_rows(queries.rights_seen(member).filter(theirs), until):
        yield DueItem(
            "right_to_review", f"{RIGHT.states[row.state]}, {row.person.case.reference}", f"/reviews/{row.id}", row.due_at
        )


DUE = (
    Kind("closing", "Closings to decide", "/closings", Permission.CASE_CLOSE, _closings),
    Kind("right_to_review", "Rights to review", "/reviews", Permission.INVESTIGATION_RECORD, _rights),
)
