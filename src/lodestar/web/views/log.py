"""The log, for the data protection role: who has seen this person, what has this officer seen, and emergency access."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.queries import case_of, references_of
from lodestar.knowledge.library.queries.reading import versions_shown
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.audit import queries
from lodestar.platform.audit.models import Event
from lodestar.platform.text.paging import Place, place
from lodestar.web.actions import emergencies_shown, search_log
from lodestar.web.forms import LogSearch
from lodestar.web.presenters import history as words

EACH = 25
EMERGENCIES = 20
LOOKED_BACK = timedelta(days=30)


@page(Permission.LOG_VIEW)
def log(request: HttpRequest) -> HttpResponse:
    """Emergency access first; then why the log is looked into, and what for. Each look is itself written down."""
    member = member_of(request)
    form = LogSearch(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        search = _search(form, member)
        if search is not None:
            return redirect(f"/log/{search.id}")
    now = timezone.now()
    if request.method != "POST":
        emergencies_shown(by=member, at=now)
    events = queries.emergencies(now - LOOKED_BACK, EMERGENCIES)
    context = {"form": form, "emergencies": _lines(events), "now": now}
    return render(request, "web/log.jinja", context, status=422 if request.method == "POST" else 200)


def _search(form: LogSearch, member: Member) -> Event | None:
    """Writes the search down; None with the form saying what is wrong."""
    key, about = form.cleaned_data["key"].strip(), form.cleaned_data["about"]
    target: dict[str, Any] = {}
    if about == "officer":
        target["officer"] = accounts.colleague(key)
        if target["officer"] is None:
            form.add_error("key", f"No one who has worked here has the user name {key}")
            return None
    elif form.person:
        target["person"] = form.person
    else:
        target["case"] = case_of(key)
        if target["case"] is None:
            form.add_error("key", f"Nothing is recorded here under {key}")
            return None
    return search_log(by=member, at=timezone.now(), purpose=form.purpose_words, **target)


@page(Permission.LOG_VIEW, only="GET")
def search_results(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """What a search found. It is shown to the one who gave the purpose, for twelve hours."""
    member = member_of(request)
    search = queries.own_search(member.user, search_id, timezone.now())
    if search is None:
        raise Http404
    events, about = _search_events(search, place(request.GET.get("after", "")))
    after = queries.places(events, EACH)
    context = {
        "about": about,
        "purpose": search.reason,
        "lines": _lines(events[:EACH]),
        "after": after.mark() if after else "",
    }
    return render(request, "web/log_found.jinja", context)


def _search_events(search: Event, before: Place | None) -> tuple[list[Event], str]:
    if search.subject.startswith("officer "):
        officer = UUID(search.subject.removeprefix("officer "))
        name = accounts.names_of([officer]).get(officer, "this officer")
        return queries.by_officer(officer, EACH + 1, before=before), f"What {name} has seen and done"
    if search.people:
        person = search.people[0]
        return queries.of_person(person, EACH + 1, before=before), f"Who has seen person {person}"
    if search.case is None:
        raise Http404
    reference = references_of([search.case]).get(search.case)
    if reference is None:
        raise Http404
    return queries.of_case(search.case, EACH + 1, before=before), f"Who has seen case {reference}"


def _lines(events: list[Event]) -> list[dict[str, Any]]:
    names = accounts.names_of(event.by for event in events)
    references = references_of(event.case for event in events if event.case)
    return words.lines(events, names, references, versions_shown(events))
