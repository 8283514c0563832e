"""Telling somebody outside: Immigration Enforcement, of one person or of several of a case; a safe address; uses outside a
purpose. Asking for it, deciding it, and recording it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.cases.presenters import label, labels
from lodestar.casework.disclosures import access as may
from lodestar.casework.disclosures import actions, queries
from lodestar.casework.disclosures import presenters as words
from lodestar.casework.disclosures.access import Asked
from lodestar.casework.disclosures.forms import (
    AddressDisclosureForm,
    ApprovedDisclosure,
    Disclosure,
    NothingDisclosedForm,
    OtherUse,
    SeveralDecisions,
    SeveralDisclosures,
)
from lodestar.casework.disclosures.models import AddressDisclosure, DisclosureApproval, ImmigrationDisclosure
from lodestar.casework.disclosures.rules import ADDRESS, purpose_changes
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.access import may_decide
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.approvals.views import MOST, ApprovalPages, approval_page, waiting_page
from lodestar.platform.design.forms.fields import at_and_words

MEANWHILE = (
    "Someone recorded an immigration disclosure for this person since you opened the page. Read it below, and save "
    "again if yours is different"
)


@page(Permission.IMMIGRATION_TELL)
def disclosure_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Proposing that immigration is told of a person, recording that they were, and what was before."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.IMMIGRATION_TELL, viewed=request.method != "POST")
    form = Disclosure(submitted_or_draft(request), auto_id="%s")
    many = queries.how_many(person)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        is_news = seen.isdecimal() and int(seen) != many  # what has happened waits for nothing
        if form.cleaned_data["happened"] or not is_news:
            _propose_or_record(member, person.case, [person], form.cleaned_data)
            return redirect("person-immigration", person.id)
        form.add_error(None, MEANWHILE)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "seen": many,
        "rows": words.lines(member, queries.disclosures_of(ImmigrationDisclosure, MOST, person=person)),
    }
    return render(request, "disclosures/immigration.jinja", context, status=422 if request.method == "POST" else 200)


def _propose_or_record(member: Member, case: Case, people: Iterable[Person], answers: Mapping[str, Any]) -> None:
    now = timezone.now()
    actions.propose_for_several(
        by=member, at=at_and_words(answers["when"], now)[0] if answers["happened"] else now, case=case, people=people,
        words=actions.Words(**{field.name: answers[field.name] for field in fields(actions.Words)}),
        happened=answers["happened"],
    )  # fmt: skip


def lines_to_decide(member: Member, rows: Sequence[DisclosureApproval]) -> list[tuple[DisclosureApproval, str, str]]:
    """What waits, each with the person's name and the recipient; that they were listed is logged."""
    access.people_shown(member, [row.person_id for row in rows])
    names = labels([row.person for row in rows])
    return [(row, names[row.person_id], words.recipient(row)) for row in rows]


def disclosure_page(request: HttpRequest, pages: ApprovalPages[Asked], row_id: UUID, *, back: str) -> HttpResponse:
    """One thing that is to be told outside, or was: decided by a detective inspector who did not ask; then told, which whoever
    works the case writes, and is led to the person's page, `back`."""
    member, now = member_of(request), timezone.now()
    row, is_sent, is_told = may.asked_for(member, pages.model, row_id), request.method == "POST", "when" in request.POST
    if not is_sent:
        access.people_shown(member, [row.person_id], case=row.person.case)
    may_record = (may.may_tell if is_told else may.may_record_disclosure)(member, row)
    if is_told and not may_record:
        raise Http404
    if not may_record or is_sent != is_told:
        return approval_page(request, pages, row)
    form = ApprovedDisclosure(submitted_or_draft(request), auto_id="%s", row=row, now=now)
    if is_told and form.is_valid():
        at, _ = at_and_words(form.cleaned_data["when"], now)
        try:
            actions.record_when_disclosed(by=member, at=at, row=row)
            return redirect(back, row.person_id)
        except actions.AlreadyDisclosed as error:
            form.add_error(None, str(error))
    return approval_page(request, pages, row, form)


def page_words(row: DisclosureApproval) -> dict[str, Any]:
    """What the pages say of one."""
    shown: dict[str, Any] = {"name": label(row.person), "to": words.recipient(row), "about": words.about(row)}
    shown |= {"status": words.disclosure_status(row), "without": words.without(row)}
    if isinstance(row, ImmigrationDisclosure):
        return shown | {"parts": words.parts(row), "until": words.until(row)}
    return shown | {"crossed": isinstance(row, AddressDisclosure) and row.use and purpose_changes(ADDRESS, row.use)}


IMMIGRATION_PAGES = ApprovalPages(
    ImmigrationDisclosure,
    find=may.asked_for,
    waiting=may.to_decide,
    decide=lambda row, **decision: actions.decide_disclosure(disclosure=row, **decision),
    leads_to="immigration",
    template="disclosures/immigration_one.jinja",
    list_template="disclosures/immigration_waits.jinja",
    question=words.question,
    words=page_words,
    lines=lines_to_decide,
)


@page(Permission.IMMIGRATION_TELL)
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    return disclosure_page(request, IMMIGRATION_PAGES, disclosure_id, back="person-immigration")


