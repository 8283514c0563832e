"""The first account on video: the one place where it is recorded."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.door import page, typed
from lodestar.accounts.permissions import Permission
from lodestar.cases.access import people_of, people_shown, person_for
from lodestar.cases.actions import record_first_account
from lodestar.cases.forms.accounts import FirstAccountTold
from lodestar.cases.forms.when import at_and_words
from lodestar.cases.models import Person
from lodestar.cases.presenters.accounts import DO_NOT_ASK, video
from lodestar.cases.presenters.people import labels, with_age
from lodestar.cases.queries.accounts import first_accounts
from lodestar.cases.rules.first_accounts import kept_words
from lodestar.design.when import moment, on

MOST_NAMED = 20


@page(Permission.CONCERN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def first_account(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Which video holds the first account of this person, and of whom else; and what else was kept."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.CONCERN_RECORD, viewed=request.method != "POST")
    people = _offered(person)
    names = labels(people)
    form = FirstAccountTold(
        typed(request), people=[(str(one.id), names[one.id]) for one in people], whose=[str(person.id)], auto_id="%s"
    )
    if request.method != "POST":
        people_shown(member, [one.id for one in people], case=person.case)
        return _shown(request, person, form)
    if not form.is_valid():
        return _shown(request, person, form, status=422)
    told = form.cleaned_data
    at, words = at_and_words(told["at"], timezone.now())
    record_first_account(
        by=member,
        at=at,
        people=[one for one in people if str(one.id) in told["people"]],
        reference=told["reference"],
        officer=told["officer"],
        words=words,
        kept=told["kept"],
        more=told["more"],
    )
    return redirect("person-first-account", person.id)


def _offered(person: Person) -> list[Person]:
    """The person first, then the other possible victims and witnesses of the case."""
    others = [one for one in people_of(person.case) if {"possible_victim", "witness"} & set(one.roles)]
    return [person, *(one for one in others if one.id != person.id)][:MOST_NAMED]


def _shown(request: HttpRequest, person: Person, form: FirstAccountTold, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    recorded = [
        (video(row), kept_words(row.kept, row.more), f"{row.recorded_by.name}, {moment(row.recorded_at, now)}")
        for row in first_accounts([person.id])
    ]
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "form": form,
        "recorded": recorded,
        "do_not_ask": DO_NOT_ASK,
    }
    return render(request, "cases/first_account.jinja", context, status=status)
