"""The rules, each on a page of its own, the dated lists they read, and what people say is wrong with them; and trying the rules
on a made-up case, of which nothing is kept but that somebody tried."""

from dataclasses import dataclass, field
from uuid import UUID

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.exchange.assess import queries
from lodestar.exchange.assess.actions import answer_remark, call_wrong, confirm_rule
from lodestar.exchange.assess.forms import facts as forms
from lodestar.exchange.assess.forms.facts import Facts, Fault, Met
from lodestar.exchange.assess.forms.remarks import Answer, Confirm, PageWrong, RuleWrong
from lodestar.exchange.assess.presenters import answers
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
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.text_normalise import whole_number
from lodestar.platform.time.days import london

SAID = 10
PASSAGES = 3
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
        "confirmed": queries.confirmation_of(code),
        "mark": words.mark_of(code),
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
    form = Confirm(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        source_read = form.cleaned_data["source_read"]
        confirm_rule(by=member, at=timezone.now(), rule=code, words=words.mark_of(code), source_read=source_read)
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
    call_wrong(by=member, at=timezone.now(), rule=code, words=form.cleaned_data["wrong"])
    return redirect(f"/rules/{code}#said")


@page(Permission.RULE_CALL_WRONG)
def wrong(request: HttpRequest) -> HttpResponse:
    """Somebody says that something on a page is wrong; and what they said before was answered."""
    member = member_of(request)
    form = PageWrong(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        call_wrong(by=member, at=timezone.now(), page=answers["page"], words=answers["wrong"])
        return redirect("/wrong#said")
    waiting = queries.waiting(WAITING) if member.may(Permission.RULE_ANSWER) else []
    context = {"form": form, "said": queries.remarks(SAID, said_by=member.user), "waiting": waiting}
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


@dataclass
class Sheet:
    """What stands on the page: the facts, when they are met, the place of the person who is shown, and what cannot be read."""

    facts: Facts
    met: Met
    place: int = 0
    faults: list[Fault] = field(default_factory=list)


@page(Permission.ASSESS, asks=True)
def try_rules(request: HttpRequest) -> HttpResponse:
    """The facts are filled in, person by person; then the rules answer."""
    member = member_of(request)
    if request.method != "POST":
        return _form(request, _begun(member))
    try:
        sheet = _sent(request.POST)
    except BadSignature:
        return _form(request, _begun(member), status=422)
    wants, _, which = request.POST.get("do", "").partition(":")
    if wants in ("run", "answer"):
        encounter = _encounter(sheet)
        if encounter is None:
            return _form(request, sheet, status=422)
        if wants == "run":
            audit("assess.tried", by=member.user, role=member.role, at=timezone.now())
        return _answer(request, sheet, encounter, whole_number(which) if which else sheet.place)
    if wants == "add":
        sheet.place = forms.add_person(sheet.facts)
    elif wants == "drop" and sheet.facts["people"]:
        del sheet.facts["people"][sheet.place]
        sheet.place = 0
    elif wants == "show":
        sheet.place = _known_place(sheet.facts, which)
    return _form(request, sheet)


def _begun(member: Member) -> Sheet:
    force_slugs = {row["slug"] for row in reference_list("reference", "tenants").rows}
    facts: Facts = {"force": member.tenant} if member.tenant in force_slugs else {}
    facts["people"] = [{"id": "p1", "roles": ["possible_victim"], "belief": "reasonable_grounds"}]
    now = london(timezone.now())
    return Sheet(facts, Met(initial={"encountered": f"{now.day} {now:%b %Y %H%M}"}, auto_id="%s"))


def _sent(sent: QueryDict) -> Sheet:
    """The page as it was sent, with what was filled in. Raises BadSignature for facts that are not the page's own."""
    facts = forms.facts_from(sent.get("facts", ""))
    place = _known_place(facts, sent.get("shown", ""))
    if "filled" in sent:
        forms.fill_in(facts, place, sent)
    return Sheet(facts, Met(sent, auto_id="%s"), place)


def _known_place(facts: Facts, text: str) -> int:
    return min(whole_number(text), max(len(facts["people"]) - 1, 0))


def _encounter(sheet: Sheet) -> Encounter | None:
    """The facts, where they can be read; else their faults are noted, and the first person who has one is shown."""
    at = sheet.met.cleaned_data["encountered"] if sheet.met.is_valid() else timezone.now()
    try:
        encounter = read_encounter(sheet.facts | {"encountered_at": london(at).isoformat()})
    except FormErrors as fault:
        sheet.faults = forms.faults(sheet.facts, fault.errors)
        faulty = [fault.place for fault in sheet.faults if fault.place is not None]
        sheet.place = sheet.place if sheet.place in faulty or not faulty else faulty[0]
        return None
    return None if sheet.met.errors else encounter


def _form(request: HttpRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    form = forms.facts_form(sheet.facts, sheet.place)
    for fault in sheet.faults:
        if fault.place in (None, sheet.place):
            form.add_error(fault.field.name, fault.message)
    people = sheet.facts["people"]
    fields = grouped((spec.group, (spec.kind, spec.width, form[spec.name])) for spec in forms.FIELDS)
    context = {
        "met": sheet.met,
        "fields": fields if people else {"case": fields["case"]},
        "place": sheet.place,
        "others": [(place, person.get("id", "")) for place, person in enumerate(people) if place != sheet.place],
        "can_add": len(people) < forms.MOST_PEOPLE,
        "forms": [sheet.met, form],
        "facts": forms.signed(sheet.facts),
        "has_errors": status == 422,
    }
    return render(request, "assess/try.jinja", context, status=status)


def _answer(request: HttpRequest, sheet: Sheet, encounter: Encounter, place: int) -> HttpResponse:
    """The answer about one person, and about the case."""
    result = queries.answer_in_force(encounter)
    people = [person["id"] for person in result["people"]]
    place = place if place < len(people) else 0
    context = {
        "rules": answers.rules_words(result),
        "rows": answers.person_rows(result["people"][place]) if people else [],
        "case_rows": answers.case_rows(result["case"]),
        "who": people[place] if people else "",
        "others": [(number, who) for number, who in enumerate(people) if number != place],
        "met": sheet.met,
        "place": sheet.place,
        "facts": forms.signed(sheet.facts),
    }
    return render(request, "assess/answers.jinja", context)
