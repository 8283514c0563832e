"""Telling somebody outside: Immigration Enforcement, a safe address, uses outside a purpose. Asking for it, deciding it, and
recording it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases import access
from lodestar.casework.cases.presenters import label, labels
from lodestar.casework.disclosures import access as may
from lodestar.casework.disclosures import actions, queries
from lodestar.casework.disclosures import presenters as words
from lodestar.casework.disclosures.access import Asked
from lodestar.casework.disclosures.forms import ApprovedDisclosure
from lodestar.casework.disclosures.models import AddressDisclosure, DisclosureApproval, ImmigrationDisclosure
from lodestar.casework.disclosures.rules import ADDRESS, CASE_FILE, is_purpose_change, purpose_changes, use_in_effect
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.views import MOST, ApprovalPages, approval_page, waiting_page
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.questionnaires.views import questions, record_page
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

MEANWHILE = (
    "Someone recorded an immigration disclosure for this person since you opened the page. Read it below, and save "
    "again if yours is different"
)


ALONE = (
    "“Safeguarding” alone is not a reason to tell Immigration Enforcement. Tick what else it is for, or do not "
    "propose it. Always record what has already happened"
)
A_FILE = "A file contains both safeguarding and policing information: tick both"
OWN_PAGE = (
    "Propose immigration disclosures on their own page, “Immigration disclosures” of this person. Record a past "
    "disclosure here: tick that it has already been made"
)
EVERY_WAY = "Check every way and tick it"


class Incomplete(ValueError):
    """Something is not ticked that has to be."""


@page(Permission.IMMIGRATION_TELL)
def disclosure_new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Proposing that immigration is told of a person, recording that they were, and what was before."""
    member, now = member_of(request), timezone.now()
    person = access.person_for(member, person_id, Permission.IMMIGRATION_TELL, viewed=request.method != "POST")
    many, seen = queries.how_many(person), request.POST.get("seen", "")

    def act(*, by: Member, happened: list[str], when: datetime | None, **answers: Any) -> None:
        disclosed = actions.Words(**answers)
        if disclosed.way == "file" and not {*CASE_FILE} <= {*disclosed.parts}:
            raise Incomplete(A_FILE)
        if happened:  # what has happened waits for nothing
            actions.record_disclosed(by=by, at=when or now, person=person, words=disclosed)
        elif seen.isdecimal() and int(seen) != many:
            raise ConcurrentEdit
        else:
            actions.propose_disclosure(by=by, at=now, person=person, words=disclosed)

    return record_page(
        request, questions("disclosures", "immigration_questions", "immigration"), act, heading="Immigration disclosures",
        back=reverse("person-immigration", args=[person.id]), template="disclosures/immigration.jinja",
        choices={"way": words.WAYS, "purposes": words.PURPOSES, "parts": words.PARTS},
        refusals={ConcurrentEdit: (None, MEANWHILE), actions.NoReason: ("purposes", ALONE), Incomplete: ("parts", "")},
        person=person, name=label(person), seen=many,
        rows=words.lines(member, queries.disclosures_of(ImmigrationDisclosure, MOST, person=person)),
    )  # fmt: skip


def lines_to_decide(member: Member, rows: Sequence[DisclosureApproval]) -> list[tuple[DisclosureApproval, str, str]]:
    """What waits, each with the person's name and the recipient; that they were listed is logged."""
    access.people_shown(member, [row.person_id for row in rows])
    names = labels([row.person for row in rows])
    return [(row, names[row.person_id], words.recipient(row)) for row in rows]


def disclosure_page(request: HttpRequest, pages: ApprovalPages[Asked], row_id: UUID, *, back: str) -> HttpResponse:
    """One thing that is to be told outside, or was: decided by a detective inspector who did not ask; then told, which whoever
    works the case writes, and is led to the person's page, `back`."""
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
            actions.record_when_disclosed(by=member, at=at, row=row)
            return redirect(back, row.person_id)
        except actions.AlreadyDisclosed as error:
            form.add_error(None, str(error))
    return approval_page(request, pages, row, form)


def page_words(row: DisclosureApproval) -> dict[str, Any]:
    """What the pages say of one."""
    shown: dict[str, Any] = {"name": label(row.person), "to": words.recipient(row), "about": words.about(row)}
    shown |= {"status": words.disclosure_status(row), "without": words.without(row)}
    if isinstance(row, ImmigrationDisclosure):
        return shown | {"parts": words.parts(row), "until": words.until(row)}
    return shown | {"crossed": isinstance(row, AddressDisclosure) and row.use and purpose_changes(ADDRESS, row.use)}


IMMIGRATION_PAGES = ApprovalPages(
    ImmigrationDisclosure,
    find=may.asked_for,
    waiting=may.to_decide,
    decide=lambda row, **decision: actions.decide_disclosure(disclosure=row, **decision),
    leads_to="immigration",
    template="disclosures/immigration_one.jinja",
    list_template="disclosures/immigration_waits.jinja",
    question=words.question,
    words=page_words,
    lines=lines_to_decide,
)


