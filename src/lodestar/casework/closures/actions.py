"""Recording the status of a case, asking that it is closed and deciding that, outcomes, and the victim's right to review."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.queries import who_to_tell
from lodestar.casework.closures.models import CaseStatus, ClosingRequest, CrimeOutcome, RightToReview
from lodestar.casework.closures.queries import open_obligations, open_points, refusals, statuses_of
from lodestar.casework.closures.rules import (
    CASE,
    DECIDED,
    NO_FURTHER_ACTION,
    OUTCOME,
    RESULTS,
    WAITS,
    outcome_kinds,
    point_name,
    right_due,
)
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger import ledger
from lodestar.casework.safe_addresses.actions import contact_made
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import set_number
from lodestar.platform.approvals.access import may_decide
from lodestar.platform.approvals.actions import CannotDecide, decide
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date

Outcomes = Sequence[Mapping[str, str]]  # crime (empty: the case), code, on


class NotAuthorised(Exception):
    """What nobody can authorise now: `refused` says why, `unexplained` which open points have no reason."""

    def __init__(self, refused: Sequence[str] = (), unexplained: Sequence[str] = ()) -> None:
        super().__init__(". ".join([*refused, *unexplained]))
        self.refused, self.unexplained = refused, unexplained


class SamePerson(Exception):
    """A review is decided by a detective inspector who did not decide the closing."""


def set_status(*, by: Member, at: datetime, case: Case, status: str, reason: str = "", why: str = "") -> CaseStatus:
    """Records that a case has a status from `at`. Opening it again needs a reason of the list."""
    row = CaseStatus.objects.create(
        case=case, status=status, at=at, reason=reason, why=why, recorded_at=timezone.now(), by_id=by.user
    )
    audit("closures.status_set", by=by, at=at, case=case.id, subject=str(row.id), fields=["status"])
    return row


def ask_closing(
    *, by: Member, at: datetime, case: Case, scope: str, outcomes: Outcomes, reason: str, answers: Mapping[str, Any],
    version: str, person: Person | None = None, happened: bool = False,
) -> ClosingRequest:  # fmt: skip
    """Asks a detective inspector to close a case, or to agree to no further action for a person. Where it `happened` by `at`, in
    another system or without anybody deciding, it is recorded all the same, counted, and due for a look at once. Raises
    ConcurrentEdit while another request of the case waits."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="closures.asked") as (locked,):
        if not happened and ClosingRequest.objects.filter(case=case, decided_at__isnull=True, happened_without=False).exists():
            raise ConcurrentEdit
        row = ClosingRequest.objects.create(
            case=case, scope=scope, person=person, outcomes=json.dumps([*outcomes]), reason=reason, version=version,
            answers=json.dumps(answers, ensure_ascii=False), happened_without=happened, asked_at=timezone.now(),
            asked_by_id=by.user,
        )  # fmt: skip
        audit("closures.happened_without" if happened else "closures.asked", by=by, at=at, **row.logged())
        if scope == CASE:
            record_event(by=by, at=at, case=case, kind="closing_proposed")
            if happened:
                _carry_out(by, at, row)
            else:
                set_status(by=by, at=at, case=case, status="closing_asked")
        notify(to=who_to_tell(locked, Permission.CASE_CLOSE), kind=WAITS, by=by, at=row.asked_at, case=case.id)
    return row


def decide_closing(
    *, by: Member, at: datetime, row: ClosingRequest, approved: bool, because: str, reasons: Mapping[str, str]
) -> None:
    """Decides what was asked, by a detective inspector who did not ask. A yes needs a reason for each open point. Raises
    CannotDecide, and NotAuthorised for a yes that nobody can give: with section 45 of the Modern Slavery Act 2015 open, without
    the review of a no further action, or over a charge that no outcome names."""
    if not may_decide(by, ClosingRequest):
        raise CannotDecide
    with ledger.acting_on(row.case_id, by=by.user, at=at, code="closures.decided") as (case,):
        explained = _authorise(case, row, reasons) if approved else {}
        decide(
            by=by, at=at, row=row, approved=approved, because=because, code="closures.decided",
            reasons=json.dumps(explained, ensure_ascii=False),
        )  # fmt: skip
        if row.scope == CASE and approved and not row.happened_without:
            _carry_out(by, at, row)
        elif row.scope == CASE and not approved:
            before = statuses_of(case).exclude(status="closing_asked").first()
            again = {"status": before.status if before else "investigating"}
            again = {"status": "reopened", "reason": "inspector"} if row.happened_without else again
            set_status(by=by, at=at, case=case, **again)
        notify(to=[row.asked_by_id], kind=DECIDED, by=by, at=at, case=case.id)


