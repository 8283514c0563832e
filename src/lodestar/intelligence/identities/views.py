"""People who may have been met before: what waits, two side by side, and what alerts say."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.intelligence.identities import presenters as words
from lodestar.intelligence.identities import queries
from lodestar.intelligence.identities.access import alert_for, match_to_settle, may_link
from lodestar.intelligence.identities.actions import identities as actions
from lodestar.intelligence.identities.forms import WHY, Answer, Code, Settle, Unlink
from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert
from lodestar.intelligence.identities.rules.identities import code_typed
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.form_envelope import words_typed
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.text.paging import Place, place

PAGE = 20
LINKED = "linked"  # what a page that takes a link back says of itself
UNLINKED_MEANWHILE = "Someone undid the link while this page was open. Nothing was changed."


@page(Permission.PEOPLE_LINK, only="GET")
def matches(request: HttpRequest) -> HttpResponse:
    """What waits to be settled, the latest first; and what an officer was given a code for."""
    member, now = member_of(request), timezone.now()
    form = Code(request.GET or None, auto_id="%s")
    code = code_typed(form.cleaned_data["code"]) if form.is_valid() else ""
    code_matches = queries.of_code(member, code)
    if code:
        actions.code_asked(by=member, at=now, code=code, matches=code_matches)
    rows = [] if code else queries.open_matches(member, PAGE + 1, place(request.GET.get("after", "")))
    shown = rows[:PAGE]
    people = [person_id for match in [*shown, *code_matches] for person_id in (match.person_id, match.other_id) if person_id]
    access.people_shown(member, people)
    context = {
        "code": code,
        "found": [words.match_summary(match, now) for match in code_matches],
        "rows": [words.match_summary(match, now) for match in shown],
        "after": Place(shown[-1].found_at, shown[-1].id).mark() if len(rows) > PAGE else "",
    }
    return render(request, "identities/matches.jinja", context)


@page(Permission.CASE_VIEW)
def match(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """Two people side by side: linked with reasons, said to be two people, or taken back."""
    member, now = member_of(request), timezone.now()
    possible_match = match_to_settle(member, match_id)
    link = queries.link_between(possible_match.person_id, possible_match.other_id) if possible_match.other_id else None
    data = submitted_or_draft(request)
    is_of_link = link is not None and data is not None and not _of_the_link(data)  # written before they were linked
    written = words_typed(data) if is_of_link and data is not None else []
    settle = Settle(data, auto_id="%s", reasons=words.reason_choices(possible_match))
    unlink = Unlink(None if is_of_link else data, auto_id="%s")
    refused = ""
    if request.method == "POST":
        if request.POST.get("do") == "link" and link is not None and not written:
            return redirect(request.path)  # somebody linked them while this page stood open: it is what was wanted
        refused = _settled(request, member, possible_match, link, settle, unlink)
        if not refused and not (unlink if link else settle).errors:
            return redirect(request.path)
    else:
        actions.match_shown(by=member, at=now, match=possible_match)
    answers = queries.answers_to(possible_match)
    other = possible_match.other
    context = {
        "match": possible_match,
        "other": other,
        "alike": words.match_summary(possible_match, now),
        "held": words.side_by_side(possible_match.person, other) if other else [],
        "met": [words.where_met(person.case, now) for person in (possible_match.person, other) if person],
        "link": link,
        "link_words": words.link_words(link) if link else "",
        "is_settled": bool(answers) and answers[0].kind == "not_same",
        "history": words.history(answers),
        "form": unlink if link else settle,
        "refused": refused,
        "written": written,
        "version": LINKED if link else "",
        "now": now,
    }
    return render(request, "identities/match.jinja", context, status=422 if request.method == "POST" else 200)


def _of_the_link(data: QueryDict) -> bool:
    """Whether it was typed where the page takes a link back: the button that hides a page says nothing of what is meant."""
    return data.get("do") == "unlink" or data.get("version") == LINKED


def _settled(
    request: HttpRequest, member: Member, possible_match: Match, link: IdentityLink | None, settle: Settle, unlink: Unlink
) -> str:
    """Does what the button says; why it could not, where nothing of the form is wrong."""
    at, done = timezone.now(), request.POST.get("do", "")
    try:
        if link is not None:
            if done != "unlink":
                return actions.LINKED_MEANWHILE
            if unlink.is_valid():
                actions.unlink_people(by=member, at=at, match=possible_match, link=link, why=unlink.cleaned_data["words"])
        elif done == "unlink":
            return UNLINKED_MEANWHILE
        elif not settle.is_valid():
            return ""
        elif done == "link":
            answers = settle.cleaned_data
            if not answers["reasons"] and not answers["words"].strip():
                settle.add_error("reasons", WHY)
            else:
                actions.link_people(by=member, at=at, match=possible_match, reasons=answers["reasons"], words=answers["words"])
        elif done in ("not_same", "again"):
            actions.say_of_match(by=member, at=at, match=possible_match, kind=done, words=settle.cleaned_data["words"].strip())
        else:
            return "Nothing was saved: choose one of the buttons."
    except actions.UnableToLink as refusal:
        return str(refusal)
    return ""


@page(Permission.CASE_VIEW, only="GET")
def alerts(request: HttpRequest) -> HttpResponse:
    """What the member was alerted of: that somebody like a person of theirs was recorded, by whom, how to reach them."""
    member = member_of(request)
    rows = queries.alerts_of(member, PAGE + 1, place(request.GET.get("after", "")))
    shown = rows[:PAGE]
    context = {
        "alerts": describe_alerts(member, shown),
        "after": Place(shown[-1].alerted_at, shown[-1].id).mark() if len(rows) > PAGE else "",
    }
    return render(request, "identities/alerts.jinja", context)


@page(Permission.CASE_VIEW)
def alert(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """One alert: seen, and what was done about it."""
    member = member_of(request)
    match_alert = alert_for(member, alert_id)
    form = Answer(submitted_or_draft(request), auto_id="%s", initial={"did": match_alert.did})
    if request.method == "POST" and form.is_valid():
        actions.answer_alert(by=member, at=timezone.now(), alert=match_alert, did=form.cleaned_data["did"].strip())
        return redirect("/alerts")
    context = {"told": describe_alerts(member, [match_alert])[0], "alert": match_alert, "form": form}
    return render(request, "identities/alert.jinja", context, status=422 if request.method == "POST" else 200)


def describe_alerts(member: Member, rows: list[MatchAlert]) -> list[dict[str, Any]]:
    """Alerts in words, with how to reach whoever has the other, and the other case where the member was let into it."""
    now = timezone.now()
    alerted_matches = [row.match for row in rows if row.match]
    cases = {match.person.case_id for match in alerted_matches}
    seen = set(access.visible_cases(member).filter(id__in=cases).values_list("id", flat=True)) if cases else set()
    reach = queries.how_to_reach([words.who_has(match).id for match in alerted_matches], now) if alerted_matches else {}
    forces = [row.from_force for row in rows if row.from_force]
    names = queries.force_names(forces) if forces else {}
    settles = {
        match.id
        for match in alerted_matches
        if match.other and match.person.case_id in seen and may_link(member, match.person.case, match.other.case)
    }
    ours = [row.about_id or (row.match.other_id if row.match else None) for row in rows]
    access.people_shown(member, [person_id for person_id in ours if person_id])
    return [words.alert_summary(row, reach, names, seen, settles, now) for row in rows]
