"""The page of a case, everything owed in it, and everything that happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.allocation.casefile import owner_words
from lodestar.casework.allocation.queries import authority_subquery
from lodestar.casework.case_files.casefile import CaseContext
from lodestar.casework.cases import access
from lodestar.casework.cases import queries as about
from lodestar.casework.cases.models import Case, CaseMember
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.queries.obligations import answers_in, closed_on_a_word, how_many_on_a_word
from lodestar.casework.ledger.queries.worklists import begins_after, counts, listed, obligations, open_branch, open_in
from lodestar.casework.referrals.casefile import routes
from lodestar.casework.worklists.presenters.worklists import grouped, head
from lodestar.casework.worklists.views.worklists import tried
from lodestar.directory.contacts.presenters.numbers import OFFICER, ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.intelligence.identities.presenters import also
from lodestar.intelligence.identities.queries import also_recorded, has_matches_to_show
from lodestar.platform.accounts import queries as accounts
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.links import open_links
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit import queries as log
from lodestar.platform.audit.models import Event
from lodestar.platform.design.when import clock, short_day
from lodestar.platform.design.words import MOST_COUNTED
from lodestar.platform.settings.queries import emergency_lasts
from lodestar.platform.text.paging import Place, place
from lodestar.platform.text.text_normalise import whole_number
from lodestar.web import casefile
from lodestar.web.presenters import case as words
from lodestar.web.presenters.case import emergency_words, why_you_see
from lodestar.web.presenters.history import (
    SAID_BY_ANSWERS,
    SUPPORT,
    SUPPORT_ANSWERS,
    by_day,
    horizon,
    merged,
    of_case,
    recipient_of,
    viewing_lines,
    word_lines,
)
from lodestar.web.queries import investigation_due

PEOPLE = 20
OWED = 60  # rows; of one case most are folded by who has them
ON_A_WORD = 20
HAPPENED = 25
LATEST = 3
EMERGENCIES_SHOWN = timedelta(days=30)
BY_NAME = {"by_name": accounts.name_subquery("by")}


@page(Permission.CASE_VIEW, only="GET")
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """A case: who has it, what is late, its people, and a panel of each app."""
    member = member_of(request)
    now = timezone.now()
    beside = {"is_told": has_matches_to_show(member), "on_a_word": how_many_on_a_word(), "authority": authority_subquery()}
    beside["investigation_due"] = investigation_due(member)
    viewed_case = access.case_for(member, reference, Permission.CASE_VIEW, beside=beside)
    people = access.people_of(viewed_case)
    after = whole_number(request.GET.get("after", ""))
    some = [person for person in people if person.number > after][:PEOPLE]
    access.case_shown(member, viewed_case, [person.id for person in some])
    member = access.as_seen(member, viewed_case)
    shown = CaseContext(
        viewed_case, member, people, ledger.facts_of([viewed_case], people)[viewed_case.id], open_in(viewed_case.id, now), now
    )
    let_in = about.let_into(viewed_case, now)
    hidden = () if member.may(Permission.SUPPORT_VIEW) else SUPPORT
    latest, opened = log.latest_in(
        viewed_case.id, LATEST, since=viewed_case.recorded_at - timedelta(days=1), emergencies_since=now - EMERGENCIES_SHOWN,
        beside=BY_NAME,
    )  # fmt: skip
    latest = [event for event in latest if event.code not in hidden]
    panels = [*casefile.panels(shown), words.latest_panel(shown, latest, names := _names([*latest, *opened], let_in))]
    half = (len(panels) + 1) // 2
    context = {
        "case": viewed_case,
        "heading": words.heading(shown, owner_words(shown) or _since(viewed_case, let_in, now)),
        "people": words.people_rows(shown, some, routes(shown)),
        "how_many": len(people),
        "next_person": some[-1].number if some and some[-1] is not people[-1] else 0,
        "columns": (panels[:half], panels[half:]),
        "met_before": viewed_case.is_told and member.may(Permission.DUTY_ANSWER),  # type: ignore[attr-defined]  # read with it
        "doings": words.doings(viewed_case, member),
        "also": also(twin for twins in also_recorded(member, [row.id for row in people]).values() for twin in twins),
        "opened": [emergency_words(event, names, emergency_lasts(event.recorded_at), now) for event in opened],
        "on_a_word": viewed_case.on_a_word,  # type: ignore[attr-defined]  # read with it
        "why": why_you_see(about.why_seen(member, viewed_case, let_in), now),
        "numbers": ring_now(OFFICER, now, contact_book(now, member.unit)),
        "now": now,
    }
    return render(request, "web/case.jinja", context)


def _since(case: Case, let_in: Sequence[CaseMember], now: datetime) -> str:
    """Since when the owner has it, and their skill."""
    row = next((membership for membership in let_in if membership.how == "owner" and membership.user_id == case.owner_id), None)
    if row is None:
        return ""
    skill = " (PIP2)" if getattr(row, "is_pip2", False) else ""
    return f"{skill}, since {short_day(row.from_at, now)}, {clock(row.from_at)}"


def _names(events: Sequence[Event], let_in: Sequence[CaseMember]) -> dict[UUID, str]:
    """Who did these things, as read with them, and who works the case."""
    by = {event.by: event.by_name for event in events if event.by_name}  # type: ignore[attr-defined]  # read with it
    return {row.user_id: row.user.name for row in let_in} | by


@page(Permission.CASE_VIEW, only="GET")
def owed(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything owed in a case, late and gravest first."""
    member = member_of(request)
    now = timezone.now()
    viewed_case = access.case_for(member, reference, Permission.CASE_VIEW)
    member = access.as_seen(member, viewed_case)
    seen, last = begins_after(member, request.GET.get("after", ""), now)
    rows = listed({"case": [open_branch(viewed_case)]}, seen, MOST_COUNTED + 1, last)["case"]
    by_id = obligations([item.id for item in rows[:OWED]])
    shown = [by_id[item.id] for item in rows[:OWED]]
    on_a_word = [] if last else closed_on_a_word(viewed_case.id, ON_A_WORD)
    access.people_shown(member, {row.person_id for row in (*shown, *on_a_word) if row.person_id}, case=viewed_case)
    context = {
        "case": viewed_case,
        "groups": grouped(shown, member, now, tried(shown)),
        "head": head(None if last else counts(rows, now)),
        "after": Place(seen, rows[OWED - 1].id).mark() if len(rows) > OWED else "",
        "on_a_word": open_links(member, word_lines(on_a_word)),
        "now": now,
    }
    return render(request, "web/case_owed.jinja", context)


