"""Named reads of closings: the status of a case and what records say of it, what is open before it is closed, what refuses."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, Case
from lodestar.casework.closures.models import CaseStatus, ClosingRequest, CrimeOutcome, RightMove, RightToReview
from lodestar.casework.closures.rules import (
    CASE,
    CHARGE,
    NAMED,
    NO_FURTHER_ACTION,
    OUTCOME,
    PERSON,
    REVIEW,
    RIGHT,
    SECTION45,
    STATUSES,
    checklist,
    codes_on,
    outcome_kinds,
    unsettled,
)
from lodestar.casework.contact_promises import queries as contact_promises
from lodestar.casework.court_orders import queries as court_orders
from lodestar.casework.enquiries import queries as enquiries
from lodestar.casework.evidence import queries as evidence
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.casework.prosecutions import queries as prosecutions
from lodestar.casework.section45.models import OutcomeRecorded
from lodestar.casework.suspects import queries as suspects
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.obligations import obligation_rows

Line = tuple[str, str]  # words, and the address where it is done


def statuses_of(case: Case) -> QuerySet[CaseStatus]:
    """The statuses that a case had, the latest written first."""
    return CaseStatus.objects.filter(case=case).select_related("by").order_by("-recorded_at", "-id")


def status_of(case: Case) -> CaseStatus | None:
    """The status that a case has now; None where nobody has recorded one."""
    return statuses_of(case).first()


def is_closed(case: str) -> Q:
    """Return the condition that the case in a column of a query is closed."""
    latest = CaseStatus.objects.filter(case=OuterRef("case")).order_by("-recorded_at", "-id").values("id")[:1]
    return Q(Exists(CaseStatus.objects.filter(case=OuterRef(case), status="closed", id=Subquery(latest))))


def charged_at(case: Case) -> datetime | None:
    """When somebody of a case was charged, or before a court, the last time that it was recorded; None where nobody was."""
    outcomes = OutcomeRecorded.objects.filter(offence__person__case=case, kind__in=["charge", "plea", "hearing"])
    events = CaseEvent.objects.filter(case=case, kind="suspect_charged", taken_back_at__isnull=True)
    times = outcomes.values_list("at", flat=True).union(events.values_list("happened_at", flat=True))
    return max(times, default=None)


def is_unreviewed(case: Case) -> bool:
    """Whether an act of a case is at no further action that no detective inspector has reviewed."""
    reviewed = ClosingRequest.objects.filter(case=case, scope=PERSON, approved=True).values("person")
    return AllegedOffence.objects.filter(person__case=case, stage=NO_FURTHER_ACTION).exclude(person__in=reviewed).exists()


# --- before a case is closed -----------------------------------------------------------------------------------------------


def open_obligations(case: Case) -> list[Obligation]:
    """What is to do in a case now, but for the review that a decision on closing is."""
    rows = Obligation.objects.filter(case=case, state="open", opens_at__lte=timezone.now()).exclude(code=REVIEW)
    return list(rows.order_by("code", "id"))


# What is asked of each app before a case is closed, beside the ledger; an app between this one and the ledger has its line here.
CHECKS: tuple[Callable[[Case], list[Line]], ...] = (
    enquiries.open_for_closing,
    evidence.open_for_closing,
    prosecutions.open_for_closing,
    suspects.open_for_closing,
    contact_promises.open_for_closing,
    court_orders.open_for_closing,
)


def open_in_records(case: Case, rows: Sequence[Obligation]) -> list[Line]:
    """What the records of a case show as open before it is closed: of what is to do (`rows`) what matters most one by one and the
    rest as a number; and what each app says. Section 45 of the Modern Slavery Act 2015 refuses besides."""
    rows = [row for row in rows if row.code not in SECTION45]
    lines = [(obligation_rows()[row.code][-1].title, f"/owed/{row.id}") for row in rows if row.code in NAMED]
    others = len(rows) - len(lines)
    lines += [(f"Other tasks still to do: {others}", f"/cases/{case.reference}/owed")] if others else []
    return lines + [line for check in CHECKS for line in check(case)]


def open_points(row: ClosingRequest, rows: Sequence[Obligation]) -> list[Line]:
    """What is open before a case is closed: points of the checklist, and what the records show. A detective inspector says of
    each why it does not stop the closing. No further action for one person asks for none of it."""
    if row.scope != CASE:
        return []
    asked = checklist(date.fromisoformat(row.version))
    points = [(words, "") for words in unsettled(asked, json.loads(str(row.answers)))]
    return points + open_in_records(row.case, rows)


def refusals(
    case: Case, rows: Sequence[Obligation], outcomes: Sequence[Mapping[str, str]], scope: str, person: UUID | None = None
) -> list[Line]:
    """What nobody can authorise: an outcome while section 45 of the Modern Slavery Act 2015 is open, the closing of a case with
    an act at no further action that no detective inspector has reviewed, and one that says nothing of a charge."""
    rows = [row for row in rows if row.code in SECTION45 and person in (None, row.person_id)]
    lines = [(obligation_rows()[row.code][-1].title, f"/owed/{row.id}") for row in rows]
    if scope != CASE:
        return lines
    if is_unreviewed(case):
        lines.append(("No further action without a detective inspector’s review", f"/cases/{case.reference}/closing"))
    if charged_at(case) and CHARGE not in outcome_kinds(outcomes):
        given = [{"code": each.code, "on": each.on.isoformat()} for each in outcomes_of(case)]
        if CHARGE not in outcome_kinds(given):
            lines.append(("A charge is recorded and no outcome says so", f"/cases/{case.reference}/outcomes"))
    return lines


def requests_of(case: Case) -> list[ClosingRequest]:
    """What was asked of a case, the latest first."""
    rows = ClosingRequest.objects.filter(case=case).select_related("case", "person", "asked_by", "decided_by")
    return list(rows.order_by("-asked_at", "-id"))


def requests_seen(member: Member) -> QuerySet[ClosingRequest]:
    """What was asked of the cases that the member sees."""
    return ClosingRequest.objects.select_related("case", "person", "asked_by").filter(visible(member, "case__"))


# --- outcomes and rights -----------------------------------------------------------------------------------------------------


def outcomes_of(case: Case) -> list[CrimeOutcome]:
    """Every outcome given in a case, the latest first: of each crime the first of these counts."""
    rows = CrimeOutcome.objects.filter(case=case).select_related("crime", "by")
    return list(rows.order_by("-recorded_at", "-id"))


def crimes_of(case: Case) -> dict[str, Crime]:
    """The crimes recorded in a case by id, the first written first."""
    rows = Crime.objects.filter(person__case=case, kind="recorded").order_by("recorded_at", "id")
    return {str(row.id): row for row in rows}


def rights_seen(member: Member) -> QuerySet[RightToReview]:
    """The rights to review of victims in the cases that the member sees."""
    rows = RightToReview.objects.select_related("person__case", "request", "owner")
    return rows.filter(visible(member, "person__case__"))


# --- for other apps ------------------------------------------------------------------------------------------------------------


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """What a detective inspector decided, for the query of the answers: it reviews everybody of the case, or the one person,
    until it is asked again."""
    again = ClosingRequest.objects.filter(case=OuterRef("case"), decided_at__isnull=True, asked_at__gt=OuterRef("asked_at"))
    again = again.filter(Q(scope=CASE) | Q(person=OuterRef("person")))
    rows = ClosingRequest.objects.filter(~Exists(again), case__in=cases, decided_at__isnull=False).exclude(scope=OUTCOME)
    rows = rows.filter(Q(person__isnull=True) | Q(person=F("case__people")))
    return rows.values_list(
        "decided_at", as_text("case_id"), as_text("case__people__id"), Value(REVIEW), Value(""), Value(""), Value("done"),
        F("decided_at"), Value(""), as_text("decided_by_id"), as_text("id"), Value(ROW),
    )  # fmt: skip


def timeline_rows(case: Case) -> list[tuple[datetime, str, str, str]]:
    """Statuses, outcomes and reviews of a case: when, kind, words, address."""
    page = f"/cases/{case.reference}"
    statuses = CaseStatus.objects.filter(case=case).values_list("at", "status")
    rights = RightMove.objects.filter(row__person__case=case).values_list("moved_at", "after", "row")
    return [
        *((at, "decision", f"Status: {STATUSES[status].lower()}", f"{page}/status") for at, status in statuses),
        *(
            (row.recorded_at, "decision", f"Outcome {row.code}: {codes_on(row.on)[row.code]['name']}", f"{page}/outcomes")
            for row in outcomes_of(case)
        ),
        *((at, "contact", f"Right to review: {RIGHT.states[to].lower()}", f"/reviews/{row}") for at, to, row in rights),
    ]
