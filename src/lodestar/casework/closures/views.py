"""Pages of closings: status, closing, outcomes, what waits for a detective inspector, and the victim's right to review."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import case_for, person_for, visible_cases
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import labels
from lodestar.casework.closures import actions, forms, presenters, queries
from lodestar.casework.closures.models import ClosingRequest
from lodestar.casework.closures.rules import BY_HAND, CASE, PERSON, SCOPES, STATUSES, checklist, point_name, reasons_on
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.safe_addresses.queries import contact_gate
from lodestar.platform.accounts.access import member_of, one_or_404
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.access import may_judge, sees_why, waiting_for
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.registers.views import list_page, row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

VIEW, RECORD = Permission.INVESTIGATION_VIEW, Permission.INVESTIGATION_RECORD
MOST = 50
NO_RULE = "Agree how they may be contacted first, or say why it was made without"
NOT_YOURS = "A detective inspector who neither asked for nor decided the closing decides the review"
WAITS = "A colleague asked for a closing meanwhile: it has to be decided first"


@page(VIEW)
def status(request: HttpRequest, reference: str) -> HttpResponse:
    """The status of a case, whether a charge is recorded, its history, and the series that it belongs to. A supervisor opens it
    again and sets nothing else."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    case, reasons = case_for(member, reference, VIEW, viewed=not is_sent), reasons_on(on(now))
    may_record = member.may(RECORD) or member.may(Permission.INVESTIGATION_REVIEW)
    if is_sent and not may_record:
        raise Http404
    rows = list(queries.statuses_of(case))
    current = rows[0] if rows else None
    is_closed = current is not None and current.status == "closed"  # from there nothing but opening it again, with the reason
    only = BY_HAND if member.may(RECORD) and not is_closed else ["reopened"]

    def act(*, at: datetime | None, **answers: Any) -> None:
        actions.set_status(at=at or now, case=case, **answers)

    series = visible_cases(member).filter(operation=case.operation_id).exclude(id=case.id) if case.operation_id else ()
    return record_page(
        request, questions("closures", "status_questions"), act, heading="Case status", back=f"/cases/{case.reference}/status",
        template="closures/status.jinja",
        choices={"status": [(code, STATUSES[code]) for code in only], "reason": reasons.items()}, may_record=may_record,
        case=case, current=STATUSES[current.status] if current else "", charged_at=queries.charged_at(case),
        rows=presenters.status_lines(rows), series=series, may_name=member.may(Permission.OPERATION_NAME),
    )  # fmt: skip


@page(VIEW)
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked and decided of closing a case, and whichever comes next: asking, or a detective inspector's decision."""
    member, is_sent, done = member_of(request), request.method == "POST", False
    case = case_for(member, reference, VIEW, viewed=not is_sent)
    requests = queries.requests_of(case)
    waiting = next((row for row in reversed(requests) if row.decided_at is None), None)
    context: dict[str, Any] = {"case": case, "waiting": waiting, "points": (), "refused": (), "form": None, "decision": None}
    judges = waiting is not None and may_judge(member, waiting)
    if not judges and member.may(RECORD) and (waiting is None or waiting.happened_without):
        done = _ask(request, case, requests, context)
    elif is_sent and not judges:
        raise Http404
    if waiting is not None and not done:
        done = _decide(request, waiting, context, judges)
    if done:
        return redirect("case-closing", case.reference)
    crimes = context.get("crimes") or queries.crimes_of(case)
    numbers = {key: f"crime {crime.number}" for key, crime in crimes.items()}
    shown = [presenters.request_words(row, numbers) | {"sees_why": sees_why(member, row)} for row in requests]
    return render(request, "closures/closing.jinja", context | {"requests": shown}, status=422 if is_sent else 200)


def _decide(request: HttpRequest, row: ClosingRequest, context: dict[str, Any], judges: bool) -> bool:
    """What waits, with what is open and what refuses, and for who `judges` the decision: whether it was taken. What is open is
    read by the action, and again where it refuses."""
    unexplained: Sequence[str] = ()
    names = [name for name in request.POST if name.startswith("point_")]
    form = forms.ClosingDecision(submitted_or_draft(request), auto_id="%s", points=names) if judges else None
    if form is not None and request.method == "POST" and form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        decision = {"approved": answers["approved"] == "yes", "because": answers["because"], "reasons": form.reasons()}
        try:
            actions.decide_closing(by=member_of(request), at=now, row=row, **decision)
            return True
        except CannotDecide:
            form.add_error(None, "It is already decided")
        except actions.NotAuthorised as refusal:
            for words in refusal.refused:
                form.add_error("approved", f"Cannot be authorised. {words}")
            unexplained = refusal.unexplained
    rows = queries.open_obligations(row.case)
    points = queries.open_points(row, rows)
    if form is not None:
        form.ask([point_name(words) for words, _ in points])
        for words in unexplained:
            form.add_error(point_name(words), f"Say why this does not stop it: {words}")
    context |= {
        "refused": queries.refusals(row.case, rows, json.loads(str(row.outcomes)), row.scope, row.person_id),
        "points": [(*line, form[point_name(line[0])] if form else None) for line in points],
        "decision": form,
    }
    return False


