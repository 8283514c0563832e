"""Named reads of closings: the status of a case and what records propose, what is open before it is closed, what refuses."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import AllegedOffence, Case, FirstAccount
from lodestar.casework.closures.models import CaseStatus, ClosingRequest, CrimeOutcome, RightMove, RightToReview
from lodestar.casework.closures.rules import (
    BEFORE_CHARGE,
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
from lodestar.casework.court_orders.models import CourtOrder
from lodestar.casework.court_orders.rules import LOOKED_FOR
from lodestar.casework.decisions.models import Decision
from lodestar.casework.enquiries import queries as enquiries
from lodestar.casework.enquiries.models import LineOfEnquiry
from lodestar.casework.evidence import queries as evidence
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.compiled import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.casework.prosecutions import queries as prosecutions
from lodestar.casework.referrals.models import Referral
from lodestar.casework.section45 import queries as section45
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


@dataclass(frozen=True)
class Recorded:
    """What the records of a case say of its status: since when somebody is charged, whether the CPS has it, whether an act is at
    no further action that no detective inspector has reviewed, and what came in after a moment."""

    charged_at: datetime | None
    is_with_cps: bool
    is_unreviewed: bool
    news: Sequence[str]

    def proposed(self, current: CaseStatus | None) -> str:
        """The status that these records propose, for a person to confirm; empty where it is as they say."""
        status = current.status if current else ""
        is_later = self.charged_at is not None and current is not None and self.charged_at > current.at
        if self.charged_at and status != "before_court" and (status in BEFORE_CHARGE or is_later):
            return "before_court"
        if status == "closed":
            return "reopened" if self.news else ""
        return "with_cps" if self.is_with_cps and status in ("", "open", "investigating", "reopened") else ""


NEWS: dict[str, Callable[[datetime], Exists]] = {  # what proposes to open a closed case again; other apps add theirs
    "new_decision": lambda since: Exists(Decision.objects.filter(referral__person__case=OuterRef("pk"), filed_at__gt=since)),
    "new_account": lambda since: Exists(FirstAccount.objects.filter(person__case=OuterRef("pk"), recorded_at__gt=since)),
}


def recorded_of(case: Case, since: datetime | None) -> Recorded:
    """What the records of a case say of its status, in one query."""
    outcomes = OutcomeRecorded.objects.filter(offence__person__case=OuterRef("pk"), kind__in=["charge", "plea", "hearing"])
    events = CaseEvent.objects.filter(case=OuterRef("pk"), kind="suspect_charged", taken_back_at__isnull=True)
    offences = AllegedOffence.objects.filter(person__case=OuterRef("pk"))
    reviewed = ClosingRequest.objects.filter(case=case, scope=PERSON, approved=True).values("person")
    row = (
        Case.objects.filter(id=case.id)
        .annotate(
            outcome_at=Subquery(outcomes.order_by("-at").values("at")[:1]),
            event_at=Subquery(events.order_by("-happened_at").values("happened_at")[:1]),
            is_with_cps=Exists(offences.filter(stage="charge_decision")),
            is_unreviewed=Exists(offences.filter(stage=NO_FURTHER_ACTION).exclude(person__in=reviewed)),
            **({code: is_new(since) for code, is_new in NEWS.items()} if since else {}),
        )
        .values()
        .get()
    )
    charged_at = max(filter(None, (row["outcome_at"], row["event_at"])), default=None)
    return Recorded(charged_at, row["is_with_cps"], row["is_unreviewed"], [code for code in NEWS if row.get(code)])


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


def recorded_points(case: Case) -> dict[str, Line]:
    """The points of the checklist that the records of a case answer: what they say, and where. In one query."""
    lines = LineOfEnquiry.objects.filter(case=OuterRef("pk"))
    tasks = Obligation.objects.filter(case=OuterRef("pk"), code__in=SECTION45, state__in=["open", "closed"])
    orders = CourtOrder.objects.filter(person__case=OuterRef("pk"), kind__in=LOOKED_FOR)
    referrals, replaced = Referral.objects.filter(person__case=OuterRef("pk")), Decision.objects.filter(replaces=OuterRef("pk"))
    ended = Decision.objects.filter(~Exists(replaced), referral=OuterRef("pk"), kind__in=section45.FINAL)
    done = "line of enquiry finished, or not pursued with a reason"
    points: dict[str, tuple[str, str, QuerySet[Any], Any]] = {  # words, page, its rows, which of them leave it open
        "section45": ("every section 45 record (Modern Slavery Act 2015) that was due is done", "/cps", tasks, Q(state="open")),
        "nrm": ("every referral has the decision that ends it", "", referrals, ~Exists(ended)),
        "enquiries": ("no line of enquiry is still pursued", "/plan", lines, Q(state="open")),
        "evidence_led": (f"evidence-led {done}", "/plan", lines.filter(code="evidence_led"), Q(state="open")),
        "financial": (f"financial {done}", "/plan", lines.filter(code="financial"), Q(state="open")),
        "orders": ("an order was considered", "/orders", orders, Q(state="considered")),
    }
    answered = {code: Exists(rows) & ~Exists(rows.filter(is_open)) for code, (_, _, rows, is_open) in points.items()}
    row: Any = Case.objects.filter(id=case.id).annotate(**{f"is_{code}": each for code, each in answered.items()}).values().get()
    return {
        code: (f"Recorded: {each[0]}", f"/cases/{case.reference}{each[1]}") for code, each in points.items() if row[f"is_{code}"]
    }


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
    recorded = recorded_of(case, None)
    if recorded.is_unreviewed:
        lines.append(("No further action without a detective inspector’s review", f"/cases/{case.reference}/closing"))
    if recorded.charged_at and CHARGE not in outcome_kinds(outcomes):
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
