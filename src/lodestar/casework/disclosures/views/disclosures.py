"""Telling Immigration Enforcement of somebody: proposing it, deciding it, and writing down that it has happened."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
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
    CannotDecide,
    Words,
    decide_disclosure,
    propose_disclosure,
    record_disclosed,
    record_immigration_disclosure,
)
from lodestar.casework.disclosures.forms import ApprovedDisclosure, Decided, Disclosure
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.disclosures.queries import disclosures_of, how_many
from lodestar.casework.disclosures.rules import APPROVED_FOR
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.forms.fields import at_and_words

MOST = 50
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
    rows = disclosures_of(person, MOST)
    opens = {row.id for row in rows if may.sees_why(member, row)}
    waits = {row.id for row in rows if may.may_record_disclosure(member, row)}
    context = {
        "person": person,
        "name": label(person),
        "form": form,
        "seen": many,
        "rows": words.lines(rows, opens | waits, waits),
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


def page_of_asked(
    request: HttpRequest,
    asked: type[Asked],
    row_id: UUID,
    *,
    template: str,
    decide: Callable[[Asked, datetime, bool, str], None],
    tell: Callable[[Asked, datetime], object],
    leads_to: tuple[str, str],
    shown: Callable[[Asked], dict[str, Any]],
) -> HttpResponse:
    """One thing that is to be told outside, or was: decided by a detective inspector who did not ask; then told, which whoever
    works the case writes. `leads_to` are the pages after telling (of the person) and after deciding; `shown` is what of a row
    stands on its own page alone."""
    member = member_of(request)
    row, now = may.asked_for(member, asked, row_id), timezone.now()
    is_sent = request.method == "POST"
    if not is_sent:
        access.people_shown(member, [row.person_id], case=row.person.case)
    is_of_telling = "when" in request.POST
    decides = may.may_judge(member, row) and not is_of_telling and (row.decided_at is None or is_sent)
    tells = not decides and (may.may_tell if is_of_telling else may.may_record_disclosure)(member, row)
    if is_sent and not (tells if is_of_telling else decides):
        raise Http404
    form = Decided(submitted_or_draft(request) if decides else None, auto_id="%s", happened=row.happened_without)
    disclosure_form = ApprovedDisclosure(submitted_or_draft(request), auto_id="%s", row=row, now=now) if tells else None
    if is_sent:
        if disclosure_form and _is_disclosure_recorded(disclosure_form, now, partial(tell, row)):
            return redirect(leads_to[0], row.person_id)
        if not disclosure_form and _is_decided(form, partial(decide, row, now)):
            return redirect(leads_to[1])
        row = may.asked_for(member, asked, row_id)  # as a colleague left it meanwhile
    context = {
        "row": row,
        "name": label(row.person),
        "form": form if decides else None,
        "told": disclosure_form,
        "lapsed": bool(row.decided_at and now >= row.decided_at + APPROVED_FOR),
        "sees_why": may.sees_why(member, row),
        **shown(row),
    }
    return render(request, template, context, status=422 if is_sent else 200)


def _is_decided(form: Decided, decide: Callable[[bool, str], None]) -> bool:
    """Whether it is decided now; not where the form has to be put right, or a colleague decided it meanwhile."""
    if form.is_valid():
        try:
            decide(form.cleaned_data["approved"] == "yes", form.cleaned_data["because"])
        except CannotDecide as error:
            form.add_error(None, str(error))
    return not form.errors


def _is_disclosure_recorded(form: ApprovedDisclosure, now: datetime, tell: Callable[[datetime], object]) -> bool:
    """Whether when they were told is written down now; not where the form has to be put right, or a colleague wrote it down
    meanwhile."""
    if form.is_valid():
        at, _ = at_and_words(form.cleaned_data["when"], now)
        try:
            tell(at)
        except AlreadyDisclosed as error:
            form.add_error(None, str(error))
    return not form.errors


@page(Permission.IMMIGRATION_TELL)
def disclosure(request: HttpRequest, disclosure_id: UUID) -> HttpResponse:
    """One of them, to decide or to write down as told."""
    by = member_of(request)

    def decide(row: ImmigrationDisclosure, at: datetime, approved: bool, because: str) -> None:
        decide_disclosure(by=by, at=at, disclosure=row, approved=approved, because=because)

    def record_disclosure(row: ImmigrationDisclosure, at: datetime) -> None:
        record_immigration_disclosure(by=by, at=at, disclosure=row)

    return page_of_asked(
        request, ImmigrationDisclosure, disclosure_id, template="disclosures/immigration_one.jinja", decide=decide,
        tell=record_disclosure,
        leads_to=("person-immigration", "immigration"), shown=_disclosure_context,
    )  # fmt: skip


def _disclosure_context(row: ImmigrationDisclosure) -> dict[str, Any]:
    return {
        "way": words.AS_WAY[row.way],
        "about": words.about(row),
        "parts": words.parts(row),
        "stands": words.disclosure_status(row),
        "until": words.until(row),
        "without": words.without(row),
    }


@page(Permission.IMMIGRATION_DECIDE, only="GET")
def disclosures(request: HttpRequest) -> HttpResponse:
    """What waits for a detective inspector: what is proposed, and what went without."""
    member = member_of(request)
    rows = may.to_decide(member, ImmigrationDisclosure, MOST + 1)
    access.people_shown(member, [row.person_id for row in rows])
    names = labels([row.person for row in rows])
    context = {"rows": [(row, names[row.person_id], words.AS_WAY[row.way]) for row in rows[:MOST]], "more": len(rows) > MOST}
    return render(request, "disclosures/immigration_waits.jinja", context)
