"""Any one thing owed: why, on what authority, and what became of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.queries import directions_of
from lodestar.casework.ledger.access import obligation_for
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.presenters import (
    Step,
    asked,
    hints,
    in_a_list,
    lines,
    may_answer,
    related_page,
    step_of,
    where_answered,
    whole_sentence,
)
from lodestar.casework.ledger.queries.obligations import answers_to, owed_alike
from lodestar.casework.ledger.queries.worklists import obligations
from lodestar.casework.safe_addresses.queries import ContactGate, contact_gates
from lodestar.casework.worklists.presenters.worklists import agreed_words, passed_words
from lodestar.directory.contacts.presenters.numbers import ABOUT, ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.knowledge.library.actions import show_at_step
from lodestar.knowledge.search.presenters import step_results
from lodestar.knowledge.search.queries.search import for_step
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.when import on
from lodestar.platform.obligations.closing_records import BY_RECORD, BY_WORD, closing_of, kinds_of
from lodestar.web.forms import Owed
from lodestar.web.presenters.history import SUPPORT_ANSWERS, recorded_answer

PASSAGES = 2


def _answers_seen(row: Obligation, member: Member) -> list[ObligationAnswer]:
    """The answers to something; of what is for support alone only one's own, for who sees no support records."""
    is_open = member.may(Permission.SUPPORT_VIEW) or row.code not in SUPPORT_ANSWERS
    return [answer for answer in answers_to(row) if is_open or answer.by_id == member.user]


@page(Permission.CASE_VIEW)
def owed(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """What is owed, and its answer by whoever it is for. Others who see the case can read it."""
    member = member_of(request)
    now = timezone.now()
    row = obligation_for(member, obligation_id, Permission.CASE_VIEW)
    member = access.as_seen(member, row)
    kinds = _kinds(row, member)
    alike = {str(other.id): other for other in owed_alike(row) if may_answer(other, member)} if "done" in kinds else {}
    answers = _answers_seen(row, member)
    contacts = closing_of(row.code).contacts and row.person is not None
    asked_of = [one.person_id for one in (row, *alike.values()) if one.person_id] if contacts else []
    gates = contact_gates(asked_of) if asked_of else {}
    form = _form(request, row, kinds, alike, answers, gates, now)
    if request.method == "POST":
        if not kinds:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            answer_duty(
                by=member, at=said["when"], case=row.case, obligations=[row, *(alike[one] for one in said["also"])],
                kind=said["kind"], because=said["because"], record=form.record,
                without=said.get("without", ""),
            )  # fmt: skip
            return redirect(f"/people/{row.person_id}" if row.person_id else f"/cases/{row.case.reference}")
    else:
        access.people_shown(member, [row.person_id] if row.person_id else [], case=row.case)
    line = lines([row], member)[0]
    whole, closed_by = whole_sentence(row)
    shown = [recorded_answer(answer, now) for answer in answers]
    whom = ABOUT.get(row.code, ()) if row.state == "open" else ()
    context = {
        "row": row,
        "line": line,
        "whole": whole,
        "closed_by": closed_by,
        "directions": directions_of(row),
        "form": form if kinds else None,
        "asked": asked(kinds) if row.state == "open" else "Add the record",
        "answers": shown,
        **_contact(row, member, gates),
        "is_word": row.closed_with == BY_WORD,
        **_passed_on(row, now),
        "hints": hints(row, member),
        "numbers": ring_now(whom, now, contact_book(now, member.unit)) if whom else (),
        "beside": related_page(row, member) if row.state == "open" else None,
        **_own_page(row, member, request.path, shown),
        "now": now,
        "passages": _passages(member, row.case, row.code, line.sentence, now) if request.method != "POST" else (),
    }
    return render(request, "web/owed.jinja", context, status=422 if request.method == "POST" else 200)


def _contact(row: Obligation, member: Member, gates: Mapping[UUID, ContactGate]) -> dict[str, Any]:
    """The rule of how the person may be contacted, and whether its page opens for the member."""
    if row.person_id is None:
        return {"gate": None, "may_open_contact": False}
    opens = may_open(member, reverse("person-contact", args=[row.person_id]))
    return {"gate": gates.get(row.person_id), "may_open_contact": opens}


def _passed_on(row: Obligation, now: datetime) -> dict[str, str]:
    """The working time that was agreed, and why it was given or somebody reminded of it."""
    as_listed = obligations([row.id])[row.id]
    return {"agreed": agreed_words(as_listed, now), "passed": passed_words(as_listed)}


def _form(
    request: HttpRequest, row: Obligation, kinds: Sequence[str], alike: Mapping[str, Obligation],
    answers: Sequence[ObligationAnswer], gates: Mapping[UUID, ContactGate], now: datetime,
) -> Owed:  # fmt: skip
    return Owed(
        submitted_or_draft(request), auto_id="%s", code=row.code, kinds=kinds, now=now,
        at=answers[0].happened_at if answers and row.state != "open" else None,
        asks_without=any(not gate.is_open for gate in gates.values()),
        also=[(owed_id, in_a_list(other.person)) for owed_id, other in alike.items() if other.person],
    )  # fmt: skip


def _own_page(row: Obligation, member: Member, here: str, shown: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The page on which it is answered, if it is another, and the same again where the record that closed it is there alone."""
    own_page = where_answered(row, row.case.reference, member)
    own_page = "" if own_page == here else own_page
    is_there = row.closed_with == BY_RECORD and not any(answer["fields"] for answer in shown)
    _, recorded_on = related_page(row, member) or ("", own_page)
    return {"own_page": own_page, "recorded_on": recorded_on if is_there else ""}


def _kinds(row: Obligation, member: Member) -> tuple[str, ...]:
    """Which answers the member may give: any, while it is open; its record, where an officer's word alone has closed it."""
    if not (may_answer(row, member) and member.may(Permission.DUTY_ANSWER)):
        return ()
    if row.state == "open":
        return kinds_of(row.code)
    return ("done",) if row.closed_with == BY_WORD and closing_of(row.code).kind else ()


def _passages(member: Member, case: Case, code: str, sentence: str, now: datetime) -> list[dict[str, Any]]:
    """The passages of the library that answer it best; which versions were shown is written down with the case."""
    results = for_step(code, sentence, on(now), PASSAGES, member.tenant)
    show_at_step(by=member, at=now, case=case.id, step=code, versions=[result.version for result in results])
    return step_results(results)


@page(Permission.CASE_VIEW, only="GET")
def guidance_of_case(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """What guidance says at a step of a case that is answered on a page of its own."""
    member = member_of(request)
    case = access.case_for(member, reference, Permission.CASE_VIEW)
    return _guidance(request, case, step_of(code, of_person=False), f"/cases/{case.reference}")


@page(Permission.CASE_VIEW, only="GET")
def guidance_of_person(request: HttpRequest, person_id: UUID, code: str) -> HttpResponse:
    """The same at a step of one person. Nothing of them is shown."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.CASE_VIEW)
    return _guidance(request, person.case, step_of(code, of_person=True), f"/people/{person.id}")


def _guidance(request: HttpRequest, case: Case, step: Step | None, whose: str) -> HttpResponse:
    member = member_of(request)
    if step is None:
        raise Http404
    context = {
        "reference": case.reference,
        "step": step,
        "back_href": f"{whose}{step.answered_at}",
        "others": [(words, f"{whose}/guidance/{code}") for code, words in step.beside],
        "passages": _passages(member, case, step.code, step.sentence, timezone.now()),
    }
    return render(request, "web/step_guidance.jinja", context)
