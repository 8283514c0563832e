"""A person's page, what was closed, what happened, and who has looked."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.cases import access, queries
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import label
from lodestar.casework.ledger.presenters import lines
from lodestar.casework.ledger.queries.obligations import answers_about
from lodestar.casework.ledger.queries.worklists import open_in
from lodestar.directory.contacts.presenters.numbers import OFFICER, ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.information_governance.retention.access import own_tasks
from lodestar.information_governance.retention.queries.requests import said_of_use, used_for
from lodestar.intelligence.identities.presenters import also
from lodestar.intelligence.identities.queries import also_recorded
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit import queries as log
from lodestar.platform.design.when import on
from lodestar.platform.text.paging import Place, place
from lodestar.web.presenters import person as words
from lodestar.web.presenters.case import caption, folded, why_you_see
from lodestar.web.presenters.history import (
    NOT_ON_A_PAGE,
    SUPPORT_ANSWERS,
    Item,
    by_day,
    from_answer,
    from_log,
    horizon,
    merged,
    viewing_lines,
)
from lodestar.web.queries import about as about_person

OWED, SHOWN_OWED = 50, 10  # with why and on what authority; the others are folded by who has them
SHOWN = 5
EACH = 25


@page(Permission.CASE_VIEW, only="GET")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """How to contact them comes first, then what is owed and why, what is known, what happened."""
    member = member_of(request)
    now = timezone.now()
    viewed_person = access.person_for(member, person_id, Permission.CASE_VIEW, viewed=True)
    member = access.as_seen(member, viewed_person)
    about = about_person(viewed_person, beside=said_of_use())
    owed = open_in(viewed_person.case_id, now, viewed_person.id)
    less = used_for(about.beside)
    happened, earlier = _happened(member, viewed_person, SHOWN, None)
    contact = words.contact(about, member)
    first, others = folded(lines(owed[:OWED], member, place=False, show_names=False), SHOWN_OWED)
    context = {
        "person": viewed_person,
        "name": label(viewed_person),
        "caption": caption(viewed_person, on(viewed_person.case.encountered_at)),
        "contact": contact,
        "less": less,
        "may_say_otherwise": less is not None and own_tasks(member).filter(id=less["task"]).exists(),
        "lines": first,
        "others": others,
        "more_owed": max(len(owed) - OWED, 0),
        "also": also(also_recorded(member, [viewed_person.id]).get(viewed_person.id, ())),
        "known": [
            *words.known(viewed_person, about, now),
            words.address_fact(viewed_person, contact),
            *words.support_fact(viewed_person, about.support if member.may(Permission.SUPPORT_VIEW) else None),
        ],
        "happened": happened,
        "earlier": earlier is not None,
        "confirmed": happened[0] if happened else None,
        "doings": words.doings(viewed_person, member),
        "why": why_you_see(queries.why_seen(member, viewed_person.case, queries.let_into(viewed_person.case, now)), now),
        "numbers": ring_now(OFFICER, now, contact_book(now, member.unit)),
        "now": now,
    }
    return render(request, "web/person.jinja", context)


def _happened(member: Member, viewed_person: Person, most: int, before: Place | None) -> tuple[list[Item], Place | None]:
    """The latest that was done about a person, from the log and from what was answered."""
    hidden = () if member.may(Permission.SUPPORT_VIEW) else SUPPORT_ANSWERS
    events = log.of_person(viewed_person.id, most + 1, looks=False, before=before)
    answers = answers_about(viewed_person, most + 1, before)
    names = accounts.names_of(event.by for event in events)
    items = [
        *(from_log(event, names) for event in events if event.code not in NOT_ON_A_PAGE),
        *(from_answer(answer) for answer in answers if answer.code not in hidden),
    ]
    return merged(items, most, *(horizon(rows, most) for rows in (events, answers)))


def _of_a_page(viewed_person: Person, shown: Any, after: Place | None) -> dict[str, Any]:
    return {
        "person": viewed_person,
        "name": label(viewed_person),
        "shown": shown,
        "after": after.mark() if after else "",
        "now": timezone.now(),
    }


@page(Permission.CASE_VIEW, only="GET")
def happened(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything that was done about a person, the latest written first."""
    member = member_of(request)
    viewed_person = access.person_for(member, person_id, Permission.CASE_VIEW, viewed=True)
    items, after = _happened(member, viewed_person, EACH, place(request.GET.get("after", "")))
    return render(request, "web/person_happened.jinja", _of_a_page(viewed_person, by_day(items), after))


@page(Permission.CASE_VIEW, only="GET")
def viewings(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who was shown this person, when, and why where a reason was asked."""
    viewed_person = access.person_for(member_of(request), person_id, Permission.CASE_VIEW, viewed=True)
    events = log.of_person(viewed_person.id, EACH + 1, looks=True, before=place(request.GET.get("after", "")))
    shown = viewing_lines(events[:EACH], accounts.names_of(event.by for event in events))
    return render(request, "web/person_looked.jinja", _of_a_page(viewed_person, shown, log.places(events, EACH)))
