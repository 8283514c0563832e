"""Earlier records: the people who may have been met before, and the questions that what is known raises."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import case_for, people_shown, visible
from lodestar.casework.cases.models import Case
from lodestar.casework.concerns.access import concern_for
from lodestar.casework.concerns.forms.signs import AnswerForm
from lodestar.casework.concerns.presenters import BELIEFS
from lodestar.casework.concerns.views import signs_at
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.intelligence.earlier_records import presenters as words
from lodestar.intelligence.earlier_records.access import prompt_for, prompts_shown, records_shown
from lodestar.intelligence.earlier_records.actions.prompts import Answered, answer_no, open_concern, pass_on
from lodestar.intelligence.earlier_records.models import Prompt
from lodestar.intelligence.earlier_records.queries import look_back, records
from lodestar.intelligence.identities.access import match_of_concern, may_link
from lodestar.intelligence.identities.actions.identities import UnableToLink, link_people, say_of_match
from lodestar.intelligence.identities.models import Match
from lodestar.intelligence.identities.presenters import match_summary, quotes
from lodestar.intelligence.identities.queries import matches_to_show
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.paging import Place, place
from lodestar.platform.time.days import london_date

WAYS_ON = {
    "safe": ("/record/{}/safe", "Continue: are they safe right now?"),
    "more": ("/record/{}/who?more=1", "Continue: the other people"),
    "stop": ("/my-work", "Stop here"),
    "who": ("/record/{}/who", "Continue: who is there"),
    "now": ("/cases/{1}/do-now#establish_age", "Continue: what to do now"),
    "duties": ("/cases/{1}/do-now", "Continue: what to do now"),
    "case": ("/cases/{1}", "Continue: the case"),
}
OF_EVERYBODY = ("now", "case")  # whose Back leads there too, also of who records no concerns


@page(Permission.DUTY_ANSWER)
def met(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Whom the recorder may see is shown with what is alike; of whom they may not there is a code to quote. Nothing of a
    sealed case is ever here. Whoever learns an age or an address later is led here as well, and from the page of a case that
    came to them with somebody alike."""
    member, now = member_of(request), timezone.now()
    case = concern_for(member, case_id, Permission.DUTY_ANSWER, viewed=request.method != "POST")
    if request.method == "POST":
        _record_match_answer(request, member, case)
        return redirect(request.get_full_path())
    seen, codes = matches_to_show(case, member)
    people_shown(member, [match.other_id for match in seen if match.other_id], case=case)
    back, onward, words = _way_on(request, case)
    duty = on_duty("coordinator", now, case.unit_id)
    context = {
        "case": case,
        "seen": [match_summary(match, now) for match in seen],
        "quotes": quotes(codes),
        "coordinator": duty.user.name if duty else "",
        "rings": ring_now(("duty_coordinator",), now, contact_book(now, case.unit_id)),
        "may_link": {match.id for match in seen if _may_link(member, match)},
        "back": back,
        "onward": onward,
        "onward_words": words,
    }
    return render(request, "cases/met.jinja", context)


def _way_on(request: HttpRequest, case: Case) -> tuple[str, str, str]:
    """Where Back and the way on lead, and what the way on is called."""
    then, whose = request.GET.get("then", ""), id_in(request.GET.get("who", ""))
    if then == "person" and whose is not None:
        return f"/people/{whose}", f"/people/{whose}", "Continue: the person"
    if then not in OF_EVERYBODY and not member_of(request).may(Permission.CONCERN_RECORD):
        then = "now"  # the recording screens are not theirs
    more = signs_at(case, then)
    onward, words = (more, "Continue: the signs") if more else WAYS_ON.get(then, WAYS_ON["safe"])
    onward = onward.format(case.id, case.reference)
    if then in OF_EVERYBODY:
        return onward, onward, words
    return signs_at(case, request.GET.get("from", "")) or f"/record/{case.id}/who", onward, words


def _may_link(member: Member, match: Match) -> bool:
    return match.other is not None and may_link(member, match.person.case, match.other.case)


def _record_match_answer(request: HttpRequest, member: Member, case: Case) -> None:
    """The recorder says whether they are the same: who may link does; of others the coordinator reads it."""
    now = timezone.now()
    same, other = id_in(request.POST.get("same", "")), id_in(request.POST.get("other", ""))
    wanted = same or other
    if wanted is None:
        return
    match = match_of_concern(member, case, wanted)
    links = _may_link(member, match)
    if same is not None and links:
        try:
            link_people(by=member, at=now, match=match, reasons=match.reasons, words="" if match.reasons else "Seen again.")
        except UnableToLink:
            return  # sealed a moment ago: the page that follows does not show them any more
    else:
        kind = "seems_same" if same else "not_same" if links else "seems_other"
        say_of_match(by=member, at=now, match=match, kind=kind)


EACH = 20
MOST_COLLEAGUES = 40
MOST_RECORDS = 40
UNKNOWN = "No colleague who may answer has the user name {}"


@page(Permission.PROMPT_ANSWER, only="GET")
def asked(request: HttpRequest) -> HttpResponse:
    """The questions that wait: all of the force's for the coordinator and the analyst, one's own for everybody else."""
    member, now = member_of(request), timezone.now()
    sees_all = member.may(Permission.PROMPTS_VIEW)
    only_own = not sees_all or request.GET.get("whose") == "mine"
    after = place(request.GET.get("after", ""))
    rows = records.waiting_for(member, EACH + 1, after, only_own=only_own)
    people = [row.earlier_person_id for row in rows[:EACH]]
    prompts_shown(member, people)
    signs, names = records.signs_by_person(people), records.names_of_people(people)
    last = rows[EACH - 1] if len(rows) > EACH else None
    context = {
        "asked": words.asked(rows[:EACH], signs, names, now),
        "after": Place(last.asked_at, last.id).mark() if last else "",
        "is_first": after is None,
        "sees_all": sees_all,
        "only_own": only_own,
        "nothing": words.NOTHING,
    }
    return render(request, "earlier_records/prompts.jinja", context)


