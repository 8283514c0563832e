"""What is asked of one person: how old they may be, where their first account is kept, and about referral, alone."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.cases.access import people_of, people_shown, person_for
from lodestar.cases.actions import StaleVersion, learn_of_person, record_first_account
from lodestar.cases.actions.talks import TalkMeanwhile, record_talk
from lodestar.cases.forms.consent import Consent, Heard, facts_of, is_about_the_rest
from lodestar.cases.forms.fields import at_and_words
from lodestar.cases.forms.people import Age, FirstAccountForm
from lodestar.cases.models import Person
from lodestar.cases.presenters.consent import LEADS_TO, consent_status_rows, talks
from lodestar.cases.presenters.people import DO_NOT_ASK, age_words, labels, video, with_age
from lodestar.cases.queries.consent import answers_of, ladder_of, talks_of
from lodestar.cases.queries.facts import age_of
from lodestar.cases.queries.leaflets import shown_at
from lodestar.cases.queries.people import first_accounts
from lodestar.cases.rules.first_accounts import evidence_summary
from lodestar.design.when import moment, on

UNKNOWN = "unknown"


@page(Permission.DUTY_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def age(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The age, or bounds, with how it is known."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.DUTY_ANSWER, viewed=request.method != "POST")
    form = Age(submitted_or_draft(request), initial=_initial(person), auto_id="%s")
    if request.method != "POST":
        return _age_page(request, person, form)
    if not form.is_valid():
        return _age_page(request, person, form, status=422)
    facts = form.cleaned_data | {"age_basis": form.cleaned_data["age_basis"] or UNKNOWN}
    try:
        is_told = learn_of_person(
            by=member, at=timezone.now(), person=person, version=_version(request, person), facts=facts
        )
    except StaleVersion as stale:
        return _age_page(request, stale.theirs, form, clash=True, status=422)
    if is_told:
        return redirect(f"/record/{person.case_id}/met?then=now")
    return redirect(f"/cases/{person.case.reference}/do-now#establish_age")


def _version(request: HttpRequest, person: Person) -> int:
    """The version that the writer had before them."""
    seen = version_seen(submitted_or_draft(request))
    return person.version if seen is None else seen


def _initial(person: Person) -> dict[str, object]:
    return {
        "birth_date": person.birth_date,
        "age_min": person.age_min,
        "age_max": person.age_max,
        "age_basis": "" if person.age_basis == UNKNOWN else person.age_basis,
    }


def _age_page(request: HttpRequest, person: Person, form: Age, *, clash: bool = False, status: int = 200) -> HttpResponse:
    day = on(person.case.encountered_at)
    context = {
        "person": person,
        "case": person.case,
        "who": labels(people_of(person.case))[person.id],
        "form": form,
        "clash": clash,
        "version": person.version if clash else _version(request, person),
        "theirs": age_words(person, day) or "not known",
    }
    return render(request, "cases/age.jinja", context, status=status)


MOST_NAMED = 20


@page(Permission.CONCERN_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def first_account(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Which video holds the first account of this person, and of whom else; and what else was kept."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    person = person_for(member, person_id, Permission.CONCERN_RECORD, viewed=request.method != "POST")
    people = _offered(person)
    names = labels(people)
    form = FirstAccountForm(
        submitted_or_draft(request),
        people=[(str(candidate.id), names[candidate.id]) for candidate in people],
        whose=[str(person.id)],
        auto_id="%s",
    )
    if request.method != "POST":
        people_shown(member, [candidate.id for candidate in people], case=person.case)
        return _account_page(request, person, form)
    if not form.is_valid():
        return _account_page(request, person, form, status=422)
    answers = form.cleaned_data
    at, words = at_and_words(answers["at"], timezone.now())
    record_first_account(
        by=member,
        at=at,
        people=[candidate for candidate in people if str(candidate.id) in answers["people"]],
        reference=answers["reference"],
        officer=answers["officer"],
        words=words,
        kept_evidence=answers["kept"],
        more=answers["more"],
    )
    return redirect("person-first-account", person.id)


def _offered(person: Person) -> list[Person]:
    """The person first, then the other possible victims and witnesses of the case."""
    others = [candidate for candidate in people_of(person.case) if {"possible_victim", "witness"} & set(candidate.roles)]
    return [person, *(candidate for candidate in others if candidate.id != person.id)][:MOST_NAMED]


def _account_page(request: HttpRequest, person: Person, form: FirstAccountForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    recorded = [
        (video(row), evidence_summary(row.kept, row.more), f"{row.recorded_by.name}, {moment(row.recorded_at, now)}")
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


ANSWERED_BEFORE = "They answered before. Tick what they say now, or answer only one of “the rest” and keep the earlier answer"
MEANWHILE = (
    "{} recorded a talk with them at {}, while you were writing. It is below, and nothing is lost. If yours was a "
    "different talk, or theirs is wrong, send yours again: both are kept, and the later one counts."
)
SHOWN = 5


@page(Permission.CONSENT_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The short form of one talk."""
    member = request.member  # type: ignore[attr-defined]  # put there by the door
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
    member = request.member  # type: ignore[attr-defined]  # put there by the door
    now = timezone.now()
    seen = (
        None if note else version_seen(submitted_or_draft(request))
    )  # whoever was not told of a talk is told of it when they send
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
