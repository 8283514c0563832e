"""The custody desk, and what is recorded of one person's custody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_shown, person_for
from lodestar.casework.cases.presenters import label, person_heading, with_age
from lodestar.casework.custody import presenters, queries
from lodestar.casework.custody.actions import match_row, record_custody
from lodestar.casework.custody.forms import Custody
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import id_in
from lodestar.platform.text.text_normalise import whole_number
from lodestar.platform.time.days import london_date

SHOWN = 9  # with what the desk does for each, within 30 kB


@page(Permission.CUSTODY_DESK, only="GET")
def desk(request: HttpRequest) -> HttpResponse:
    """Everybody arrested or in custody now, children first, with what the desk has to do for each."""
    member, now = member_of(request), timezone.now()
    people = queries.children_first(member, now)
    start = whole_number(request.GET.get("from", ""))
    rows = queries.at_the_desk(people[start : start + SHOWN])
    people_shown(member, {person.id for row in rows for person in (row.person, *row.not_helpers)})
    context = {
        "cards": presenters.desk_cards(rows, member, now),
        "counted": presenters.counted(people),
        "next": start + SHOWN if len(people) > start + SHOWN else 0,
    }
    return render(request, "custody/desk.jinja", context)


@page(Permission.DUTY_ANSWER)
def person_custody(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """That somebody was arrested, arrived in custody or was released."""
    member, now = member_of(request), timezone.now()
    person = person_for(member, person_id, Permission.DUTY_ANSWER, viewed=request.method != "POST")
    then = "/custody" if member.may(Permission.CUSTODY_DESK) else f"/people/{person.id}"
    sent = submitted_or_draft(request)
    form, has_moved = Custody(sent, person=person), False
    if request.method == "POST" and form.is_valid():
        at, _ = at_and_words(form.cleaned_data["at"], now)
        if form.check_order(at):
            try:
                record_custody(by=member, at=at, person=person, kind=form.cleaned_data["kind"], version=version_seen(sent) or 0)
                return redirect(then)
            except ConcurrentEdit:
                has_moved = True
    context = person_heading(person) | {
        "form": form,
        "version": person.version if has_moved or (seen := version_seen(sent)) is None else seen,
        "moved": has_moved,
        "back": then,
        "since": presenters.since(person, now),
        "endangers": queries.may_endanger(person) and bool(person.held_from) and not person.released_at,
        "plan": queries.release_plan_open(person) if person.held_from and not person.released_at else None,
    }
    return render(request, "custody/person.jinja", context, status=422 if request.method == "POST" else 200)


LISTED = 25


@page(Permission.PROMPT_ANSWER, only="GET")
def lists(request: HttpRequest) -> HttpResponse:
    """Of those arrested or charged by the lists: possible victims for whom section 45 of the Modern Slavery Act 2015 was not
    considered; and rows of which somebody has to say whether it is a person recorded here."""
    member = member_of(request)
    without, waiting = queries.not_considered(member, LISTED), queries.to_decide(member, LISTED)
    people_shown(member, [row.person_id for row in without if row.person_id])
    context = {"without": [(row, label(row.person)) for row in without if row.person], "waiting": waiting}
    return render(request, "custody/lists.jinja", context)


@page(Permission.PROMPT_ANSWER)
def list_row(request: HttpRequest, list_row_id: UUID) -> HttpResponse:
    """Whether a row of a list is one of the people with the same name and date of birth: somebody decides, once."""
    member, now = member_of(request), timezone.now()
    row = next((row for row in queries.to_decide(member, queries.MOST) if row.id == list_row_id), None)
    if row is None:
        raise Http404
    people = queries.candidates(member, row)
    is_sent, error = request.method == "POST", ""
    if is_sent:
        chosen = request.POST.get("person", "")
        person = next((person for person in people if person.id == id_in(chosen)), None)
        if person is None and chosen != "nobody":
            error = "Choose who it is, or that it is none of them"
        else:
            try:
                match_row(by=member, at=now, row=row, person=person, is_decided=True)
                return redirect("custody-lists")
            except ConcurrentEdit:
                error = "A colleague has decided it meanwhile"
    people_shown(member, [person.id for person in people])
    shown = [(person, label(person), with_age(person, london_date(person.case.encountered_at))) for person in people]
    context = {"row": row, "people": shown, "error": error}
    return render(request, "custody/list_row.jinja", context, status=422 if is_sent else 200)