@page(Permission.PROMPT_ANSWER)
def prompt(request: HttpRequest, prompt_id: UUID) -> HttpResponse:
    """One question: the signs, the records, what became of it, and the answer."""
    member = member_of(request)
    current_prompt = prompt_for(member, prompt_id, viewed=request.method != "POST")
    form = AnswerForm(submitted_or_draft(request), auto_id="%s", use_required_attribute=False, colleagues=_colleagues(member))
    if request.method != "POST":
        return _prompt_page(request, current_prompt, form)
    is_same = request.POST.get("seen", "") == str(current_prompt.version) and current_prompt.state == "open"
    if not is_same:
        return _prompt_page(request, current_prompt, form, is_clash=True, status=422)
    to = _to(form) if form.is_valid() else None
    if form.errors:
        return _prompt_page(request, current_prompt, form, status=422)
    try:
        return _answered(member, current_prompt, form.cleaned_data, to)
    except Answered:
        return _prompt_page(request, prompt_for(member, prompt_id, viewed=False), form, is_clash=True, status=422)


def _answered(member: Member, current_prompt: Prompt, answers: dict[str, Any], to: UUID | None) -> HttpResponse:
    now, version, reason = timezone.now(), current_prompt.version, answers["reason"]
    if answers["answer"] == "yes" and member.may(Permission.CONCERN_RECORD):
        case, is_told = open_concern(by=member, at=now, prompt=current_prompt, version=version, because=reason)
        return redirect(f"/record/{case.id}/{'met?then=who' if is_told else 'who'}")
    if to is not None:
        pass_on(by=member, at=now, prompt=current_prompt, version=version, to=to, reason=reason)
    else:
        answer_no(by=member, at=now, prompt=current_prompt, version=version, reason=reason)
    return redirect("/prompts")


def _to(form: AnswerForm) -> UUID | None:
    """The colleague to whom it is passed on; None for another answer, or with the form saying what is wrong."""
    answers = form.cleaned_data
    if answers["answer"] != "passed":
        return None
    if answers["to"]:
        return accounts.at_work_as(answers["to"], Permission.PROMPT_ANSWER)
    colleague = accounts.members_by_username([answers["other"]], Permission.PROMPT_ANSWER).get(answers["other"].lower())
    if colleague is None:
        form.add_error("other", UNKNOWN.format(answers["other"]))
        return None
    return colleague.user_id


def _colleagues(member: Member) -> list[tuple[UUID, str]]:
    """Those who see every question, and the colleagues of one's own unit: whoever else it is goes by user name."""
    seeing = {role.code for role in ROLES.values() if Permission.PROMPTS_VIEW in role.permissions}
    rows = accounts.at_work(Permission.PROMPT_ANSWER).exclude(user_id=member.user)
    names_by_user: dict[UUID, str] = {}
    for row in rows:
        if seeing & set(row.roles) or row.unit_id == member.unit:
            names = ", ".join(ROLES[role].name.lower() for role in row.roles if role in ROLES)
            names_by_user.setdefault(row.user_id, f"{row.user.name}, {names}")
    return list(names_by_user.items())[:MOST_COLLEAGUES]


def _prompt_page(
    request: HttpRequest, current_prompt: Prompt, form: AnswerForm, *, is_clash: bool = False, status: int = 200
) -> HttpResponse:
    member, now, sent = member_of(request), timezone.now(), submitted_or_draft(request)
    person = current_prompt.earlier_person_id
    signs = records.signs_by_person([person])
    rows = records.records_of([person])
    name = words.name_of(records.names_of_people([person]), person)
    before = records.considered_before(current_prompt, visible(member, "person__case__"))
    context = {
        "prompt": current_prompt,
        "form": form,
        "question": words.question(name),
        "signs": words.sign_lines(signs.get(person, ())),
        "records": words.record_lines(rows[-MOST_RECORDS:], now),
        "more_records": max(0, len(rows) - MOST_RECORDS),
        "steps": words.steps(records.steps_of(current_prompt)),
        "before": [(row.case.reference, row.case.encountered_at, BELIEFS[row.belief].lower()) for row in before],
        "waits": records.waiting().filter(id=current_prompt.id).exists(),
        "seen": sent.get("seen", current_prompt.version) if sent is not None and not is_clash else current_prompt.version,
        "is_clash": is_clash,
        "case": next((row.case.reference for row in before if row.case_id == current_prompt.case_id), ""),
        "now": now,
    }
    return render(request, "earlier_records/prompt.jinja", context, status=status)


@page(Permission.CASE_VIEW, only="GET")
def earlier(request: HttpRequest, reference: str) -> HttpResponse:
    """What earlier records say of the people of a case, before and after it began."""
    member, now = member_of(request), timezone.now()
    case = case_for(member, reference, Permission.CASE_VIEW, viewed=True)
    findings = look_back.of_case(case)
    records_shown(member, findings.people, case=case)
    coverage, met = records.read_coverage(since=case.encountered_at - look_back.READS_BACK), london_date(case.encountered_at)
    is_too_late = coverage.is_too_late(met, findings.last_recorded)
    context = words.look_back_context(case, findings, coverage.missing_kinds(met), now, is_too_late=is_too_late)
    return render(request, "earlier_records/look_back.jinja", context)