@page(Permission.CASE_VIEW, only="GET")
def happened(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything that was done in a case, the latest first."""
    member = member_of(request)
    viewed_case = access.case_for(member, reference, Permission.CASE_VIEW)
    before = place(request.GET.get("after", ""))
    but = SAID_BY_ANSWERS if member.may(Permission.SUPPORT_VIEW) else (*SAID_BY_ANSWERS, *SUPPORT)
    events = log.of_case(viewed_case.id, HAPPENED + 1, looks=False, but=but, before=before)
    answers = answers_in(viewed_case.id, HAPPENED + 1, before)
    hidden = () if member.may(Permission.SUPPORT_VIEW) else SUPPORT_ANSWERS
    names: dict[UUID, str] = accounts.names_of({event.by for event in events} | set(filter(None, map(recipient_of, events))))
    people = {person.id: person for person in access.people_of(viewed_case)}
    named = {person for event in events for person in event.people} | {answer.person_id for answer in answers}
    access.case_shown(member, viewed_case, [person for person in people if person in named])
    items = of_case(events, [row for row in answers if row.code not in hidden], names, people)
    shown, after = merged(items, HAPPENED, horizon(events, HAPPENED), horizon(answers, HAPPENED))
    context = {"case": viewed_case, "days": by_day(shown), "after": after.mark() if after else ""}
    return render(request, "web/case_happened.jinja", context)


@page(Permission.CASE_VIEW, only="GET")
def viewings(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was shown a case, when, and why where a reason was asked: looking is no part of what happened."""
    member = member_of(request)
    viewed_case = access.case_for(member, reference, Permission.CASE_VIEW, viewed=True)
    events = log.of_case(viewed_case.id, HAPPENED + 1, looks=True, before=place(request.GET.get("after", "")))
    after = log.places(events, HAPPENED)
    shown = viewing_lines(events[:HAPPENED], accounts.names_of(event.by for event in events))
    context = {"case": viewed_case, "shown": shown, "after": after.mark() if after else ""}
    return render(request, "web/case_looked.jinja", context)