def _authorise(case: Case, row: ClosingRequest, reasons: Mapping[str, str]) -> dict[str, str]:
    """What was said of each open point, by its words, where nothing refuses and nothing is left unsaid. Raises NotAuthorised."""
    rows, outcomes = open_obligations(case), json.loads(str(row.outcomes))
    refused = [words for words, _ in refusals(case, rows, outcomes, row.scope, row.person_id)]
    explained = {words: reasons.get(point_name(words), "") for words, _ in open_points(row, rows)}
    unexplained = [words for words, why in explained.items() if not why]
    if refused or unexplained:
        raise NotAuthorised(refused, unexplained)
    return explained


def _carry_out(by: Member, at: datetime, row: ClosingRequest) -> None:
    """The outcomes that were proposed, the status, and for each victim the right to review where no further action is taken."""
    case, day, outcomes = row.case, london_date(at), json.loads(str(row.outcomes))
    CrimeOutcome.objects.bulk_create(
        CrimeOutcome(
            case=case, crime_id=outcome["crime"] or None, code=outcome["code"], on=date.fromisoformat(outcome["on"]),
            happened_without=row.happened_without, recorded_at=timezone.now(), by_id=by.user,
        )
        for outcome in outcomes
    )  # fmt: skip
    set_status(by=by, at=at, case=case, status="closed")
    if NO_FURTHER_ACTION in outcome_kinds(outcomes):
        RightToReview.objects.bulk_create(
            RightToReview(
                person=person, request=row, state="to_inform", owner_id=case.owner_id or row.asked_by_id,
                due_at=_right_due("to_inform", day), recorded_at=timezone.now(), recorded_by_id=by.user,
            )
            for person in case.people.filter(roles__contains=["possible_victim"])
        )  # fmt: skip


def record_outcome(
    *, by: Member, at: datetime, case: Case, crime: Crime | None, code: str, on: date, why: str, happened: bool
) -> CrimeOutcome:
    """Gives a crime an outcome code, or corrects an earlier one. Raises NotAuthorised while section 45 of the Modern Slavery Act
    2015 is open, and for no further action, which a detective inspector decides; where it has `happened` it is recorded, counted
    and due for their look at once."""
    outcome = {"crime": str(crime.id) if crime else "", "code": code, "on": on.isoformat()}
    refused = [words for words, _ in refusals(case, open_obligations(case), [outcome], OUTCOME)]
    if NO_FURTHER_ACTION in outcome_kinds([outcome]):
        refused.append("No further action is decided by a detective inspector: ask for it on the page of closing")
    if refused and not happened:
        raise NotAuthorised(refused)
    row = CrimeOutcome.objects.create(
        case=case, crime=crime, code=code, on=on, why=why, happened_without=bool(refused), recorded_at=timezone.now(),
        by_id=by.user,
    )  # fmt: skip
    audit("closures.outcome_given", by=by, at=at, case=case.id, subject=str(row.id), fields=["code", "on"])
    if refused:
        ask_closing(
            by=by, at=at, case=case, scope=OUTCOME, outcomes=[outcome], reason=why or "Given already", answers={},
            version=on.isoformat(), happened=True,
        )  # fmt: skip
    return row


def _right_due(to: str, day: date) -> datetime | None:
    names = ("inform_days", "ask_months", "decide_days")
    return right_due(to, day, **{name: set_number(f"right_to_review_{name}", day) for name in names})


def move_right(
    *, by: Member, at: datetime, row: RightToReview, to: str, seen: int, reason: str = "", because: str = "",
    without: str = "", **columns: Any,
) -> None:  # fmt: skip
    """Records the next step of a right to review. Explaining it is a contact, which their contact rule has to allow: raises
    NoContactRule where it does not and `without` does not say why. Asking opens the case again. The result is a detective
    inspector's who did not decide the closing: raises SamePerson; MoveNotAllowed and ConcurrentEdit as every move."""
    person = row.person
    if to in RESULTS and (not may_decide(by, ClosingRequest) or by.user in (row.request.decided_by_id, row.request.asked_by_id)):
        raise SamePerson
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="closures.right_moved"):
        if to == "informed" and row.state != "informed":
            contact_made(by=by, at=at, people=[person], code="victim_update", without=without)
        columns |= {"due_at": _right_due(to, london_date(at))}
        before = row.state
        move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
        if to == "asked" and before != "asked":
            set_status(by=by, at=at, case=person.case, status="reopened", reason="victim_review")