@page(Permission.IMMIGRATION_DECIDE, only="GET")
def disclosures(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector: what is proposed, and what went without."""
    return waiting_page(request, IMMIGRATION_PAGES)


SHOWN_IN_CASE = 40
PROPOSE, DECIDE, NOTHING = "propose", "decide", "nothing"


@page(Permission.IMMIGRATION_TELL)
def case_disclosures(request: HttpRequest, reference: str) -> HttpResponse:
    """Disclosures of everybody in a case, with a form for several people, a decision about several, and *nothing was*."""
    member, is_sent = member_of(request), request.method == "POST"
    case = access.case_for(member, reference, Permission.IMMIGRATION_TELL, viewed=not is_sent)
    people, rows = access.people_of(case), queries.disclosures_of(ImmigrationDisclosure, SHOWN_IN_CASE, person__case=case)
    access.people_shown(member, [person.id for person in people], case=case)
    forms_of = _forms(request, member, people, rows)
    what = next((name for name in forms_of if f"send_{name}" in request.POST), "")
    if what and forms_of[what].is_valid() and _write_in_case(what, member, case, people, rows, forms_of[what]):
        return redirect("case-immigration", case.reference)
    names = labels(people)
    context = {
        "case": case,
        "forms": forms_of,
        "sent": forms_of.get(what),
        "open": what,
        "rows": [(names[row.person_id], line) for row, line in zip(rows, words.lines(member, rows), strict=True)],
        "nothing": queries.nothing_disclosed_in(case),
    }
    return render(request, "disclosures/case_immigration.jinja", context, status=422 if is_sent else 200)


def _forms(
    request: HttpRequest, member: Member, people: list[Person], rows: list[ImmigrationDisclosure]
) -> dict[str, forms.Form]:
    names = labels(people)
    waiting = [
        (row.id, f"{names[row.person_id]}: {words.recipient(row)}")
        for row in rows
        if row.decided_at is None and member.user not in row.asker_ids
    ]
    typed = submitted_or_draft(request)

    def filled(name: str, make: Callable[..., forms.Form], **options: Any) -> forms.Form:
        return make(typed if typed and f"send_{name}" in typed else None, auto_id=f"{name}-%s", **options)

    made = {PROPOSE: filled(PROPOSE, SeveralDisclosures, people=names.items()), NOTHING: filled(NOTHING, NothingDisclosedForm)}
    if waiting and may_decide(member, ImmigrationDisclosure):
        question = ("May these go to immigration, or was it right?", "Yes")
        made[DECIDE] = filled(DECIDE, SeveralDecisions, rows=waiting, question=question)
    return made


def _write_in_case(
    what: str, member: Member, case: Case, people: list[Person], rows: list[ImmigrationDisclosure], form: forms.Form
) -> bool:
    """Does what was sent; False where it could not be, which the form then says."""
    now, answers = timezone.now(), form.cleaned_data
    try:
        if what == PROPOSE:
            _propose_or_record(member, case, [person for person in people if str(person.id) in answers["people"]], answers)
        elif what == DECIDE:
            actions.decide_several(
                by=member, at=now, case=case, disclosures=[row for row in rows if str(row.id) in answers["rows"]],
                approved=answers["approved"] == "yes", because=answers["because"],
            )  # fmt: skip
        else:
            at, _ = at_and_words(answers["checked_at"], now)
            actions.record_nothing_disclosed(by=member, at=at, case=case, note=answers["note"])
    except CannotDecide:
        form.add_error(None, "A colleague has already decided one of them. Open the page again")
    except actions.WasDisclosed as error:
        form.add_error(None, str(error))
    return form.is_valid()


@page(Permission.ADDRESS_RECORD)
def address_disclosures(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whom outside the address was told, asking that somebody is, and recording that somebody was. Never the address."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")
    form = AddressDisclosureForm(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        disclosure_fields = {name: answers[name] for name in ("recipient", "power", "use", "reason", "crossing")}
        if answers["happened"]:
            at, _ = at_and_words(answers["when"], now)
            actions.record_unapproved_address_disclosure(by=member, at=at, person=person, **disclosure_fields)
        else:
            actions.ask_to_tell(by=member, at=now, person=person, **disclosure_fields)
        return redirect("person-address-told", person.id)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": words.lines(member, queries.disclosures_of(AddressDisclosure, MOST, person=person)),
    }
    return render(request, "disclosures/address_told.jinja", context, status=422 if request.method == "POST" else 200)


ADDRESS_PAGES = ApprovalPages(
    AddressDisclosure,
    find=may.asked_for,
    waiting=may.to_decide,
    decide=lambda row, **decision: actions.decide_address_disclosure(telling=row, **decision),
    leads_to="address-tellings",
    template="disclosures/address_telling.jinja",
    list_template="disclosures/address_tellings.jinja",
    question=words.question,
    words=page_words,
    lines=lines_to_decide,
)


@page(Permission.ADDRESS_VIEW)
def address_disclosure(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    return disclosure_page(request, ADDRESS_PAGES, telling_id, back="person-address-told")


@page(Permission.ADDRESS_TELL_DECIDE, only="GET")
def disclosures_to_decide(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector to decide."""
    return waiting_page(request, ADDRESS_PAGES)


@page(Permission.ADDRESS_RECORD)
def other_use(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing down that something of a person is used outside the purpose it was recorded for; and what was before."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")
    form = OtherUse(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        at, _ = at_and_words(answers["when"], timezone.now())
        purpose_fields = {name: answers[name] for name in ("use", "recipient", "power", "reason")}
        recorded_for = [answers["recorded_for"]]
        actions.record_purpose_changes(by=member, at=at, people=[person], recorded_for=recorded_for, **purpose_fields)
        return redirect("person-other-use", person.id)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": [(words.purpose_change_words(row), row) for row in queries.purpose_changes_of(MOST, person=person)],
    }
    return render(request, "disclosures/other_use.jinja", context, status=422 if request.method == "POST" else 200)
