"""Services: the list, one, adding, editing, its places, files of them; and who can take a person tonight."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.cases.access import person_for
from lodestar.casework.cases.presenters import label
from lodestar.casework.services import actions, queries
from lodestar.casework.services import presenters as words
from lodestar.casework.services.forms import CapacityForm, ServiceForm, TonightForm, begins_with, question_of, typed_of
from lodestar.casework.services.models import Service
from lodestar.casework.services.queries import service_for
from lodestar.casework.services.rules.editing import edited, form_of
from lodestar.casework.services.rules.records import NotServices, language_names, read_file
from lodestar.casework.services.rules.tonight import hours_of, lacking, who_can_take
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.files import to_save
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.settings.rules import REFUSED, SAME, SET, Line
from lodestar.platform.settings.settings_file import NotSettings
from lodestar.platform.settings.views import show_file_read
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.ids import new_id

AT_ONCE = 25  # services on a page of the list
MOST_PLACES, MOST_NEAR = 15, 10
CHANGED = "A colleague has changed this service meanwhile. Look at it, and save again"


@page(Permission.SERVICES_VIEW, only="GET")
def services(request: HttpRequest) -> HttpResponse:
    """The services, by name: searched by words, need, language, what is open now and what is stale."""
    now, asked = timezone.now(), request.GET
    found = queries.services_found(
        asked.get("words", "").strip()[:100], asked.get("need", "")[:60], asked.get("language", "")[:40],
        stale_on=timezone.localdate(now) if asked.get("stale") else None,
    )  # fmt: skip
    rows = [(row, queries.facts(row)) for row in found]
    if asked.get("open"):
        rows = [(row, facts) for row, facts in rows if hours_of(facts, now).is_open]
    start = next((number for number, (row, _) in enumerate(rows, 1) if str(row.id) == asked.get("after")), 0)
    shown = rows[start : start + AT_ONCE]
    kept = asked.copy()
    kept["after"] = str(shown[-1][0].id) if shown else ""
    context = {
        "lines": words.service_lines(shown, now), "number": len(rows), "asked": asked,
        "needs": need_domains(), "languages": language_names(),
        "next": f"?{kept.urlencode()}" if len(rows) > start + AT_ONCE else "",
        "may_edit": member_of(request).may(Permission.SERVICES_EDIT),
    }  # fmt: skip
    return render(request, "services/services.jinja", context)


@page(Permission.SERVICES_VIEW, only="GET")
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service: open now, places, whom it takes, and its history."""
    member, now = member_of(request), timezone.now()
    row = service_for(member, service_id, Permission.SERVICES_VIEW)
    context = {
        "service": row, "rows": words.service_rows(row, queries.facts(row), queries.capacity_said(row), now),
        "stale": words.stale_words(row.assured_on, timezone.localdate(now)),
        "status": "" if row.status == "active" else words.STATUS_WORDS[row.status],
        "history": words.history_items(queries.history(row)), "may_edit": member.may(Permission.SERVICES_EDIT),
    }  # fmt: skip
    return render(request, "services/service.jinja", context)


