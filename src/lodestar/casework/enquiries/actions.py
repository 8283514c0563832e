"""Writing an investigation plan and what comes of its lines; the decision log; unused material; third-party material."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.queries import who_to_tell
from lodestar.casework.enquiries.models import DecisionEntry, LineOfEnquiry, MaterialRequest, Plan, UnusedItem
from lodestar.casework.enquiries.rules import next_look, not_considered
from lodestar.casework.ledger import ledger
from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.actions import decide
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.time.days import london_date


class NotConsidered(ValueError):
    """A plan leaves out lines of enquiry that each plan must consider; `codes` are which."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(codes)
        self.codes = codes


def write_plan(
    *, by: Member, at: datetime, case: Case, aim: str, lines: Mapping[str, str], officer: UUID | None = None
) -> Plan:  # fmt: skip
    """Writes the plan of a case, or writes it again. `lines` are new ones by their codes: with an empty reason to be pursued,
    else why not. Raises NotConsidered."""
    before = set(LineOfEnquiry.objects.filter(case=case).values_list("code", flat=True))
    if missing := not_considered(before | set(lines), london_date(at)):
        raise NotConsidered(missing)
    with ledger.acting_on(case.id, by=by.user, at=at, code="enquiries.plan_written"):
        stamp = {"case": case, "recorded_at": timezone.now(), "recorded_by_id": by.user}
        row = Plan.objects.create(written_at=at, aim=aim, disclosure_officer_id=officer, **stamp)
        due, new = next_look("open", at), [code for code in lines if code not in before]
        for line in LineOfEnquiry.objects.bulk_create(
            LineOfEnquiry(code=code, state="open", owner_id=by.user, due_at=due, **stamp) for code in new
        ):
            if lines[line.code]:
                move_line(by=by, at=at, row=line, to="not_pursued", seen=1, reason=lines[line.code])
        audit("enquiries.plan_written", by=by, at=at, case=case.id, subject=str(row.id), fields=sorted(lines))
    return row


def move_line(*, by: Member, at: datetime, row: LineOfEnquiry, to: str, seen: int, **moved: Any) -> None:
    """Records what came of a line of enquiry, or when its owner looks again. Raises MoveNotAllowed and ConcurrentEdit."""
    moved = {"due_at": next_look(to, at), "reason": ""} | moved
    move(by=by, at=at, row=row, to=to, seen=seen, result=moved["reason"], **moved)


def record_decision(*, by: Member, at: datetime, case: Case, adds_to: UUID | None = None, **words: str) -> DecisionEntry:
    """Adds an entry to the decision log of a case, or an addendum to one. Two at once get two numbers: the database refuses the
    same, and the page is done again."""
    row = DecisionEntry.objects.create(
        case=case, number=DecisionEntry.objects.filter(case=case).count() + 1, adds_to_id=adds_to, made_at=at,
        recorded_at=timezone.now(), recorded_by_id=by.user, **words,
    )  # fmt: skip
    audit("enquiries.decision_recorded", by=by, at=at, case=case.id, subject=str(row.number), fields=words)
    return row


def record_unused(*, by: Member, at: datetime, case: Case, owner: UUID, **facts: Any) -> UnusedItem:
    """Adds a row to the schedule of unused material, which `owner` reviews."""
    row = UnusedItem.objects.create(
        case=case, state="not_reviewed", owner_id=owner, recorded_at=timezone.now(), recorded_by_id=by.user, **facts
    )
    audit("enquiries.unused_recorded", by=by, at=at, fields=facts, **row.logged())
    return row


def ask_for_material(*, by: Member, at: datetime, person: Person, **asked: Any) -> MaterialRequest:
    """Asks an inspector whether somebody outside may be asked for what they hold about a person; or records that they were asked
    before anybody approved it, which is counted."""
    row = MaterialRequest.objects.create(person=person, asked_at=at, asked_by_id=by.user, **asked)
    audit("enquiries.material_asked", by=by, at=at, fields=["happened_without"] * row.happened_without, **row.logged())
    deciders = who_to_tell(person.case, MaterialRequest.decides)
    notify(to=deciders, kind="material_waits", by=by, at=at, case=person.case_id, person=person.id, subject=str(row.id))
    return row


def record_material(*, by: Member, at: datetime, row: MaterialRequest, sent_at: datetime, received_at: datetime | None) -> None:
    """Records when a request was sent and when the material came: without approval by then it is
    counted as asked for without. Raises ValueError for one that came before it was sent."""
    if received_at and received_at < sent_at:
        raise ValueError("it came before it was sent")
    row.sent_at, row.received_at = sent_at, received_at
    row.happened_without |= not row.approved or row.decided_at is None or sent_at < row.decided_at
    row.save(update_fields=["sent_at", "received_at", "happened_without"])
    audit("enquiries.material_sent", by=by, at=at, fields=["sent_at", *(["received_at"] if received_at else [])], **row.logged())


def decide_material(*, by: Member, at: datetime, row: MaterialRequest, approved: bool, because: str) -> None:
    """An inspector who did not ask approves or refuses. Raises CannotDecide."""
    code = "enquiries.material_approved" if approved else "enquiries.material_refused"
    decide(by=by, at=at, row=row, approved=approved, because=because, code=code)
