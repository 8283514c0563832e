"""What becomes known of a person and a case after the first screens, and what happened."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_facts import actions, presenters, queries
from lodestar.casework.case_facts.forms import (
    CaseFacts,
    EarlierReferralFacts,
    ExploitationFacts,
    FactsForm,
    FoundAgain,
    Happened,
    Missing,
    PersonFacts,
    exploitation_initial,
)
from lodestar.casework.case_facts.rules import SETTLED
from lodestar.casework.case_files.actions.case import change_case
from lodestar.casework.case_files.actions.people import (
    change_exploitation,
    change_person,
    record_exploitation,
    take_back_exploitations,
)
from lodestar.casework.cases.access import as_seen, case_for, people_of, people_shown, person_for
from lodestar.casework.cases.models import Exploitation, Person
from lodestar.casework.cases.presenters import labels, person_heading
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.fingerprint import fingerprint

SHOWN = 30  # events on a page, the latest
MAY = Permission.DUTY_ANSWER
Save = Callable[[dict[str, Any]], object]


def _facts_page(
    request: HttpRequest, template: str, form: FactsForm, seen: str, save: Save, then: str, context: Mapping[str, Any]
) -> HttpResponse:
    """A page of facts: saved where what the writer saw is what is recorded, else shown again beside it. `seen` marks what is
    recorded now."""
    sent, has_moved = submitted_or_draft(request), False
    is_sent = request.method == "POST"
    if is_sent and form.is_valid():
        has_moved = sent is not None and sent.get("version", "") != seen
        if not has_moved:
            try:
                save(form.facts())
                return redirect(then)
            except ConcurrentEdit:
                has_moved = True
    version = sent.get("version", seen) if sent is not None and not has_moved else seen
    shown = {**context, "form": form, "version": version, "moved": has_moved, "back": then}
    return render(request, template, shown, status=422 if is_sent else 200)


def _changed(facts: Mapping[str, Any], row: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value != getattr(row, name)}


def _person(request: HttpRequest, person_id: UUID) -> tuple[Member, Person]:
    member = member_of(request)
    return member, person_for(member, person_id, MAY, viewed=request.method != "POST")


@page(MAY)
def person_more(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What else is known of a person, all of it optional."""
    member, person = _person(request, person_id)
    form = PersonFacts(submitted_or_draft(request), auto_id="%s", initial=PersonFacts.initial_of(person))

    def save(facts: dict[str, Any]) -> None:
        if changed := _changed(facts, person):
            change_person(by=member, at=timezone.now(), person=person, version=person.version, facts=changed)

    return _facts_page(
        request, "case_facts/person_more.jinja", form, str(person.version), save, f"/people/{person.id}", person_heading(person)
    )


@page(MAY)
def case_more(request: HttpRequest, reference: str) -> HttpResponse:
    """What else is known of a case, all of it optional."""
    member = member_of(request)
    case = case_for(member, reference, MAY, viewed=request.method != "POST")
    form = CaseFacts(submitted_or_draft(request), auto_id="%s", initial=CaseFacts.initial_of(case))

    def save(facts: dict[str, Any]) -> None:
        if changed := _changed(facts, case):
            change_case(by=member, at=timezone.now(), case=case, facts=changed)

    then = f"/cases/{case.reference}"
    return _facts_page(request, "case_facts/case_more.jinja", form, str(case.version), save, then, {"case": case})


def _mark(row: Any) -> str:
    """By what a page knows again what a row said when it was drawn."""
    return "" if row is None else fingerprint([getattr(row, field.attname) for field in row._meta.local_fields])


