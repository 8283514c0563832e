"""The rules, each on a page of its own, the dated lists they read, and what people say is wrong with them; and trying the rules
on a made-up case: the same facts on two dates, of which nothing is kept but that somebody tried."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.exchange.assess import queries
from lodestar.exchange.assess.actions import answer_remark, call_page_wrong, call_rule_wrong, confirm_rule
from lodestar.exchange.assess.forms import facts as forms
from lodestar.exchange.assess.forms.dates import Dates
from lodestar.exchange.assess.forms.facts import FIELDS, BadJson, Facts, Fault, Part
from lodestar.exchange.assess.forms.remarks import Answer, Confirm, PageWrong, RuleWrong
from lodestar.exchange.assess.presenters import compared
from lodestar.exchange.assess.presenters import rules as words
from lodestar.knowledge.search.presenters import step_results
from lodestar.knowledge.search.queries.search import for_step
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.form_envelope import words_typed
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.settings.presenters import settings_of
from lodestar.platform.text.paging import Place, place
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london

SAID = 10
PASSAGES = 3
CONFIRMED = 20
WAITING = 25


@page(Permission.RULE_VIEW, only="GET")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by how soon it wants to be met."""
    member = member_of(request)
    may_answer = member.may(Permission.RULE_ANSWER)
    waiting = words.called_wrong(queries.how_many_wait()) if may_answer else ""
    context = {"groups": words.every_rule(), "may_answer": may_answer, "waiting": waiting}
    return render(request, "assess/rules.jinja", context)


@page(Permission.RULE_VIEW, only="GET")
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: its words, dates, source, and how sure that is."""
    return _rule(request, code, RuleWrong(submitted_or_draft(request), auto_id="%s"))


def _rule(request: HttpRequest, code: str, form: RuleWrong, status: int = 200) -> HttpResponse:
    member = member_of(request)
    shown = words.rule(code)
    if shown is None:
        raise Http404
    context = {
        "rule": shown,
        "confirmed": words.confirmed(code, queries.confirmations_of(code, CONFIRMED)),
        "may_confirm": member.may(Permission.RULE_CONFIRM),
        "settings": settings_of(code),
        "form": form,
        "said": queries.remarks(SAID, rule=code),
        "passages": step_results(for_step(code, shown["sentence"], timezone.localdate(), PASSAGES, member.tenant)),
    }
    return render(request, "assess/rule.jinja", context, status=status)


@page(Permission.RULE_CONFIRM)
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody has read the source of a rule and says by name that the rule says the same."""
    member = member_of(request)
    shown = words.rule(code)
    if shown is None:
        raise Http404
    form = Confirm(submitted_or_draft(request), rows=words.row_choices(code), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        start, mark = words.chosen_row(code, answers["row"])
        confirm_rule(by=member, at=timezone.now(), rule=code, row_from=start, words=mark, source_read=answers["source_read"])
        return redirect(f"/rules/{code}#confirmed")
    context = {"form": form, "rule": shown}
    return render(request, "assess/confirm.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.RULE_CALL_WRONG, only="POST")
def rule_wrong(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody says that a rule is wrong."""
    member = member_of(request)
    form = RuleWrong(request.POST, auto_id="%s")
    if words.rule(code) is None:
        raise Http404
    if not form.is_valid():
        return _rule(request, code, form, status=422)
    call_rule_wrong(by=member, at=timezone.now(), rule=code, words=form.cleaned_data["wrong"])
    return redirect(f"/rules/{code}#said")


@page(Permission.RULE_CALL_WRONG)
def wrong(request: HttpRequest) -> HttpResponse:
    """Somebody says that something on a page is wrong; and what they said before was answered."""
    member = member_of(request)
    form = PageWrong(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        call_page_wrong(by=member, at=timezone.now(), page=answers["page"], words=answers["wrong"])
        return redirect("/wrong#said")
    after = place(request.GET.get("after", ""))
    waiting = queries.waiting(WAITING + 1, after) if member.may(Permission.RULE_ANSWER) else []
    context = {
        "form": form,
        "said": queries.remarks(SAID, said_by=member.user),
        "waiting": waiting[:WAITING],
        "after": Place(waiting[WAITING - 1].said_at, waiting[WAITING - 1].id).mark() if len(waiting) > WAITING else "",
    }
    return render(request, "assess/wrong.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.RULE_ANSWER)
def answer(request: HttpRequest, remark_id: UUID) -> HttpResponse:
    """Answers somebody who said that something is wrong."""
    member = member_of(request)
    remark = queries.remark_by_id(remark_id)
    if remark is None:
        raise Http404
    data = submitted_or_draft(request)
    form = Answer(data, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        if answer_remark(by=member, at=timezone.now(), remark=remark, answer=form.cleaned_data["answer"]):
            return redirect(f"/rules/{remark.rule}#said" if remark.rule else "/wrong")
        remark = queries.remark_by_id(remark_id) or remark  # a colleague answered it before
    typed_late = words_typed(data) if remark.answered_at and data is not None else []
    context = {"form": form, "remark": remark, "typed": typed_late}
    return render(request, "assess/answer_remark.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.RULE_VIEW, only="GET")
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, and how much of it waits for somebody to confirm it."""
    return render(request, "assess/lists.jinja", {"lists": words.every_list(timezone.localdate())})


@page(Permission.RULE_VIEW, only="GET")
def one_list(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """One list: where it comes from, and its rows with their days."""
    after = request.GET.get("after", "0")
    list_page = words.one_list(app, name, int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else -1)
    if list_page is None:
        raise Http404
    return render(request, "assess/list.jinja", {"list": list_page})


# --- a made-up case ----------------------------------------------------------------------------------------------------------

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
    return Sheet(facts, Dates(initial={"first_day": _day(timezone.now())}, auto_id="%s"), Part("person", ("people", 0)))


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
        if part and part.kind in ("person", *forms.LISTS):
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
    answers = [compared.answered(encounter, queries.settings_for(encounter)) for encounter in encounters]
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