def _ask(request: HttpRequest, case: Case, requests: Sequence[ClosingRequest], context: dict[str, Any]) -> bool:
    """Asking: whether it was asked. What was answered the last time is filled in."""
    now, day, crimes = timezone.now(), on(timezone.now()), queries.crimes_of(case)
    asked = checklist(day)
    lines = queries.open_in_records(case, queries.open_obligations(case))
    last = json.loads(str(requests[0].answers)) if requests else {}
    people = {str(person.id): person for person in case.people.order_by("number")}
    suspected = [(str(key), words) for key, words in labels(people.values()).items() if "suspect" in people[str(key)].roles]
    of_crimes = [(key, f"crime {crime.number}") for key, crime in crimes.items()] or [("", "the case")]
    form = forms.ClosingForm(
        submitted_or_draft(request),
        auto_id="%s",
        asked=asked,
        initial={code: each for code, each in last.items() if each != "open"},
        people=suspected,
        crimes=of_crimes,
        day=day,
    )
    context |= {
        "form": form,
        "asked": asked,
        "crimes": crimes,
        "codes": forms.code_choices(day),
        "outcome_fields": [(form[f"outcome_{n}"], form[f"on_{n}"]) for n in range(len(of_crimes))],
    }
    context["points"] = [(*line, None) for line in lines]
    if request.method != "POST" or not form.is_valid():
        return False
    answers, is_case = form.cleaned_data, form.cleaned_data["scope"] == CASE
    at = at_and_words(answers["closed_at"], now)[0] if answers["happened"] else now
    of_case: dict[str, Any] = {"outcomes": [], "answers": {}}
    of_case |= {"outcomes": form.outcomes(day), "answers": form.answers()} if is_case else {}
    try:
        actions.ask_closing(
            by=member_of(request), at=at, case=case, scope=CASE if is_case else PERSON, person=people.get(answers["scope"]),
            reason=answers["rationale"], version=asked.version, happened=answers["happened"], **of_case,
        )  # fmt: skip
        return True
    except ConcurrentEdit:
        form.add_error(None, WAITS)
        return False


@page(Permission.CASE_CLOSE, only="GET")
def closings(request: HttpRequest) -> HttpResponse:
    """What waits for the member's decision, the oldest first, and how many were closed without one."""
    member = member_of(request)
    seen = queries.requests_seen(member)
    rows = waiting_for(member, seen, MOST + 1)
    context = {
        "rows": [(row, SCOPES[row.scope]) for row in rows[:MOST]],
        "more": len(rows) > MOST,
        "without": seen.filter(happened_without=True).count(),
    }
    return render(request, "closures/closings.jinja", context)


@page(VIEW)
def outcomes(request: HttpRequest, reference: str) -> HttpResponse:
    """The outcome of each crime with its history, what was charged, and the rights to review; giving an outcome, or correcting
    one."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    case = case_for(member, reference, VIEW, viewed=not is_sent)
    if is_sent and not member.may(RECORD):
        raise Http404
    crimes, columns = queries.crimes_of(case), presenters.RIGHTS.columns

    def act(*, crime: str, given_on: str, happened: list[str], **answers: Any) -> None:
        day = date.fromisoformat(given_on) if given_on else on(now)
        actions.record_outcome(at=now, case=case, crime=crimes.get(crime), on=day, happened=bool(happened), **answers)

    rights = queries.rights_seen(member).filter(person__case=case).order_by("recorded_at", "id")
    return record_page(
        request, questions("closures", "outcome_questions"), act, heading="Outcomes", back=f"/cases/{case.reference}/outcomes",
        template="closures/outcomes.jinja", refusals={actions.NotAuthorised: ("code", "")}, case=case,
        choices={"crime": [(key, crime.number) for key, crime in crimes.items()], "code": forms.code_choices(on(now))},
        initial={"crime": next(iter(crimes), "")}, rows=presenters.outcome_lines(queries.outcomes_of(case)),
        charged_at=queries.charged_at(case), headings=[column.heading for column in columns],
        rights=[[column.cell(row, now) for column in columns] for row in rights], may_record=member.may(RECORD),
    )  # fmt: skip


@page(VIEW, only="GET")
def reviews(request: HttpRequest) -> HttpResponse:
    """The rights to review of victims in the cases that the member sees."""
    return list_page(request, presenters.RIGHTS)


@page(VIEW)
def review(request: HttpRequest, right_id: UUID) -> HttpResponse:
    """One right to review, its history, and its next step."""
    member = member_of(request)
    row = one_or_404(queries.rights_seen(member).filter(id=right_id))
    row.person = person_for(member, row.person_id, VIEW, viewed=request.method != "POST")
    return row_page(
        request, presenters.RIGHTS, row, actions.move_right, back=reverse("case-outcomes", args=[row.person.case.reference]),
        form_class=forms.RightForm, template="closures/review.jinja", more={"gate": contact_gate(row.person)},
        refusals={NoContactRule: ("without", NO_RULE), actions.SamePerson: ("to", NOT_YOURS)},
    )  # fmt: skip