@page(MAY)
def earlier_referral(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The referral that somebody made of this person before."""
    member, person = _person(request, person_id)
    row = queries.earlier_referral_of(person)
    initial = EarlierReferralFacts.initial_of(row) if row else {}
    form = EarlierReferralFacts(submitted_or_draft(request), auto_id="%s", initial=initial)

    def save(facts: dict[str, Any]) -> None:
        actions.change_earlier_referral(by=member, at=timezone.now(), person=person, facts=facts)

    then, context = f"/people/{person.id}", person_heading(person)
    return _facts_page(request, "case_facts/earlier_referral.jinja", form, _mark(row), save, then, context)


@page(MAY)
def exploitation(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The exploitation recorded of a person, and the form for another; with `row` the form changes or ends that one."""
    member, person = _person(request, person_id)
    sent = submitted_or_draft(request)
    row_id = (sent if sent is not None else request.GET).get("row", "")
    row = queries.exploitation_of(person, row_id) if row_id else None
    here = f"/people/{person.id}/exploitation"
    if request.method == "POST" and row is not None and "remove" in request.POST:
        take_back_exploitations(by=member, at=timezone.now(), case=person.case, exploitations=[row])
        return redirect(here)
    day = on(person.case.encountered_at)
    initial = exploitation_initial(row, day) if row else {}
    form = ExploitationFacts(sent, day=day, auto_id="%s", initial=initial)
    context = person_heading(person) | {"row": row, "listed": presenters.exploitation_lines(queries.exploitations_of(person))}

    def save(facts: dict[str, Any]) -> None:
        _save_exploitation(member, person, row, facts)

    return _facts_page(request, "case_facts/exploitation.jinja", form, _mark(row), save, here, context)


def _save_exploitation(member: Member, person: Person, row: Exploitation | None, facts: dict[str, Any]) -> None:
    now = timezone.now()
    if row is None:
        record_exploitation(by=member, at=now, person=person, facts=facts)
    elif changed := _changed(facts, row):
        change_exploitation(by=member, at=now, exploitation=row, facts=changed)


@page(MAY)
def missing(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """That contact with a person is lost, and that they were found."""
    member, person = _person(request, person_id)
    now, here = timezone.now(), f"/people/{person.id}/missing"
    is_lost = bool(person.contact_lost)
    if request.method == "POST" and "take_back" in request.POST:
        return _taken_back(request, member, person, here)
    form = (FoundAgain if is_lost else Missing)(submitted_or_draft(request), auto_id="%s")
    is_moved = request.method == "POST" and version_seen(submitted_or_draft(request)) not in (None, person.version)
    if request.method == "POST" and not is_moved and form.is_valid():
        details = dict(form.cleaned_data)
        at, words = at_and_words(details.pop("at"), now)
        record = actions.record_found if is_lost else actions.record_missing
        record(by=member, at=at, person=person, details=details | {"at_words": words})
        return redirect(f"/people/{person.id}" if is_lost else f"/cases/{person.case.reference}/do-now")
    context = person_heading(person) | {
        "form": form,
        "is_lost": is_lost,
        "moved": is_moved,
        "version": person.version,
        "events": presenters.event_lines(queries.missing_of(person), {}, member.user, now),
    }
    return render(request, "case_facts/missing.jinja", context, status=422 if request.method == "POST" else 200)


def _taken_back(request: HttpRequest, member: Member, owner: Any, here: str) -> HttpResponse:
    """Takes back an event of a person or a case; one that a colleague has taken back already is gone all the same."""
    case = owner.case if isinstance(owner, Person) else owner
    row = queries.event_of(case, request.POST.get("take_back", ""))
    with suppress(ConcurrentEdit):
        actions.take_back_event(by=member, at=timezone.now(), row=row)
    if row.kind in SETTLED:  # the age that it set is not taken back with it
        return redirect("person-age", row.person_id)
    return redirect(here)


@page(MAY)
def what_happened(request: HttpRequest, reference: str) -> HttpResponse:
    """What happened in a case or is planned, and the form that records it; `person` chooses whom it is about."""
    member = member_of(request)
    case = case_for(member, reference, MAY, viewed=request.method != "POST")
    here, now, people = f"/cases/{case.reference}/what-happened", timezone.now(), people_of(case)
    if request.method == "POST" and "take_back" in request.POST:
        return _taken_back(request, member, case, here)
    names = labels(people)
    choices = [(str(person.id), names[person.id]) for person in people]
    initial = {"person": request.GET.get("person", "")}
    form = Happened(submitted_or_draft(request), people=choices, auto_id="%s", initial=initial)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        at, words = at_and_words(answers.get("written"), now)
        person = next((person for person in people if str(person.id) == answers["person"]), None)
        details = {name: answers[name] for name in ("by_whom", "source", "note")} | {"at_words": words}
        actions.record_event(
            by=member, at=answers.get("planned") or at, case=case, kind=answers["kind"], person=person, details=details
        )
        return redirect(here)
    if request.method != "POST":
        people_shown(member, names, case=case)
    events = presenters.event_lines(queries.happened_in(case)[:SHOWN], names, member.user, now)
    context = {"case": case, "form": form, "events": events, "may_add": as_seen(member, case).may(Permission.CONCERN_RECORD)}
    return render(request, "case_facts/what_happened.jinja", context, status=422 if request.method == "POST" else 200)
