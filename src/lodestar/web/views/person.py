"""A person's page, what was closed, what happened, and who has looked."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lodestar.accounts import queries as accounts
from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page
from lodestar.cases import access
from lodestar.cases.models import Person
from lodestar.cases.presenters.identities import also
from lodestar.cases.presenters.obligations import lines
from lodestar.cases.presenters.people import label
from lodestar.cases.queries import people as queries
from lodestar.cases.queries.identities import also_recorded
from lodestar.cases.queries.worklists import open_in
from lodestar.design.when import on
from lodestar.guidance.presenters.contacts import OFFICER, ring_now
from lodestar.keeping.access import own_tasks
from lodestar.keeping.queries.requests import said_of_use, used_for
from lodestar.kernel.paging import Place, place
from lodestar.record import queries as log
from lodestar.web.presenters import person as words
from lodestar.web.presenters.case import caption, why_you_see
from lodestar.web.presenters.history import (
    NOT_ON_A_PAGE,
    Item,
    from_answer,
    from_log,
    from_reopening,
    merged,
    viewing_lines,
)
from lodestar.web.presenters.history import closed as closed_words

OWED = 10
SHOWN = 5
EACH = 25


@page(Permission.CASE_VIEW)
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """How to contact them comes first, then what is owed and why, what is known, what happened."""
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    now = timezone.now()
    viewed_person = access.person_for(member, person_id, Permission.CASE_VIEW, viewed=True)
    about = queries.about(viewed_person, beside=said_of_use())
    owed = open_in(viewed_person.case_id, now, viewed_person.id)
    less = used_for(about.beside)
    happened, earlier = _happened(viewed_person, SHOWN, None, reopened=False)
    contact = words.contact(about.viewers, member, about.contact)
    context = {
        "person": viewed_person,
        "name": label(viewed_person),
        "caption": caption(viewed_person, on(viewed_person.case.encountered_at)),
        "contact": contact,
        "less": less,
        "may_say_otherwise": less is not None and own_tasks(member).filter(id=less.task).exists(),
        "lines": lines(owed[:OWED], member, place=False, show_names=False),
        "more_owed": max(len(owed) - OWED, 0),
        "closed": about.closed,
        "also": also(also_recorded(member, [viewed_person.id]).get(viewed_person.id, ())),
        "known": [*words.known(viewed_person, about, now), words.address_fact(viewed_person, contact)],
        "happened": happened,
        "earlier": earlier is not None,
        "confirmed": happened[0] if happened else None,
        "doings": words.doings(viewed_person, member),
        "why": why_you_see(queries.why_seen(member, viewed_person.case, queries.let_into(viewed_person.case, now)), now),
        "numbers": ring_now(OFFICER, accounts.duties_at(now), member.unit, now),
        "now": now,
    }
    return render(request, "web/person.jinja", context)


def _happened(viewed_person: Person, most: int, before: Place | None, *, reopened: bool) -> tuple[list[Item], Place | None]:
    """The latest that was done about a person, from the log and from what was answered."""
    events = log.of_person(viewed_person.id, most + 1, looks=False, before=before)
    answers = queries.answers_about(viewed_person, most + 1, before)
    again = queries.reopened_about(viewed_person, most + 1, before) if reopened else []
    names = accounts.names_of([*(event.by for event in events), *(event.by for event in again)])
    items = [
        *(from_log(event, names) for event in events if event.code not in NOT_ON_A_PAGE),
        *(from_answer(answer) for answer in answers),
        *(from_reopening(event, names) for event in again),
    ]
    shown, after = merged(items, most)
    if after is None and len(events) > most:  # what the answers say better filled the page of the log
        after = Place(events[-1].recorded_at, events[-1].id)
    return shown, after


def _page_about(
    request: HttpRequest,
    person_id: UUID,
    template: str,
    read: Callable[[Person, Place | None], tuple[Any, Place | None]],
) -> HttpResponse:
    member: Member = request.member  # type: ignore[attr-defined]  # the door sets it
    viewed_person = access.person_for(member, person_id, Permission.CASE_VIEW, viewed=True)
    shown, after = read(viewed_person, place(request.GET.get("after", "")))
    context = {
        "person": viewed_person,
        "name": label(viewed_person),
        "shown": shown,
        "after": after.mark() if after else "",
        "now": timezone.now(),
    }
    return render(request, template, context)


@page(Permission.CASE_VIEW)
@require_safe
def happened(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything that was done about a person, the latest written first."""

    def read(viewed_person: Person, before: Place | None) -> tuple[list[Item], Place | None]:
        return _happened(viewed_person, EACH, before, reopened=True)

    return _page_about(request, person_id, "web/person_happened.jinja", read)


@page(Permission.CASE_VIEW)
@require_safe
def closed(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What was owed for a person and was answered: by whom, when and how."""

    def read(viewed_person: Person, before: Place | None) -> tuple[Any, Place | None]:
        rows = queries.closed_about(viewed_person, EACH + 1, before)
        events = queries.closings(rows[:EACH])
        names = accounts.names_of(event.by for event in events.values())
        after = Place(rows[EACH - 1].closed_at, rows[EACH - 1].id) if len(rows) > EACH else None
        return closed_words(rows[:EACH], events, names), after

    return _page_about(request, person_id, "web/person_closed.jinja", read)


@page(Permission.CASE_VIEW)
@require_safe
def viewings(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who was shown this person, when, and why where a reason was asked."""

    def read(viewed_person: Person, before: Place | None) -> tuple[Any, Place | None]:
        events = log.of_person(viewed_person.id, EACH + 1, looks=True, before=before)
        names = accounts.names_of(event.by for event in events)
        return viewing_lines(events[:EACH], names), log.places(events, EACH)

    return _page_about(request, person_id, "web/person_looked.jinja", read)
