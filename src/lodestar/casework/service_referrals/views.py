"""Pages of referrals to services and of places of safety, and the page by which a service answers without signing in."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.presenters import person_heading
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.needs.access import supported_person
from lodestar.casework.safe_addresses.queries import contact_gate
from lodestar.casework.service_referrals import access, actions, forms, presenters, queries
from lodestar.casework.service_referrals.models import PartnerLink, ServiceReferral
from lodestar.casework.service_referrals.rules import unsuitable_nights
from lodestar.casework.services.queries import service_for
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, public, submitted_or_draft
from lodestar.platform.accounts.throttling import count_guess, has_guessed_enough
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import day_time, on
from lodestar.platform.registers.presenters import own_lines
from lodestar.platform.registers.views import list_page, row_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import id_in

LINKS = "partner links"  # the name under which guesses at them are counted
NO_RULE = "Agree how they may be contacted first, or say why it was made without"
CHANGED = "A colleague changed this while you were writing. Go back and look"
MAY_TELL_WHO = "This may say who the person is, or where: write it without names, numbers, places or dates"
IS_LIVE = "A link is live already. Tick this to end it and make a new one"
RINGS = ("duty_coordinator",)


@page(Permission.SUPPORT_VIEW, besides=Permission.SUPPORT_USE)
def person_services(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The person's referrals to services, and a new one: first the need, then a service for it."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    person = supported_person(member, person_id, Permission.SUPPORT_VIEW, viewed=not is_sent)
    may_record = member.may(Permission.SUPPORT_RECORD)
    if is_sent and not may_record:
        raise Http404
    search = forms.ServiceSearch(submitted_or_draft(request) or request.GET, auto_id="%s")
    search.is_valid()
    domain, name = search.cleaned_data.get("domain", ""), search.cleaned_data.get("service_name", "")
    services = {str(row.id): row for row in queries.services_of(domain, name)} if domain else {}
    form = forms.NewReferral(
        submitted_or_draft(request), auto_id="%s", initial={"languages": person.language},
        services=[(key, row.name) for key, row in services.items()],
    )  # fmt: skip
    if is_sent and domain and form.is_valid():
        at, _ = at_and_words(form.cleaned_data["made_at"], now)
        service = services[form.cleaned_data["service"]]
        facts = form.facts() | {"domain": domain}
        try:
            row = actions.make_referral(
                by=member, at=at, person=person, service=service, facts=facts, without=form.cleaned_data["without"]
            )
            return redirect("service-referral", row.id)
        except NoContactRule:
            form.add_error("without", NO_RULE)
    context = person_heading(person) | {
        **own_lines(presenters.REFERRALS, queries.referrals_of(person), now),
        "search": search,
        "form": form if may_record and services else None,
        "domain": domain,
        "service_name": name,
        "need": presenters.need_words(domain) if domain else "",
        "gate": contact_gate(person),
    }
    return render(request, "service_referrals/person.jinja", context, status=422 if is_sent else 200)


@page(Permission.SUPPORT_VIEW, only="GET")
def referrals(request: HttpRequest) -> HttpResponse:
    """The referrals to services of everybody whose support the member sees, late ones first."""
    return list_page(request, presenters.REFERRALS)


@page(Permission.SUPPORT_VIEW, besides=Permission.SUPPORT_USE)
def referral(request: HttpRequest, service_referral_id: UUID) -> HttpResponse:
    """One referral, its history and what came of it next."""
    member = member_of(request)
    row = access.referral_for(member, service_referral_id, Permission.SUPPORT_VIEW, viewed=request.method != "POST")
    gate = contact_gate(row.person)
    more = {
        "who": presenters.who(row),
        "closed_way": "" if gate.is_open else gate.words,
        "waits": row.state == "made" and member.may(Permission.SUPPORT_RECORD),
        "link": queries.live_link(row) if row.state == "made" else None,
        "gate": gate if row.agreed == "not_asked" else None,
    }
    return row_page(
        request, presenters.REFERRALS, row, actions.move_referral, back=reverse("person-services", args=[row.person_id]),
        form_class=forms.ReferralMove, template="service_referrals/referral.jinja", more=more,
        refusals={NoContactRule: ("without", NO_RULE)},
    )  # fmt: skip


@page(Permission.SUPPORT_RECORD, asks=True)
def link(request: HttpRequest, service_referral_id: UUID) -> HttpResponse:
    """What the service will read; and its link, which stands in the answer to the form and nowhere else."""
    member, is_sent = member_of(request), request.method == "POST"
    row = access.referral_for(member, service_referral_id, Permission.SUPPORT_RECORD, viewed=not is_sent)
    if row.state != "made" or row.agreed != "yes":
        raise Http404
    email = queries.service_email(row.service) if settings.MAIL_HOST else ""
    initial = {"what": str(row.what), "languages": row.languages}
    form = forms.LinkForm(submitted_or_draft(request), auto_id="%s", initial=initial)
    made: dict[str, Any] = {}
    if is_sent and form.is_valid():
        texts = {name: form.cleaned_data[name] for name in ("what", "languages")}
        for text in actions.check_shown(row, texts):
            form.add_error(text.leaving.field, MAY_TELL_WHO)
        if queries.live_link(row) and not form.cleaned_data["replaces"]:  # a page that is loaded again ends no link
            form.add_error("replaces", IS_LIVE)
        if form.is_valid():
            try:
                made = _make_link(request, row, texts, email if form.cleaned_data["is_sent"] else "")
            except ConcurrentEdit:
                form.add_error(None, CHANGED)
    is_wrong = is_sent and not made
    context = {
        "row": row,
        "form": form,
        "known": presenters.before_name(row),
        "email": email,
        "live": queries.live_link(row),
        "address": "",
        **made,
    }
    return render(request, "service_referrals/link.jinja", context, status=422 if is_wrong else 200)


def _make_link(request: HttpRequest, row: ServiceReferral, texts: dict[str, str], email: str) -> dict[str, Any]:
    """The new link, and whether it went by e-mail where that was asked for."""
    member, now = member_of(request), timezone.now()
    code = actions.make_link(by=member, at=now, row=row, is_sent=bool(email), **texts)
    address = request.build_absolute_uri(reverse("answer-link", args=[code]))
    ends = day_time(now + actions.LINK_LIVES)
    return {"address": address, "ends": ends, "went": actions.send_link(to=email, address=address, ends=ends) if email else None}


# --- without signing in ----------------------------------------------------------------------------------------------------


@public
def answer(request: HttpRequest, answer_code: str) -> HttpResponse:
    """The need, before any name, and a button for yes and one for no. Opening it changes nothing, however often: programs that
    look through mail open links. A link that is spent, over, replaced or nobody's is like no page at all, and guesses are
    counted as wrong sign-ins are."""
    if has_guessed_enough(request, LINKS):
        raise Http404
    response, link_row, force = None, None, access.force_of(answer_code)
    if force is not None:
        with within(force.slug):
            link_row = access.link_with(answer_code)
            if link_row is not None and access.is_live(link_row, timezone.now()):
                response = _answer(request, link_row, force)
    if link_row is None:
        count_guess(request, LINKS)
    if response is None:
        raise Http404
    return response


def _answer(request: HttpRequest, link_row: PartnerLink, force: Tenant) -> HttpResponse | None:
    """The page of a live link, or what to do next once it is answered; None where somebody answered at the same moment."""
    is_sent, now = request.method == "POST", timezone.now()
    form = forms.AnswerForm(request.POST if is_sent else None, auto_id="%s")
    accepted = request.POST.get("do") == "accept"
    rings = {"phone": queries.phone_of(link_row.referral.owner_id), "rings": ring_now(RINGS, now, contact_book(now))}
    if is_sent and form.is_valid():
        try:
            answers = form.cleaned_data
            actions.answer_by_link(
                by=None, at=now, link=link_row, accepted=accepted, reason=answers["reason"], who=answers["who"]
            )
        except ConcurrentEdit:
            return None
        context = {
            "force": force.name, "accepted": accepted, "owner": link_row.referral.owner.name,
            **rings,
        }  # fmt: skip
        return render(request, "service_referrals/answered.jinja", context)
    context = {
        "force": force.name, "known": presenters.before_name(link_row.referral), "form": form,
        "service": link_row.referral.service.name, "ends_at": link_row.ends_at, **rings,
    }  # fmt: skip
    return render(request, "service_referrals/answer.jinja", context, status=422 if is_sent else 200)


# --- places of safety ------------------------------------------------------------------------------------------------------


@page(Permission.PLACE_ASK)
def person_place(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The places asked for, offered and taken for a person, their nights, and asking for another."""
    member, now, is_sent = member_of(request), timezone.now(), request.method == "POST"
    person = supported_person(member, person_id, Permission.PLACE_ASK, viewed=not is_sent)
    sent = submitted_or_draft(request)
    form = forms.AskedFor(sent, auto_id="%s")
    service_id = id_in((sent or request.GET).get("service", ""))
    service = service_for(member, service_id, Permission.SERVICES_VIEW) if service_id else None
    if is_sent and form.is_valid():
        at, _ = at_and_words(form.cleaned_data["asked_at"], now)
        return redirect("place-request", actions.ask_for_place(by=member, at=at, person=person, service=service).id)
    rows = queries.places_of(person)
    context = person_heading(person) | {
        **own_lines(presenters.PLACES, rows, now),
        "unsuitable": unsuitable_nights(queries.stays_of(rows), on(now)),
        "service": service,
        "form": form,
    }
    return render(request, "service_referrals/place.jinja", context, status=422 if is_sent else 200)


@page(Permission.PLACE_ASK, only="GET")
def places(request: HttpRequest) -> HttpResponse:
    """The requests for a place in all cases that the member sees, late ones first."""
    return list_page(request, presenters.PLACES)


@page(Permission.PLACE_ASK)
def place_request(request: HttpRequest, place_request_id: UUID) -> HttpResponse:
    """One request for a place, its history and what became of it next."""
    row = access.place_for(member_of(request), place_request_id, viewed=request.method != "POST")
    more = {"who": presenters.who(row)}
    return row_page(
        request, presenters.PLACES, row, actions.move_place, back=reverse("person-place", args=[row.person_id]),
        form_class=forms.PlaceForm, template="service_referrals/place_request.jinja", more=more,
    )  # fmt: skip
