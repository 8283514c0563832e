"""Trying the rules on a made-up case: the same facts on two dates. Nothing is kept but that somebody tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from lodestar.exchange.assess.forms import facts as forms
from lodestar.exchange.assess.forms.facts import BadJson, Facts, Fault
from lodestar.exchange.assess.forms.fields import FIELDS, Dates, Part, part_of
from lodestar.exchange.assess.presenters import compared
from lodestar.exchange.assess.queries import settings_for
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london

JUDGED = ("compare", "show", "use")  # what a button asks for after which faults are told at once


@dataclass
class Sheet:
    """What stands on the page: the facts, the two dates, and the part that is open."""

    facts: Facts
    dates: Dates
    opened: Part | None = None
    text: str = ""  # JSON that cannot be taken up, as it was written
    trouble: str = ""  # why it cannot
    faults: list[Fault] = field(default_factory=list)


@page(Permission.ASSESS, asks=True)
def try_rules(request: HttpRequest) -> HttpResponse:
    """The facts are filled in part by part, or pasted; then the rules answer as of one date or of two."""
    member = member_of(request)
    if request.method != "POST":
        return _form(request, _begun(member))
    sheet = _sent(request.POST)
    wants, _, which = request.POST.get("do", "").partition(":")
    if sheet.trouble:
        return _form(request, sheet, status=422)
    if wants in JUDGED:
        encounters = _encounters(sheet)
        if encounters and wants != "use":
            if wants == "compare":
                audit("assess.tried", by=member.user, role=member.role, at=timezone.now())
            return _answers(request, sheet, encounters, which)
        if sheet.faults or (sheet.dates.errors and wants != "use"):
            _open_first_fault(sheet)
            return _form(request, sheet, is_showing_faults=True, status=422)
    else:
        _encounters(sheet)
        _change(sheet, wants, which)
    return _form(request, sheet)


# --- reading what was sent -------------------------------------------------------------------------------------------


def _begun(member: Member) -> Sheet:
    force_slugs = {row["slug"] for row in reference_list("reference", "tenants").rows}
    facts: Facts = {"force": member.tenant} if member.tenant in force_slugs else {}
    facts["people"] = [{"id": "p1", "roles": ["possible_victim"], "belief": "reasonable_grounds"}]
    return Sheet(facts, Dates(initial={"first_day": _day(timezone.now())}, auto_id="%s"), part_of("person"))


def _sent(sent: QueryDict) -> Sheet:
    """The page as it was sent. JSON changed by hand stands before what else was filled in with it."""
    text, dates = sent.get("json", ""), {name: sent.get(name, "") for name in Dates.base_fields}
    try:
        facts = forms.facts_from(text)
    except BadJson as fault:
        return Sheet({}, Dates(dates, auto_id="%s"), text=text, trouble=str(fault))
    by_hand, met = forms.seal_of(text) != sent.get("was"), facts.pop("encountered_at", None)
    if by_hand and met is not None:
        dates |= _met(str(met))
    filled_in = _part(facts, sent.get("open", ""))
    if filled_in and not by_hand:
        forms.fill_in(facts, filled_in, sent)
    return Sheet(facts, Dates(dates, auto_id="%s"), filled_in or _part(facts, sent.get("back", "")))


def _met(text: str) -> Mapping[str, str]:
    """`encountered_at` as the first date of the page; what cannot be read comes back to be put right."""
    try:
        at = london(datetime.fromisoformat(text))
    except ValueError:
        return {"first_day": text[:40], "first_time": ""}
    return {"first_day": _day(at), "first_time": f"{at:%H:%M}"}


def _day(at: datetime) -> str:
    at = london(at)
    return f"{at.day} {at:%b} {at.year}"  # short, for a box on a small telephone


def _part(facts: Facts, name: str) -> Part | None:
    return next((part for part in forms.parts_of(facts) if part.id == name), None)


def _encounters(sheet: Sheet) -> list[Encounter]:
    """The facts as of each date; none, with the faults noted, where they cannot be read."""
    dates = sheet.dates.cleaned_data if sheet.dates.is_valid() else {}
    read: list[Encounter] = []
    for at, note in ((dates.get("first") or timezone.now(), ""), (dates.get("second"), " on the second date")):
        if at is None:
            continue
        try:
            read.append(read_encounter(sheet.facts | {"encountered_at": london(at).isoformat()}))
        except FormErrors as fault:
            noted = {(found.part.id, found.field) for found in sheet.faults} if note else set()
            found_now = forms.faults(sheet.facts, fault.errors, note)
            sheet.faults += [found for found in found_now if (found.part.id, found.field) not in noted]
    return [] if sheet.faults or not dates.get("first") else read


def _change(sheet: Sheet, wants: str, which: str) -> None:
    """Opens, adds, takes out a part of the facts."""
    if wants == "open":
        sheet.opened = _part(sheet.facts, which)
    elif wants == "close":
        sheet.opened = None
    elif wants == "add":
        kind, _, person = which.partition("-")
        place = int(person) if person.isascii() and person.isdecimal() and len(person) < 3 else 0
        sheet.opened = forms.add(sheet.facts, kind, place) or sheet.opened
    elif wants == "drop":
        part = _part(sheet.facts, which)
        if part and part.kind in forms.TAKEN_OUT:
            forms.take_out(sheet.facts, part)
            above = "" if part.kind == "person" else f"person-{part.path[1]}"
            sheet.opened = _part(sheet.facts, above)


def _open_first_fault(sheet: Sheet) -> None:
    faulty = [fault.part.id for fault in sheet.faults]
    if faulty and (sheet.opened is None or sheet.opened.id not in faulty):
        sheet.opened = next((part for part_id in faulty if (part := _part(sheet.facts, part_id))), sheet.opened)


# --- showing ---------------------------------------------------------------------------------------------------------


def _form(request: HttpRequest, sheet: Sheet, *, is_showing_faults: bool = False, status: int = 200) -> HttpResponse:
    part = forms.part_form(sheet.facts, sheet.opened) if sheet.opened else None
    elsewhere = []
    for fault in sheet.faults if is_showing_faults else ():
        if part is not None and sheet.opened and fault.part.id == sheet.opened.id and fault.field:
            part.add_error(fault.field.name, fault.message)
        else:
            elsewhere.append(fault.full_message)
    served = sheet.text if sheet.trouble else forms.json_of(_with_date(sheet))
    people = sheet.facts.get("people", [])
    context = {
        "dates": sheet.dates,
        "opened": sheet.opened,
        "fields": [(spec.kind, spec.width, part[spec.name]) for spec in FIELDS[sheet.opened.kind]]
        if sheet.opened and part
        else [],
        "part": part,
        "lines": [] if sheet.trouble else forms.lines(sheet.facts, sheet.opened, sheet.faults),
        "can_add": len(people) < forms.MOST_PEOPLE and not sheet.trouble,
        "person": sheet.opened.path[1] if sheet.opened and sheet.opened.path else None,
        "elsewhere": elsewhere,
        "forms": [form for form in (sheet.dates, part) if form is not None] if is_showing_faults else [],
        "trouble": sheet.trouble,
        "json": forms.json_markup(served),
        "was": forms.seal_of(served),
        "has_errors": bool(sheet.trouble or is_showing_faults),
    }
    return render(request, "assess/try.jinja", context, status=status)


def _with_date(sheet: Sheet) -> Facts:
    dates: django_forms.Form = sheet.dates
    first = dates.cleaned_data.get("first") if dates.is_bound and dates.is_valid() else None
    return ({"encountered_at": london(first).isoformat()} if first else {}) | sheet.facts


def _answers(request: HttpRequest, sheet: Sheet, encounters: list[Encounter], which: str) -> HttpResponse:
    answers = [compared.answered(encounter, settings_for(encounter)) for encounter in encounters]
    rows = compared.compared(answers[0], answers[1] if len(answers) > 1 else None)
    people = [person.id for person in encounters[0].people]
    place = int(which) if which.isascii() and which.isdecimal() and int(which) < len(people) else 0
    shown = [row for row in rows if row.who in (*people[place : place + 1], compared.CASE)]
    differing = [row.who for row in rows if row.how]
    served = forms.json_of(_with_date(sheet))
    context: dict[str, Any] = {
        "answers": answers,
        "rules": [compared.rules_words(answer.answers) for answer in answers],
        "who": people[place] if people else "",
        "others": [(nth, who, differing.count(who)) for nth, who in enumerate(people) if nth != place],
        "different": [row for row in shown if row.how],
        "same": [row for row in shown if not row.how],
        "differences": len(differing),
        "dates": sheet.dates,
        "opened": sheet.opened,
        "json": forms.json_markup(served),
        "was": forms.seal_of(served),
    }
    return render(request, "assess/answers.jinja", context)
