"""Help offered again after a no, in the agreed way alone, until they do not wish it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.presenters import label
from lodestar.casework.consent.queries import ladder_of, shown_at
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.safe_addresses.access import may_see_address
from lodestar.casework.safe_addresses.queries import address_viewers, contact_gate
from lodestar.casework.support.actions import offer_again
from lodestar.casework.support.forms import OfferAgain
from lodestar.casework.support.presenters.offers import COMES_BACK, days_owed, lines, state_of
from lodestar.casework.support.queries.of_person import is_owed, offers_of
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.words import listed

SHOWN = 20
NAMED = 4
RINGS = ("slavery_helpline",)


@page(Permission.CONSENT_RECORD)
def offers(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """When help is offered again, how to reach them, and what came of each offer."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CONSENT_RECORD, viewed=request.method != "POST")
    form = OfferAgain(submitted_or_draft(request), auto_id="%s")
    now = timezone.now()
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        at = answers["at"].at if answers["at"] else now
        facts = form.facts() | {"leaflet": shown_at(answers["leaflet"], at)}
        try:
            offer_again(by=member, at=at, person=person, facts=facts, without=answers["without"])
            return redirect("person-consent" if answers["outcome"] == "yes" else "person-offers", person.id)
        except NoContactRule:
            form.add_error("without", "Agree how they may be contacted first, or say why it was made without")
    ladder = ladder_of(person)
    rows = list(offers_of(person)[:SHOWN])
    viewers = address_viewers(person)
    context = {
        "person": person,
        "case": person.case,
        "who": label(person),
        "form": form,
        "state": state_of(ladder, is_owed(person)),
        "days": days_owed(ladder.refused_at, rows, now),
        "offers": lines(rows, member.user, now),
        "gate": contact_gate(person),
        "may_see": may_see_address(member, person),
        "named": listed(list(viewers.values())[:NAMED]),
        "comes_back": COMES_BACK,
        "rings": ring_now(RINGS, now, contact_book(now)),
    }
    return render(request, "support/offers.jinja", context, status=422 if request.method == "POST" else 200)
