"""Telling Immigration Enforcement of somebody: proposing it, deciding it, and writing down that it has happened."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import label, labels
from lodestar.casework.disclosures import access as may
from lodestar.casework.disclosures import presenters as words
from lodestar.casework.disclosures.access import Asked
from lodestar.casework.disclosures.actions.disclosures import (
    AlreadyDisclosed,
    Words,
    decide_disclosure,
    propose_disclosure,
    record_disclosed,
    record_immigration_disclosure,
)
from lodestar.casework.disclosures.forms import ApprovedDisclosure, Disclosure
from lodestar.casework.disclosures.models import DisclosureApproval, ImmigrationDisclosure
from lodestar.casework.disclosures.queries import disclosures_of, how_many
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.views import MOST, ApprovalPages, approval_page, waiting_page
from lodestar.platform.design.forms.fields import at_and_words

MEANWHILE = (
    "Someone recorded an immigration disclosure for this person since you opened the page. Read it below, and save "
    "again if yours is different"
)


@page(Permission.IMMIGRATION_TELL)
def disclosure_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Proposing that immigration is told of a person, recording that they were, and what was before."""
    member = member_of(request)
    person = access.person_for(member, person_id, Permission.IMMIGRATION_TELL, viewed=request.method != "POST")
    form = Disclosure(submitted_or_draft(request), auto_id="%s")
    many = how_many(person)
    if request.method == "POST" and form.is_valid():
        if _is_news(request, form, many):
            form.add_error(None, MEANWHILE)
        else:
            _write(member, person, form)
            return redirect("person-immigration", person.id)
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "seen": many,
        "rows": words.lines(member, disclosures_of(person, ImmigrationDisclosure, MOST)),
    }
    return render(request, "disclosures/immigration.jinja", context, status=422 if request.method == "POST" else 200)


def _is_news(request: HttpRequest, form: Disclosure, many: int) -> bool:
    """Whether a colleague wrote something down since a proposal was begun. What has happened waits for nothing."""
    seen = request.POST.get("seen", "")
    return not form.cleaned_data["happened"] and seen.isdecimal() and int(seen) != many


def _write(member: Member, person: Person, form: Disclosure) -> None:
    answers, now = form.cleaned_data, timezone.now()
    disclosure_words = Words(
        **{name: answers[name] for name in ("way", "recipient", "power", "purposes", "parts", "what", "reason")}
    )
    if answers["happened"]:
        at, _ = at_and_words(answers["when"], now)
        record_disclosed(by=member, at=at, person=person, words=disclosure_words)
    else:
        propose_disclosure(by=member, at=now, person=person, words=disclosure_words)


def lines_to_decide(member: Member, rows: Sequence[DisclosureApproval]) -> list[tuple[DisclosureApproval, str, str]]:
    """What waits, each with the person's name and the recipient; that they were listed is logged."""
    access.people_shown(member, [row.person_id for row in rows])
    names = labels([row.person for row in rows])
    return [(row, names[row.person_id], words.recipient(row)) for row in rows]


def disclosure_page(
    request: HttpRequest, pages: ApprovalPages[Asked], row_id: UUID, *, back: str, record: Callable[..., object]
) -> HttpResponse:
    """One thing that is to be told outside, or was: decided by a detective inspector who did not ask; then told, which whoever
    works the case writes (`record`), and is led to the person's page, `back`."""
    member, now = member_of(request), timezone.now()
    row, is_sent, is_told = may.asked_for(member, pages.model, row_id), request.method == "POST", "when" in request.POST
    if not is_sent:
        access.people_shown(member, [row.person_id], case=row.person.case)
    may_record = (may.may_tell if is_told else may.may_record_disclosure)(member, row)
    if is_told and not may_record:
        raise Http404
    if not may_record or is_sent != is_told:
        return approval_page(request, pages, row)
    form = ApprovedDisclosure(submitted_or_draft(request), auto_id="%s", row=row, now=now)
    if is_told and form.is_valid():
        at, _ = at_and_words(form.cleaned_data["when"], now)
        try:
            record(by=member, at=at, row=row)
            return redirect(back, row.person_id)
        except AlreadyDisclosed as error:
            form.add_error(None, str(error))
    return approval_page(request, pages, row, form)


def common_words(row: DisclosureApproval) -> dict[str, Any]:
    """What the page of each kind says."""
    return {
        "name": label(row.person),
        "about": words.about(row),
        "status": words.disclosure_status(row),
        "without": words.without(row),
    }


def _page_words(row: ImmigrationDisclosure) -> dict[str, Any]:
    return common_words(row) | {"to": words.recipient(row), "parts": words.parts(row), "until": words.until(row)}


PAGES = ApprovalPages(
    ImmigrationDisclosure,
    find=may.asked_for,
    waiting=may.to_decide,
    decide=lambda row, **decision: decide_disclosure(disclosure=row, **decision),
    leads_to="immigration",
    template="disclosures/immigration_one.jinja",
    list_template="disclosures/immigration_waits.jinja",
    question=words.question,
    words=_page_words,
    lines=lines_to_decide,
)


@page(Permission.IMMIGRATION_TELL)
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    return disclosure_page(
        request, PAGES, disclosure_id, back="person-immigration",
        record=lambda row, **told: record_immigration_disclosure(disclosure=row, **told),
    )  # fmt: skip


@page(Permission.IMMIGRATION_DECIDE, only="GET")
def disclosures(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector: what is proposed, and what went without."""
    return waiting_page(request, PAGES)
