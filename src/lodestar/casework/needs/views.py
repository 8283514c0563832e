"""Needs of a person, the first five days, uses of support records for another purpose, and the list of unmet needs."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.presenters import label, person_heading
from lodestar.casework.needs import presenters as words
from lodestar.casework.needs.access import need_for, supported_person, use_in_effect
from lodestar.casework.needs.actions import arrange_first_days, move_need, record_assessment, record_support_use
from lodestar.casework.needs.forms import AssessmentForm, FirstDays, NeedForm, UseForm
from lodestar.casework.needs.queries import assessments_of, bridge_of, needs_now, questions_on, uses_of
from lodestar.casework.needs.rules import gaps
from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import on
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.registers.views import list_page, row_page


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


@page(Permission.SUPPORT_VIEW, besides=Permission.SUPPORT_USE, only="GET")
def needs(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """What is known of a person's needs: from the first night, now, each assessment, and for what else it was opened."""
    member, now = member_of(request), timezone.now()
    person = supported_person(member, person_id, Permission.SUPPORT_VIEW, viewed=True)
    assessed = assessments_of(person)
    context = {
        **person_heading(person),
        "night": words.night_words(person),
        "needs": words.need_lines(needs_now(person), assessed, now),
        "history": words.history(assessed, now),
        "uses": words.use_lines(uses_of(person), now),
        "back": f"/people/{person.id}" if member.may(Permission.CASE_VIEW) else f"/people/{person.id}/support",
        "is_support": member.may(Permission.SUPPORT_VIEW),
        "may_record": member.may(Permission.SUPPORT_RECORD),
    }
    return render(request, "needs/needs.jinja", context)


@page(Permission.SUPPORT_RECORD)
def assess(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One page: the twelve domains, filled in from the last assessment; or that somebody else has done it."""
    member, now = member_of(request), timezone.now()
    person = supported_person(member, person_id, Permission.SUPPORT_RECORD, viewed=request.method != "POST")
    asked = questions_on(on(now))
    known = words.known_answers(person, assessments_of(person), needs_now(person)) if request.method != "POST" else {}
    form = AssessmentForm(submitted_or_draft(request), asked=asked, known=known, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        at, _ = at_and_words(form.cleaned_data["at"], now)
        provider = form.cleaned_data["provider"]
        record_assessment(by=member, at=at, person=person, version=asked.version, answers=form.answers(), provider=provider)
        return redirect("person-needs", person.id)
    sections = [(need_domains()[section], questions) for section, questions in asked.sections().items()]
    context = person_heading(person) | {"form": form, "sections": sections, "disclosable": words.DISCLOSABLE}
    return render(request, "needs/assess.jinja", context, status=_status(request))


@page(Permission.SUPPORT_VIEW, besides=Permission.SUPPORT_USE)
def bridge(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The first five days of an adult, in the NRM or not: what is arranged for each, and what is not."""
    member, now = member_of(request), timezone.now()
    is_sent = request.method == "POST"
    wanted = Permission.SUPPORT_RECORD if is_sent else Permission.SUPPORT_VIEW
    person = supported_person(member, person_id, wanted, viewed=not is_sent)
    entries = bridge_of(person)
    form = FirstDays(submitted_or_draft(request), entries=entries, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        arrange_first_days(by=member, at=now, person=person, arranged=form.arranged())
        return redirect("person-bridge", person.id)
    columns, rows = words.bridge_table(person, entries)
    rings = words.rings_of(person)
    context = person_heading(person) | {
        "is_child": rings == words.CHILD,
        "columns": columns,
        "rows": rows,
        "days": words.bridge_days(person, form),
        "gaps": len(gaps(entries)),
        "form": form,
        "may_record": member.may(Permission.SUPPORT_RECORD),
        "disclosable": words.DISCLOSABLE,
        "rings": ring_now(rings, now, contact_book(now)),
    }
    return render(request, "needs/bridge.jinja", context, status=_status(request))


@page(Permission.SUPPORT_USE)
def support_use(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Opening support records for another purpose: for what, by what power and why. For one member and one day."""
    member, now = member_of(request), timezone.now()
    person = person_for(member, person_id, Permission.SUPPORT_USE, viewed=request.method != "POST")
    form = UseForm(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        record_support_use(
            by=member, at=now, person=person, used_for=answers["used_for"], power=answers["basis"], reason=answers["reason"]
        )
        return redirect("person-needs", person.id)
    own = use_in_effect(member, person)
    context = person_heading(person) | {"form": form, "own": words.use_lines([own] if own else [], now)}
    return render(request, "needs/support_use.jinja", context, status=_status(request))


@page(Permission.SUPPORT_VIEW, only="GET")
def unmet(request: HttpRequest) -> HttpResponse:
    """Every unmet need of people whose support the member sees, the longest waiting first; also as a file without names."""
    return list_page(request, words.UNMET_NEEDS)


@page(Permission.SUPPORT_VIEW)
def need(request: HttpRequest, need_id: UUID) -> HttpResponse:
    """One need: its history, and that it is met or why not."""
    row = need_for(member_of(request), need_id, viewed=request.method != "POST")
    more = {"who": label(row.person), "name": need_domains()[row.domain], "disclosable": words.DISCLOSABLE}
    back = reverse("person-needs", args=[row.person_id])
    return row_page(
        request, words.UNMET_NEEDS, row, move_need, back=back, form_class=NeedForm, template="needs/need.jinja", more=more
    )
