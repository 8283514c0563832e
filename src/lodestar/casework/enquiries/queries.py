"""Named reads of plans, lines of enquiry, the decision log, unused and third-party material: of a case, or as seen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case
from lodestar.casework.enquiries.models import DecisionEntry, LineOfEnquiry, MaterialRequest, Plan, UnusedItem
from lodestar.casework.enquiries.rules import LINES, PLAN
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission

AWAITED = "-"  # third-party material, among codes of lines
Of = TypeVar("Of", LineOfEnquiry, UnusedItem)


def rows_seen(member: Member, kind: type[Of]) -> QuerySet[Of]:
    """The lines of enquiry, or the unused material, of all cases that the member sees."""
    rows = kind._default_manager.select_related("case", "owner").filter(visible(member, "case__"))
    return rows if member.may(Permission.INVESTIGATION_VIEW) else rows.none()


def requests_seen(member: Member) -> QuerySet[MaterialRequest]:
    """The requests for third-party material about people of the cases that the member sees."""
    rows = MaterialRequest.objects.select_related("person__case", "line", "asked_by", "decided_by")
    return rows.filter(visible(member, "person__case__"))


def plans_of(case: Case) -> QuerySet[Plan]:
    """The plan of a case each time it was written, the latest first, which counts."""
    rows = Plan.objects.filter(case=case).select_related("recorded_by", "disclosure_officer")
    return rows.order_by("-written_at", "-recorded_at")


def plan_of(case: Case) -> Plan | None:
    """The plan of a case as it was written last."""
    return plans_of(case).first()


def lines_of(case: Case) -> list[LineOfEnquiry]:
    """The lines of enquiry of a case, in the order of the dated list."""
    order, rows = list(LINES), LineOfEnquiry.objects.filter(case=case).select_related("case", "owner")
    return sorted(rows, key=lambda row: order.index(row.code))


def decisions_of(case: Case) -> list[DecisionEntry]:
    """The decision log of a case, the latest entry first."""
    rows = DecisionEntry.objects.filter(case=case).select_related("recorded_by", "adds_to")
    return list(rows.order_by("-number"))


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """For the query of the answers: a plan closes the obligation to write one."""
    return Plan.objects.filter(case__in=cases).values_list(
        "recorded_at", as_text("case_id"), Cast(Value(None), TextField()), Value(PLAN), Value(""), Value(""), Value("done"),
        F("written_at"), Value(""), as_text("recorded_by_id"), as_text("id"), Value(ROW),
    )  # fmt: skip


def open_for_closing(case: Case) -> list[tuple[str, str]]:
    """Lines of enquiry that are still pursued, third-party material that has not come, and unused material that nobody
    reviewed."""
    lines = LineOfEnquiry.objects.filter(case=case, state="open").values_list("due_at", "id", "code")
    items = UnusedItem.objects.filter(case=case, state="not_reviewed").values_list("due_at", "id", Value(""))
    asked = MaterialRequest.objects.filter(person__case=case, sent_at__isnull=False, received_at__isnull=True)
    awaited = asked.values_list("sent_at", "id", Value(AWAITED))
    rows = list(lines.union(items, awaited, all=True).order_by("due_at", "id"))
    pursued = [
        (f"Line of enquiry still pursued: {LINES[code]['name']}", f"/lines-of-enquiry/{row}")
        for _, row, code in rows
        if code in LINES
    ]
    unused, waits = (sum(code == kind for _, _, code in rows) for kind in ("", AWAITED))
    page = f"/cases/{case.reference}/plan"
    pursued += [(f"Third-party material not received: {waits}", page)] if waits else []
    return pursued + ([(f"Unused material not reviewed: {unused}", f"/cases/{case.reference}/unused")] if unused else [])


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """Plans written and decisions of the log, by their numbers."""
    log = DecisionEntry.objects.filter(case=case).values_list("made_at", "number")
    rows = Plan.objects.filter(case=case).values_list("written_at", Value(0)).union(log, all=True)
    page = f"/cases/{case.reference}"
    return [
        (at, "decision", f"Decision {number} of the log", f"{page}/decisions")
        if number
        else (at, "event", "Investigation plan written", f"{page}/plan")
        for at, number in rows
    ]