@page(Permission.SERVICES_EDIT)
def add_service(request: HttpRequest) -> HttpResponse:
    """Adding a service that no file brings."""
    form = ServiceForm(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        added = _saved(member_of(request), form, None, {"id": str(new_id())})
        if added is not None:
            return redirect("service", added.id)
    return _show_form(request, form, None, None)


@page(Permission.SERVICES_EDIT)
def edit_service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Changing a service, or withdrawing it. What the form does not ask stays in its record."""
    member = member_of(request)
    row = service_for(member, service_id, Permission.SERVICES_EDIT)
    sent = submitted_or_draft(request)
    form = ServiceForm(sent, initial=typed_of(form_of(row.document)), auto_id="%s")
    if request.method == "POST":
        seen = version_seen(request.POST)
        if "withdraw" in request.POST:
            try:
                actions.withdraw_service(by=member, at=timezone.now(), service=row, seen=seen)
                return redirect("service", row.id)
            except ConcurrentEdit:
                form.add_error(None, CHANGED)
        elif form.is_valid() and _saved(member, form, row, row.document, seen):
            return redirect("service", row.id)
    version = version_seen(sent)
    return _show_form(request, form, row, row.version if version is None else version)


def _saved(
    member: Member, form: ServiceForm, row: Service | None, document: dict[str, Any], seen: int | None = None
) -> Service | None:
    """Saves what the form says; None, with the reason on the form, where that cannot be."""
    try:
        written = edited(document, form.cleaned_data)
        return actions.save_service(by=member, at=timezone.now(), service=row, document=written, seen=seen)
    except ConcurrentEdit:
        form.add_error(None, CHANGED)
    except actions.CannotKeep as refusal:
        for error in refusal.errors:
            form.add_error(None, f"It cannot be saved: {error}")
    return None


def _show_form(request: HttpRequest, form: ServiceForm, row: Service | None, version: int | None) -> HttpResponse:
    context = {"form": form, "service": row, "version": version, "languages": language_names()}
    return render(request, "services/edit.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SERVICES_VIEW)
def service_places(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """How many places a service has now, as somebody said, by telephone or otherwise."""
    member, now = member_of(request), timezone.now()
    row = service_for(member, service_id, Permission.SERVICES_VIEW)
    form = CapacityForm(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        said_at, _ = at_and_words(said["said_at"], now)
        actions.record_capacity(by=member, at=now, service=row, places=said["places"], said_by=said["said_by"], said_at=said_at)
        return redirect("service", row.id)
    context = {"form": form, "service": row}
    return render(request, "services/places.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.SERVICES_VIEW, only="GET")
def export_services(request: HttpRequest) -> HttpResponse:
    """Every service as Open Referral UK 3.0."""
    documents = queries.documents()
    actions.services_exported(by=member_of(request), at=timezone.now(), number=len(documents))
    return to_save(json.dumps(documents, ensure_ascii=False, indent=1).encode(), "services.json", "application/json")


FILE: dict[str, Any] = {
    "title": "Import services",
    "look": "services-file",
    "take": "services-file-take",
    "back": "services",
    "intro": "A JSON file of Open Referral UK 3.0: one service, a list, or a page of a feed. A page changes what it names."
    " A single service, or one in a list, takes the place of what is recorded. Never the address of a refuge.",
}
BECAME = {actions.CREATED: SET, actions.UPDATED: SET, actions.UNCHANGED: SAME, actions.REFUSED: REFUSED}


def _read(member: Member, text: str, applies: bool) -> list[Line]:
    try:
        file = read_file(text.encode())
    except NotServices as fault:
        raise NotSettings(f"It cannot be read: {fault}") from None
    outcomes = actions.import_services(by=member, at=timezone.now(), file=file, applies=applies)
    said = {actions.CREATED: "it is added", actions.UPDATED: "it is updated"}
    lines = [(one, "; ".join(one.errors) or said.get(one.became, "")) for one in outcomes]
    return [Line(one.name or one.id or "A record without a name", BECAME[one.became], why) for one, why in lines]


@page(Permission.SERVICES_EDIT, asks=True)
def services_file(request: HttpRequest) -> HttpResponse:
    """What a file of services would change."""
    return show_file_read(request, FILE, _read)


@page(Permission.SERVICES_EDIT)
def services_file_take(request: HttpRequest) -> HttpResponse:
    """Reads in a file of services that was looked at."""
    return show_file_read(request, FILE, _read)


@page(Permission.SERVICES_VIEW)
def person_tonight(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Who can take a person tonight: what it is looked for by, kept with the person, and the answer as at now."""
    member, now = member_of(request), timezone.now()
    person = person_for(member, person_id, Permission.SERVICES_VIEW, viewed=request.method != "POST")
    active = queries.active_services()
    towns = queries.towns(candidate for _, candidate in active)
    latest = queries.latest_search(person)
    answers: dict[str, Any] = json.loads(str(latest.answers)) if latest else queries.known_of(person, now)
    form = TonightForm(submitted_or_draft(request), towns=towns, initial=begins_with(answers), auto_id="%s")
    areas = queries.areas_of(person)
    if request.method == "POST" and form.is_valid():
        removed = [area.id for area in areas if str(area.id) in request.POST.getlist("remove")]
        question = question_of(form.answers, [], now)
        missing = lacking(who_can_take(question, (candidate for _, candidate in active)))
        actions.search_places(
            by=member, at=now, person=person, answers=form.answers, area=form.area, removed=removed, missing=missing
        )
        return redirect("person-tonight", person.id)
    context: dict[str, Any] = {
        "person": person, "name": label(person), "form": form, "areas": words.area_lines(areas), "latest": latest,
        "towns": sorted(town for town, _ in towns.values()), "now": now,
        "back": f"/people/{person.id}" if member.may(Permission.CASE_VIEW) else "/services",
        "may_ask": member.may(Permission.PLACE_ASK),
    }  # fmt: skip
    if latest is not None and not form.is_bound:
        circles = [(area.latitude, area.longitude, area.km) for area in areas]
        answer = who_can_take(question_of(answers, circles, now), (candidate for _, candidate in active))
        ids = {candidate.id: service_id for service_id, candidate in active}
        shown = answer.places[:MOST_PLACES]
        telephones = queries.telephones_of([one.id for one in shown])
        context |= {
            "places": words.place_lines(person, shown, ids, telephones), "number": len(answer.places),
            "near_misses": words.near_miss_lines(answer, ids, MOST_NEAR), "together": answers.get("together", ""),
            "communities": answers.get("communities", ""),
        }  # fmt: skip
    return render(request, "services/tonight.jinja", context, status=422 if request.method == "POST" else 200)
