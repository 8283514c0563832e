"""Which way a person's referral goes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.consent.queries import answers_of
from lodestar.casework.referral_forms import queries
from lodestar.casework.referral_forms.presenters import describe_route
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.links import may_open
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import on_duty
from lodestar.platform.accounts.request_flow import page

RINGS = ("duty_coordinator", "slavery_helpline")


@page(Permission.CASE_VIEW, only="GET")
def route(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Shown when a talk was recorded, and to whoever asks what follows from it."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CASE_VIEW, viewed=True)
    now = timezone.now()
    duty = on_duty("coordinator", now, person.case.unit_id)
    route_text = describe_route(
        route_of(queries.read_now(person)), long_stop=queries.long_stop(person), talk=answers_of(person).first(), now=now
    )
    context = person_heading(person) | {
        "route": route_text,
        "coordinator": duty.user.name if duty else "the coordinator",
        "may_write": bool(route_text["onward"]) and may_open(member, reverse("person-writing", args=[person.id])),
        "may_ask": may_open(member, reverse("person-consent", args=[person.id])),
        "asks_age": queries.is_age_owed(person),
        "rings": ring_now(RINGS, now, contact_book(now)),
    }
    return render(request, "referral_forms/route.jinja", context)
