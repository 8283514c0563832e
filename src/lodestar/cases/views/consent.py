"""The talk about referral with one person, alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.cases.access import person_for
from lodestar.cases.actions.talks import TalkMeanwhile, record_talk
from lodestar.cases.forms.consent import Consent, Heard, facts_of, is_about_the_rest
from lodestar.cases.models import Person
from lodestar.cases.presenters.consent import LEADS_TO, consent_status_rows, talks
from lodestar.cases.presenters.people import with_age
from lodestar.cases.queries.consent import answers_of, ladder_of, talks_of
from lodestar.cases.queries.facts import age_of
from lodestar.cases.queries.leaflets import shown_at
from lodestar.design.when import moment, on

ANSWERED_BEFORE = "They answered before. Tick what they say now, or answer only one of “the rest” and keep the earlier answer"
MEANWHILE = (
    "{} recorded a talk with them at {}, while you were writing. It is below, and nothing is lost. If yours was a "
    "different talk, or theirs is wrong, send yours again: both are kept, and the later one counts."
)
SHOWN = 5


@page(Permission.CONSENT_RECORD)
def consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The short form of one talk."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CONSENT_RECORD, viewed=request.method != "POST")
    is_child = age_of(person).is_child
    form = (Heard if is_child else Consent)(submitted_or_draft(request), auto_id="%s")
    if request.method != "POST":
        return _consent_page(request, person, form, is_child)
    answered_before = form.is_valid() and _answered_before(person)
    leaves_referral = answered_before and is_about_the_rest(form.cleaned_data)
    if answered_before and not form.cleaned_data["answer"] and not leaves_referral:
        form.add_error("answer", ANSWERED_BEFORE)
    if not form.is_valid():
        return _consent_page(request, person, form, is_child, status=422)
    answers = form.cleaned_data
    wants = answers.get("wants", "")
    at = answers["at"].at if answers["at"] else timezone.now()
    try:
        record_talk(
            by=member,
            at=at,
            person=person,
            answer=facts_of(answers) | {"leaves_referral": leaves_referral, "leaflet": shown_at(answers["leaflet"], at)},
            is_heard=is_child and bool(wants or "told_what_happens" in answers["said"]),
            wants=wants,
            seen=version_seen(request.POST),
        )
    except TalkMeanwhile as meanwhile:
        note = MEANWHILE.format(meanwhile.theirs.recorded_by.name, moment(meanwhile.theirs.recorded_at, timezone.now()))
        return _consent_page(request, person, form, is_child, status=422, note=note)
    return (
        redirect("case-do-now", person.case.reference)
        if "stop" in request.POST
        else redirect("person-route", person.id)
    )


def _answered_before(person: Person) -> bool:
    latest = answers_of(person).first()
    return latest is not None and (latest.nrm is not None or latest.wants_time is not None)


def _consent_page(
    request: HttpRequest, person: Person, form: Consent, is_child: bool, status: int = 200, note: str = ""
) -> HttpResponse:
    member = member_of(request)
    now = timezone.now()
    # whoever was not told of a talk is told of it when they send
    seen = None if note else version_seen(submitted_or_draft(request))
    context = {
        "person": person,
        "case": person.case,
        "who": with_age(person, on(person.case.encountered_at)),
        "form": form,
        "is_child": is_child,
        "version": talks_of(person).count() if seen is None else seen,
        "note": note,
        "talks": talks(talks_of(person)[:SHOWN], member.user, now),
        "leads_to": LEADS_TO,
        "stands": consent_status_rows(ladder_of(person)),
    }
    return render(request, "cases/consent.jinja", context, status=status)
