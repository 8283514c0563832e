"""Telling somebody outside a safe address: asking for it, deciding it, and recording it; and uses outside a purpose."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.presenters import label
from lodestar.casework.disclosures import access as may
from lodestar.casework.disclosures import presenters as words
from lodestar.casework.disclosures.actions.address_disclosures import (
    ask_to_tell,
    decide_address_disclosure,
    record_address_disclosed,
    record_unapproved_address_disclosure,
)
from lodestar.casework.disclosures.actions.disclosures import record_purpose_changes
from lodestar.casework.disclosures.forms import AddressDisclosureForm, OtherUse
from lodestar.casework.disclosures.models import AddressDisclosure
from lodestar.casework.disclosures.presenters import purpose_change_lines
from lodestar.casework.disclosures.queries import disclosures_of, purpose_changes_of
from lodestar.casework.disclosures.rules import ADDRESS, purpose_changes
from lodestar.casework.disclosures.views.disclosures import common_words, disclosure_page, lines_to_decide
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.views import MOST, ApprovalPages, waiting_page
from lodestar.platform.design.forms.fields import at_and_words


@page(Permission.ADDRESS_RECORD)
def address_disclosures(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whom outside the address was told, asking that somebody is, and recording that somebody was. Never the address."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")
    form = AddressDisclosureForm(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers, now = form.cleaned_data, timezone.now()
        disclosure_fields = {name: answers[name] for name in ("recipient", "power", "use", "reason", "crossing")}
        if answers["happened"]:
            at, _ = at_and_words(answers["when"], now)
            record_unapproved_address_disclosure(by=member, at=at, person=person, **disclosure_fields)
        else:
            ask_to_tell(by=member, at=now, person=person, **disclosure_fields)
        return redirect("person-address-told", person.id)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": words.lines(member, disclosures_of(person, AddressDisclosure, MOST)),
    }
    return render(request, "disclosures/address_told.jinja", context, status=422 if request.method == "POST" else 200)


def _page_words(row: AddressDisclosure) -> dict[str, Any]:
    return common_words(row) | {"crossed": bool(row.use and purpose_changes(ADDRESS, row.use))}


PAGES = ApprovalPages(
    AddressDisclosure,
    find=may.asked_for,
    waiting=may.to_decide,
    decide=lambda row, **decision: decide_address_disclosure(telling=row, **decision),
    leads_to="address-tellings",
    template="disclosures/address_telling.jinja",
    list_template="disclosures/address_tellings.jinja",
    question=words.question,
    words=_page_words,
    lines=lines_to_decide,
)


@page(Permission.ADDRESS_VIEW)
def address_disclosure(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    return disclosure_page(
        request, PAGES, telling_id, back="person-address-told",
        record=lambda row, **told: record_address_disclosed(telling=row, **told),
    )  # fmt: skip


@page(Permission.ADDRESS_TELL_DECIDE, only="GET")
def disclosures_to_decide(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector to decide."""
    return waiting_page(request, PAGES)


@page(Permission.ADDRESS_RECORD)
def other_use(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing down that something of a person is used outside the purpose it was recorded for; and what was before."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")
    form = OtherUse(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        at, _ = at_and_words(answers["when"], timezone.now())
        purpose_fields = {name: answers[name] for name in ("use", "recipient", "power", "reason")}
        record_purpose_changes(by=member, at=at, people=[person], recorded_for=[answers["recorded_for"]], **purpose_fields)
        return redirect("person-other-use", person.id)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "rows": purpose_change_lines(purpose_changes_of(person, MOST)),
    }
    return render(request, "disclosures/other_use.jinja", context, status=422 if request.method == "POST" else 200)