@page(Permission.IMMIGRATION_TELL)
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    return disclosure_page(request, IMMIGRATION_PAGES, disclosure_id, back="person-immigration")


@page(Permission.IMMIGRATION_DECIDE, only="GET")
def disclosures(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector: what is proposed, and what went without."""
    return waiting_page(request, IMMIGRATION_PAGES)


SHOWN_IN_CASE = 40


@page(Permission.IMMIGRATION_TELL)
def case_disclosures(request: HttpRequest, reference: str) -> HttpResponse:
    """Disclosures of everybody in a case, and the record that nothing was disclosed."""
    member, is_sent = member_of(request), request.method == "POST"
    case = access.case_for(member, reference, Permission.IMMIGRATION_TELL, viewed=not is_sent)
    people, rows = access.people_of(case), queries.disclosures_of(ImmigrationDisclosure, SHOWN_IN_CASE, person__case=case)
    access.people_shown(member, [person.id for person in people], case=case)
    names = labels(people)

    def act(*, by: Member, checked_at: datetime | None, checked: list[str], note: str) -> None:
        if {*checked} != {code for code, _ in words.WAYS}:
            raise Incomplete(EVERY_WAY)
        actions.record_nothing_disclosed(by=by, at=checked_at or timezone.now(), case=case, note=note)

    return record_page(
        request, questions("disclosures", "immigration_questions", "nothing"), act, heading="Immigration disclosures",
        back=reverse("case-immigration", args=[case.reference]), template="disclosures/case_immigration.jinja",
        choices={"checked": words.WAYS}, refusals={actions.WasDisclosed: (None, ""), Incomplete: ("checked", "")}, case=case,
        people=names.items(), nothing=queries.nothing_disclosed_in(case),
        rows=[(names[row.person_id], line) for row, line in zip(rows, words.lines(member, rows), strict=True)],
    )  # fmt: skip


@page(Permission.ADDRESS_RECORD)
def address_disclosures(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Whom outside the address was told, asking that somebody is, and recording that somebody was. Never the address."""
    member, now = member_of(request), timezone.now()
    person = access.person_for(member, person_id, Permission.ADDRESS_RECORD, viewed=request.method != "POST")

    def act(*, happened: list[str], when: datetime | None, **answers: Any) -> None:
        crossed = purpose_changes(ADDRESS, answers["use"])
        if crossed and not answers["crossing"]:
            raise Incomplete(words.crossed_words(crossed, answers["use"]))
        if happened:
            actions.record_unapproved_address_disclosure(at=when or now, person=person, **answers)
        else:
            actions.ask_to_tell(at=now, person=person, **answers)

    return record_page(
        request, questions("disclosures", "address_questions"), act, heading="Address disclosure",
        back=reverse("person-address-told", args=[person.id]), template="disclosures/address_told.jinja",
        choices={"use": words.USES},
        refusals={Incomplete: ("crossing", ""), actions.TellsImmigration: ("recipient", f"That is immigration. {OWN_PAGE}")},
        person=person, name=label(person),
        rows=words.lines(member, queries.disclosures_of(AddressDisclosure, MOST, person=person)),
    )  # fmt: skip


ADDRESS_PAGES = ApprovalPages(
    AddressDisclosure,
    find=may.asked_for,
    waiting=may.to_decide,
    decide=lambda row, **decision: actions.decide_address_disclosure(telling=row, **decision),
    leads_to="address-tellings",
    template="disclosures/address_telling.jinja",
    list_template="disclosures/address_tellings.jinja",
    question=words.question,
    words=page_words,
    lines=lines_to_decide,
)


@page(Permission.ADDRESS_VIEW)
def address_disclosure(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    return disclosure_page(request, ADDRESS_PAGES, telling_id, back="person-address-told")


@page(Permission.ADDRESS_TELL_DECIDE, only="GET")
def disclosures_to_decide(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector to decide."""
    return waiting_page(request, ADDRESS_PAGES)


WITHIN = "It was recorded for that purpose: there is nothing to record here"


@page(Permission.ADDRESS_RECORD)
def other_use(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Writing down that something of a person is used outside the purpose it was recorded for; and what was before."""
    viewed, now = request.method != "POST", timezone.now()
    person = access.person_for(member_of(request), person_id, Permission.ADDRESS_RECORD, viewed=viewed)

    def act(*, recorded_for: str, use: str, recipient: str, when: datetime | None, **more: Any) -> None:
        if not is_purpose_change(recorded_for, use_in_effect(use, recipient, on(now))):
            raise actions.WithinPurpose(WITHIN)
        actions.record_purpose_changes(
            at=when or now, people=[person], recorded_for=[recorded_for], use=use, recipient=recipient, **more
        )

    return record_page(
        request, questions("disclosures", "other_use_questions"), act, heading="Use for another purpose",
        back=reverse("person-other-use", args=[person.id]), template="disclosures/other_use.jinja",
        choices={"recorded_for": words.PARTS, "use": words.USES}, refusals={actions.WithinPurpose: ("use", "")},
        person=person, name=label(person),
        rows=[(words.purpose_change_words(row), row) for row in queries.purpose_changes_of(MOST, person=person)],
    )  # fmt: skip
