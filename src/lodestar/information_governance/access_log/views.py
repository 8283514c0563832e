"""The log, for data protection and professional standards: who has seen this person, what has this officer seen, and emergency
access. Whoever looks sees no case for it."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.queries import case_of, references_of
from lodestar.information_governance.access_log import presenters as words
from lodestar.information_governance.access_log.access import numbers_for_log, people_for_log, shown_in_log
from lodestar.information_governance.access_log.actions import BY_NAME, emergencies_shown, give_log, search_log
from lodestar.information_governance.access_log.forms import LogDays, LogGiven, LogSearch
from lodestar.knowledge.library.queries.library import versions_shown
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.audit import queries
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.queries import Narrowed
from lodestar.platform.design.files import to_save
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.paging import Place, place
from lodestar.platform.time.days import start_of_day

EACH = 25
EMERGENCIES = 20
LOOKED_BACK = timedelta(days=30)
MOST_CALLED, MOST_STAFF = 20, 5
MOST_GIVEN = 5000  # rows of a file


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
    return render(request, "access_log/log.jinja", context, status=422 if request.method == "POST" else 200)


def _search(form: LogSearch, member: Member) -> Event | None:
    """Writes the search down; None with the form saying what is wrong."""
    key, about = form.cleaned_data["key"].strip(), form.cleaned_data["about"]
    target: dict[str, Any] = {}
    if about == "officer":
        target["officer"] = _officer(form, "key", key)
    elif form.person:
        target["person"] = form.person
    elif any(letter.isdigit() for letter in key):  # a reference, and no name
        target["case"] = case_of(re.sub(r"\s+", "-", key))
        if target["case"] is None:
            form.add_error("key", "There is no case of this reference that can be shown here. Write it like FM-26-0001")
    else:
        target["called"] = people_for_log(key, MOST_CALLED)
        if not target["called"]:
            form.add_error("key", f"Nothing is recorded here under {key}")
    return None if form.errors else search_log(by=member, at=timezone.now(), purpose=form.purpose_words, **target)


def _officer(form: LogSearch | LogDays, field: str, typed: str) -> UUID | None:
    """The one member of staff of this name or user name; None with the form saying why not."""
    staff = accounts.colleagues_called(typed, MOST_STAFF + 1)
    if len(staff) == 1:
        return staff[0].id
    some = ", ".join(f"{user.name} ({user.username})" for user in staff[:MOST_STAFF])
    more = f"Several have worked here under {typed}: write the user name. {some}"
    form.add_error(field, more if staff else f"No one who has worked here is called {typed}")
    return None


@page(Permission.LOG_VIEW)
def search_results(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """What a search found, narrowed to days and to a member of staff, and saving that to give. It is shown to the one who gave
    the purpose, for twelve hours."""
    member, now = member_of(request), timezone.now()
    search = _own(member, search_id)
    if search.subject == BY_NAME:
        return _people_of_name(request, member, search)
    days, given = LogDays(request.GET or None, auto_id="%s"), LogGiven(submitted_or_draft(request), auto_id="%s")
    about, narrowed = _about(search), _narrowed(days, _officer_of(search))
    if request.method == "POST" and given.is_valid() and given.cleaned_data["use"] == "person" and not search.people:
        given.add_error("use", "Search for one person first: this page is about more than the one who asks")
    if request.method == "POST" and given.is_valid() and not days.errors:
        saved = give_log(by=member, at=now, search=search, narrowed=narrowed, **given.cleaned_data)
        return redirect(f"/log/{saved.id}/file")
    events = _events(search, narrowed, place(request.GET.get("after", "")), EACH + 1)
    after = queries.places(events, EACH)
    asked = {name: request.GET[name] for name in days.fields if request.GET.get(name)}
    context = {
        "about": about,
        "purpose": search.reason,
        "days": days,
        "given": given,
        "is_of_a_person": bool(search.people),
        "is_of_an_officer": _officer_of(search) is not None,
        "lines": _lines(events[:EACH]),
        "asked": urlencode(asked),
        "after": urlencode(asked | {"after": after.mark()}) if after else "",
    }
    return render(request, "access_log/log_found.jinja", context, status=422 if request.method == "POST" else 200)


def _own(member: Member, search_id: UUID, **code: str) -> Event:
    search = queries.own_search(member.user, search_id, timezone.now(), **code)
    if search is None:
        raise Http404
    return search


def _people_of_name(request: HttpRequest, member: Member, search: Event) -> HttpResponse:
    """The people of a name; of the one who is chosen, who has looked: a search of its own in the log."""
    chosen = id_in(request.GET.get("person", ""))
    if chosen is not None and chosen in search.people:
        of_one = search_log(by=member, at=timezone.now(), purpose=search.reason, person=chosen)
        return redirect(f"/log/{of_one.id}")
    context = {
        "purpose": search.reason,
        "people": words.name_lines(shown_in_log(search.people), search.id),
        "has_more": len(search.people) == MOST_CALLED,
    }
    return render(request, "access_log/log_people.jinja", context)


def _narrowed(days: LogDays, officer: UUID | None) -> Narrowed:
    """The days and the member of staff that were asked for, an officer where the search is about one; all, if unreadable."""
    if not days.is_bound or not days.is_valid():
        return Narrowed(by=officer)
    typed, until = days.cleaned_data["staff"], days.cleaned_data["until"]
    by = officer or (_officer(days, "staff", typed) if typed else None)
    ends = _begins(until + timedelta(days=1) if until else None)
    return Narrowed(_begins(days.cleaned_data["since"]), ends, by)


def _begins(day: date | None) -> datetime | None:
    return start_of_day(day) if day else None


def _officer_of(search: Event) -> UUID | None:
    return UUID(search.subject.removeprefix("officer ")) if search.subject.startswith("officer ") else None


def _about(search: Event) -> str:
    """What a search is about, as its page is called. Http404 for a case that is sealed by now."""
    if officer := _officer_of(search):
        return f"What {accounts.names_of([officer]).get(officer, 'this officer')} has seen and done"
    if search.people:
        return f"Who has seen {', '.join(numbers_for_log(search.people).values()) or 'this person'}"
    references = references_of([search.case] if search.case else [])
    if not references:
        raise Http404
    return f"Who has seen case {', '.join(references.values())}"


def _events(search: Event, narrowed: Narrowed, before: Place | None, most: int) -> list[Event]:
    """What the log says of the person, the case or the officer of a search, or of what was saved of one."""
    if search.people:
        return queries.of_person(search.people[0], most, before=before, narrowed=narrowed)
    if search.case:
        return queries.of_case(search.case, most, before=before, narrowed=narrowed)
    return queries.by_officer(narrowed.by, most, before=before, narrowed=narrowed) if narrowed.by else []


@page(Permission.LOG_VIEW, only="GET")
def given_file(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """The file of what was to be given, for the one who had it made, for twelve hours. Whom it was given stands in the log."""
    given = _own(member_of(request), given_id, code="record.given")
    use, since, until, by = given.subject.split()
    narrowed = Narrowed(_day(since), _day(until), id_in(by))
    events = _events(given, narrowed, None, MOST_GIVEN)
    staff = accounts.names_and_usernames_of(event.by for event in events)
    references = references_of(event.case for event in events if event.case)
    names_staff = use == "conduct"
    rows = words.file_rows(events, staff, references, names_staff=names_staff)
    columns = words.FOR_A_FILE if names_staff else words.FOR_THE_PERSON
    return to_save(table(columns, rows), f"log-{str(given.id)[-4:]}.csv", "text/csv")


def _day(text: str) -> datetime | None:
    return None if text == "-" else start_of_day(datetime.strptime(text, "%Y%m%d").date())


def _lines(events: list[Event]) -> list[dict[str, Any]]:
    names = accounts.names_of(event.by for event in events)
    references = references_of(event.case for event in events if event.case)
    people = numbers_for_log({person for event in events for person in event.people[: words.MOST_PEOPLE]})
    return words.lines(events, names, references, versions_shown(events), people)
