"""The people whom a member supports, one person's support, what happens to it, giving it to a navigator, and offers."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import people_shown, person_for
from lodestar.casework.cases.presenters import label
from lodestar.casework.consent.queries import ladder_of, shown_at
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.safe_addresses.access import may_see_address
from lodestar.casework.safe_addresses.queries import address_viewers, contact_gate
from lodestar.casework.support.access import support_of, support_to_give
from lodestar.casework.support.actions import give_support, offer_again, record_support, revoke_support
from lodestar.casework.support.forms import GiveSupport, OfferAgain, PeopleSought, Record
from lodestar.casework.support.presenters import offers as offer_words
from lodestar.casework.support.presenters import support as words
from lodestar.casework.support.presenters.offers import COMES_BACK, days_owed, lines, state_of
from lodestar.casework.support.queries import lists, of_person
from lodestar.casework.support.queries.of_person import is_owed, offers_of
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.words import listed
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import id_in

MOVES = "confirm_support_transfer"
PAGE, RECORDS, OFFERS = 15, 20, 3


@page(Permission.SUPPORT_VIEW, only="GET")
def support(request: HttpRequest) -> HttpResponse:
    """Everybody whom the member supports: by stage, who waits, and how often they were reached."""
    member, now = member_of(request), timezone.now()
    form = PeopleSought(request.GET, auto_id="%s", workers=lists.worker_choices(), units=lists.unit_choices())
    everybody = lists.people_supported(member)
    by_stage, groups = lists.counts_of(everybody, now)
    rows = []
    if form.is_valid():
        rows = lists.page_of(lists.sought(everybody, form.cleaned_data, now), PAGE + 1, id_in(request.GET.get("after", "")))
    shown = rows[:PAGE]
    people_shown(member, [row.person_id for row in shown])
    months = lists.engagement(member, now)
    further = {**form.filters, "after": str(shown[-1].person_id)} if len(rows) > PAGE else {}
    context = {
        "form": form,
        "groups": words.group_counts(groups),
        "stages": words.stage_counts(by_stage),
        "columns": words.COLUMNS,
        "rows": words.people_rows(shown, member, now),
        "next": f"/support?{urlencode(further)}" if further else "",
        "chart": words.engagement_chart(months),
        "months": words.engagement_rows(months),
        "month_columns": words.MONTHS,
    }
    return render(request, "support/people.jinja", context)


@page(Permission.SUPPORT_VIEW, besides=Permission.SUPPORT_USE, only="GET")
def person_support(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person's support: the stage, what is owed, the contact rule, who supports them, what was recorded."""
    member, now = member_of(request), timezone.now()
    stage = support_of(member, person_id, Permission.SUPPORT_VIEW, viewed=True)
    person, gate = stage.person, contact_gate(stage.person)
    recorded, owed = of_person.records_of(person, RECORDS), of_person.owed_to(person, lists.OF_SUPPORT)
    context = {
        "person": person,
        "who": label(person),
        "reference": person.case.reference if member.may(Permission.CASE_VIEW) else "",
        "stage": stage,
        "stage_words": words.stage_words(stage.stage, stage.since),
        "history": words.history(of_person.history_of(stage, of_person.talks_in_order(person))),
        "is_left_in_peace": stage.wish == "unwanted",
        "left_in_peace": words.LEFT_IN_PEACE,
        "gate": gate,
        "way": words.gate_words(gate),
        "owed": words.owed_lines(owed, member),
        "contact_point": of_person.single_point_of_contact(person),
        "supporters": [row.user.name for row in of_person.supporters_of(person, now)],
        "provider": words.service_words(recorded, is_moving=any(row.code == MOVES for row in owed)),
        "said_yes": of_person.yes_without_talk(person),
        "records": words.records(recorded, member),
        "offers": offer_words.lines(of_person.offers_of(person)[:OFFERS], member.user, now),
        "back": "/support" if member.may(Permission.SUPPORT_VIEW) else f"/people/{person.id}",
        "may": {
            "record": member.may(Permission.SUPPORT_RECORD),
            "offer": member.may(Permission.CONSENT_RECORD),
            "ask": member.may(Permission.SERVICES_EDIT),
            "give": member.may(Permission.SUPPORT_GIVE) and not person.case.sealed,
            "see_way": member.may(Permission.ADDRESS_VIEW),
        },
        "comes_back": offer_words.COMES_BACK,
        "now": now,
    }
    return render(request, "support/person.jinja", context)


@page(Permission.SUPPORT_RECORD)
def record(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A contact or a try at one; that support began, moves, ended; that they withdrew or came back."""
    member, now = member_of(request), timezone.now()
    stage = support_of(member, person_id, Permission.SUPPORT_RECORD, viewed=request.method != "POST")
    form = Record(submitted_or_draft(request), auto_id="%s", is_child=stage.is_child)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            record_support(
                by=member, at=answers["at"].at if answers["at"] else now, person=stage.person, kind=answers["kind"],
                who=answers["who"], words=answers["words"], they_came=answers["they_came"], without=answers["without"],
            )  # fmt: skip
            return redirect("person-support", stage.person_id)
        except NoContactRule:
            form.add_error("without", "Agree how they may be contacted first, or say why it was made without")
    context = {"person": stage.person, "who": label(stage.person), "form": form, "gate": contact_gate(stage.person)}
    return render(request, "support/record.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SUPPORT_GIVE)
def give(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Gives a navigator the support of a person's case, or takes it back: they see that alone, from and until the next page."""
    member, now = member_of(request), timezone.now()
    stage = support_to_give(member, person_id, viewed=request.method != "POST")
    given = of_person.supporters_of(stage.person, now)
    has_it = {row.user_id for row in given}
    choices = [(str(row.user_id), row.user.name) for row in of_person.navigators_at_work() if row.user_id not in has_it]
    form = GiveSupport(submitted_or_draft(request), auto_id="%s", navigators=choices)
    if request.method == "POST":
        back = next((row for row in given if row.id == id_in(request.POST.get("revoke", ""))), None)
        if back is not None:
            revoke_support(by=member, at=now, person=stage.person, given=back)
            return redirect("person-support-give", stage.person_id)
        if form.is_valid():
            try:
                give_support(by=member, at=now, person=stage.person, to=UUID(form.cleaned_data["to"]))
            except ConcurrentEdit:
                raise Http404 from None  # as for a case that was sealed before
            return redirect("person-support", stage.person_id)
    people = of_person.supported_in(stage.person.case)
    context = {
        "person": stage.person, "who": label(stage.person), "form": form, "given": given, "choices": choices,
        "people": [label(person) for person in people],
    }  # fmt: skip
    return render(request, "support/give.jinja", context, status=422 if request.method == "POST" else 200)


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
