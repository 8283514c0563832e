"""The custody desk, and what is recorded of one person's custody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_shown, person_for
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.custody import presenters, queries
from lodestar.casework.custody.actions import record_custody
from lodestar.casework.custody.forms import Custody
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.text_normalise import whole_number

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
        "plan": None if person.released_at or not person.held_from else queries.release_plan_open(person),
    }
    return render(request, "custody/person.jinja", context, status=422 if request.method == "POST" else 200)
