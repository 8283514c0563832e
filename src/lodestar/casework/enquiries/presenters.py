"""Plans, lines of enquiry, the decision log, unused material and requests in words, and the two registers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils import timezone

from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import label
from lodestar.casework.enquiries.models import CaseRegisterRow, DecisionEntry, LineOfEnquiry, MaterialRequest, Plan, UnusedItem
from lodestar.casework.enquiries.queries import lines_of, plan_of, requests_seen, rows_seen
from lodestar.casework.enquiries.rules import LINE, LINES, NOTICE, UNUSED
from lodestar.casework.evidence.presenters import answer_lines
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.approvals.access import may_decide
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.when import counted, day_time, is_late
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Filter, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.registers.queries import due_rows

YES_NO = {True: "Yes", False: "No", None: "Not known"}
RECORD = Permission.INVESTIGATION_RECORD
MOST = 3  # requests to decide that a first page names, the longest waiting first


def line_name(code: str) -> str:
    """A line of enquiry."""
    return str(LINES[code]["name"])


def _rows_shown(member: Member, rows: Iterable[CaseRegisterRow]) -> None:
    """Writes down which cases stood on a list."""
    for case in sorted({row.case_id for row in rows}):
        audit("cases.viewed", by=member, at=timezone.now(), case=case, subject=member.page)


def _line_words(row: LineOfEnquiry, now: datetime) -> list[dict[str, Any]]:
    line, due = LINES[row.code], due_cell(row, now)["words"] if row.due_at else "Nothing due"
    words = {"Case": row.case.reference, "Concerns": line["concerns"], "Think of": ". ".join(line["prompts"])}
    return [{"key": key, "value": value} for key, value in (words | {"Owner": row.owner.name, "Due": due}).items()]


LINE_REGISTER = Register(
    name="lines-of-enquiry",
    title="Lines of enquiry",
    model=LineOfEnquiry,
    columns=(
        Column("Line", lambda row, now: {"words": line_name(row.code), "href": f"/lines-of-enquiry/{row.id}"}),
        Column(
            "Case", lambda row, now: {"words": row.case.reference, "href": f"/cases/{row.case.reference}/plan"}, is_of_person=True
        ),
        Column("Status", lambda row, now: LINE.states[row.state]),
        Column("Result", lambda row, now: LINE.reasons.get(row.state, {}).get(row.result, "")),
        Column("Due", due_cell),
        Column("Owner", lambda row, now: row.owner.name),
    ),
    filters=(Filter("line", "Line", "code", tuple((code, line_name(code)) for code in LINES)),),
    visible=lambda member: rows_seen(member, LineOfEnquiry),
    changes=RECORD,
    words=_line_words,
    shown=_rows_shown,
    exports=RECORD,
    exported="enquiries.lines_exported",
)


def _own_due(member: Member, until: datetime) -> list[DueItem]:
    rows = due_rows(rows_seen(member, LineOfEnquiry).filter(owner=member.user), until)
    return [
        DueItem("line_of_enquiry", f"{line_name(row.code)}, {row.case.reference}", f"/lines-of-enquiry/{row.id}", row.due_at)
        for row in rows
    ]


def _material_waits(member: Member, until: datetime) -> QuerySet[Any, Any]:
    rows = requests_seen(member).filter(decided_at__isnull=True).exclude(asked_by=member.user).order_by("asked_at", "id")
    rows = rows if may_decide(member, MaterialRequest) else rows.none()
    no_day = Cast(Value(None), DateTimeField())
    return rows.values_list(Value("material"), "id", Value(""), "person__case__reference", no_day)[:MOST]


def _material(request: UUID, _: str, reference: str, due: datetime) -> DueItem:
    return DueItem("material", f"Third-party material, {reference}", f"/material-requests/{request}")


MATERIAL = Kind(
    "material", "Third-party material to decide", "/material-requests", Permission.MATERIAL_DECIDE, _material_waits, _material
)
MY_LINES = Kind("line_of_enquiry", "Lines of enquiry", "/lines-of-enquiry", RECORD, _own_due)


UNUSED_REGISTER = Register(
    name="unused-material",
    title="Unused material",
    model=UnusedItem,
    columns=(
        Column("Case", lambda row, now: row.case.reference, is_of_person=True),
        Column("What it is", lambda row, now: {"words": str(row.what), "href": f"/unused-material/{row.id}"}),
        Column("Where it is", lambda row, now: row.where),
        Column("Relevant", lambda row, now: YES_NO[row.is_relevant]),
        Column("Sensitive", lambda row, now: YES_NO[row.is_sensitive]),
        Column("Review", lambda row, now: UNUSED.states[row.state]),
        Column("Reviewed by", lambda row, now: row.owner.name),
    ),
    filters=(Filter("case", "Case", "case__reference"),),
    visible=lambda member: rows_seen(member, UnusedItem),
    changes=RECORD,
    words=lambda row, now: answer_lines("enquiries", "unused_questions", row, row.recorded_at),
    shown=_rows_shown,
    order="recorded_at",
    exports=RECORD,
    exported="enquiries.unused_exported",
)


def plan_words(plan: Plan) -> list[dict[str, Any]]:
    """The plan of a case, but for its lines."""
    officer = plan.disclosure_officer.name if plan.disclosure_officer else "Not named yet"
    written = {"key": "Written", "value": f"{day_time(plan.written_at)}, by {plan.recorded_by.name}"}
    return [{"key": "Aim", "value": str(plan.aim)}, written, {"key": "Disclosure officer", "value": officer}]


def decision_line(row: DecisionEntry) -> dict[str, Any]:
    """One entry of the decision log, as the macro `timeline` takes it."""
    title = f"Addendum to {row.adds_to.number}: {row.decision!s}" if row.adds_to else str(row.decision)
    options = f"Options weighed: {row.options!s} " if row.options else ""
    by = f"{row.recorded_by.name}, recorded {day_time(row.recorded_at)}"
    return {"title": f"{row.number}. {title}", "by": by, "at": row.made_at, "words": f"{options}Reason: {row.reason!s}"}


def request_words(row: MaterialRequest) -> list[dict[str, Any]]:
    """One request for third-party material."""
    about = {"key": "About", "value": f"{label(row.person)}. {line_name(row.line.code)}"}
    return [about, *answer_lines("enquiries", "material_questions", row, row.asked_at, ("line",))]


def request_status(row: MaterialRequest) -> str:
    """Whether it is decided, whether it was asked for without that, and when it was sent and received."""
    decided = {None: "Waits for an inspector", True: "Approved", False: "Refused"}[row.approved]
    decided = f"Asked for without approval. {decided}" if row.happened_without else decided
    moments = (("Sent", row.sent_at), ("Received", row.received_at))
    return ". ".join([decided, *(f"{words} {day_time(at)}" for words, at in moments if at)])


def request_line(row: MaterialRequest, may_record: bool) -> list[Any]:
    """One request in the list of a case."""
    who = {"words": row.who, "href": f"/material-requests/{row.id}/sent"} if may_record else row.who
    return [label(row.person), who, line_name(row.line.code), NOTICE[row.notice], request_status(row)]


def case_lines(case: Case, member: Member, now: datetime) -> list[Row]:
    """The plan of a case and its lines, for the page of its investigation."""
    plan, lines, href = plan_of(case), lines_of(case), f"/cases/{case.reference}/plan"
    pursued = [row for row in lines if row.state == "open"]
    late = sum(row.due_at is not None and is_late(row.due_at, now) for row in pursued)
    words = f"Plan written {day_time(plan.written_at)}" if plan else "No investigation plan yet"
    return [
        Row(words, href),
        Row(f"{counted(len(pursued), 'line')} of enquiry pursued", href, late=f"{late} late" if late else ""),
        Row("Decision log", f"/cases/{case.reference}/decisions"),
    ]
