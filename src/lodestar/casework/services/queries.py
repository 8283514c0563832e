"""Reads of services: who can take a person, the list, one service and its history, and what a search begins with."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lodestar.casework.cases.access import or_404
from lodestar.casework.cases.models import ConsentAnswer, Person
from lodestar.casework.decisions.models import Decision
from lodestar.casework.referrals.models import Referral
from lodestar.casework.services.models import AvoidedArea, PlaceSearch, Service, ServiceChange
from lodestar.casework.services.rules.editing import telephone_of
from lodestar.casework.services.rules.records import STALE_DAYS, ServiceFacts, language_names
from lodestar.casework.services.rules.tonight import Candidate, Point, Question, Tonight, folded, who_can_take
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.time.days import age_on, london_date
from lodestar.platform.time.fuzzy import partial_date

DECIDED = {
    "rg_positive": "positive", "cg_positive": "positive", "rg_negative": "negative", "cg_negative": "negative",
    "disqualified": "negative", "cg_revoked": "negative",
}  # fmt: skip


def facts(service: Service) -> ServiceFacts:
    """What matching reads of a service."""
    return ServiceFacts(**service.facts)


def active_services() -> list[tuple[UUID, Candidate]]:
    """Every active service with its id here, in one query of the columns that are needed."""
    rows = Service.objects.filter(status="active").values_list("id", "own_id", "name", "organisation", "facts")
    return [(id_, Candidate(own_id, name, organisation, ServiceFacts(**kept))) for id_, own_id, name, organisation, kept in rows]


def tonight(question: Question) -> Tonight:
    """Who can take a person, of all active services (`rules/tonight.py`)."""
    return who_can_take(question, (candidate for _, candidate in active_services()))


def services_found(words: str, need: str, language: str, *, stale_on: date | None) -> QuerySet[Service]:
    """The services that are not withdrawn whose name or organisation has these words, that answer a need, that speak a
    language; with `stale_on` those alone that are stale on that day. By name."""
    rows = Service.objects.filter(status__in=("active", "temporarily closed"))
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(organisation__icontains=words))
    if need:
        rows = rows.filter(needs__contains=[need])
    if language:
        rows = rows.filter(languages__contains=[language])
    if stale_on:
        rows = rows.filter(Q(assured_on__isnull=True) | Q(assured_on__lt=stale_on - timedelta(days=STALE_DAYS)))
    return rows.defer("document").order_by("name", "id")


def documents() -> list[dict[str, Any]]:
    """Every record as it is now, by name: the export."""
    return list(Service.objects.order_by("name", "id").values_list("document", flat=True))


def telephones_of(own_ids: Iterable[str]) -> dict[str, str]:
    """The first telephone number of each of these services, by its own id."""
    rows = Service.objects.filter(own_id__in=list(own_ids)).values_list("own_id", "document")
    return {own_id: telephone_of(document) for own_id, document in rows}


def history(service: Service, most: int = 20) -> list[ServiceChange]:
    """What was changed of a service, the latest first."""
    rows = ServiceChange.objects.select_related("recorded_by").filter(service=service)
    return list(rows.order_by("-recorded_at", "-id")[:most])


def capacity_said(service: Service) -> ServiceChange | None:
    """The latest count of places that somebody here recorded."""
    return ServiceChange.objects.filter(service=service, kind="capacity").order_by("-said_at", "-id").first()


def latest_counts(services: Iterable[UUID]) -> dict[UUID, ServiceChange]:
    """The latest count of places of each of these services that somebody here recorded."""
    rows = ServiceChange.objects.filter(service__in=list(services), kind="capacity").order_by("said_at", "id")
    return {row.service_id: row for row in rows}


def towns(candidates: Iterable[Candidate]) -> dict[str, tuple[str, Point]]:
    """Where services are, by the folded name of the town: its name, and one place in it."""
    found: dict[str, tuple[str, Point]] = {}
    for candidate in candidates:
        for town, (latitude, longitude) in zip(candidate.facts.towns, candidate.facts.locations, strict=True):
            if town:
                found.setdefault(folded(town), (town, (latitude, longitude)))
    return found


def areas_of(person: Person) -> list[AvoidedArea]:
    """The areas in which nobody of the person's case is placed, the latest first: who was held together is sought together."""
    return list(AvoidedArea.objects.filter(person__case=person.case_id, removed_at__isnull=True).order_by("-recorded_at", "-id"))


def latest_search(person: Person) -> PlaceSearch | None:
    """The latest search for a place for a person; None before the first."""
    rows = PlaceSearch.objects.select_related("searched_by").filter(person=person)
    return rows.order_by("-searched_at", "-id").first()


def known_of(person: Person, now: datetime) -> dict[str, Any]:
    """What the case holds already of what a place is looked for by: age, language and stage, each only where it is certain."""
    by_name = {folded(name): code for code, name in language_names().items()}
    code = by_name.get(folded(person.language))
    return {"age": _age(person, now), "languages": [code] if code else [], "nrm": _nrm(person)}


def _age(person: Person, now: datetime) -> int | None:
    if len(person.birth_date) == len("2026-03-09"):
        return age_on(partial_date(person.birth_date).earliest, london_date(now))
    return person.age_min if person.age_min == person.age_max else None


def _nrm(person: Person) -> str | None:
    replaced = Decision.objects.filter(referral__person=person, replaces__isnull=False).values("replaces")
    rows = Decision.objects.filter(referral__person=person, kind__in=DECIDED).exclude(id__in=replaced)
    latest = rows.order_by("-decided_on", "-number").values_list("kind", flat=True).first()
    if latest:
        return DECIDED[latest]
    if Referral.objects.filter(person=person, route="nrm").exists():
        return "pending"
    answers = ConsentAnswer.objects.filter(person=person, leaves_referral=False, nrm__isnull=False)
    answer = answers.order_by("-asked_at", "-recorded_at").values_list("nrm", flat=True).first()
    return "declined" if answer is False else None


def service_for(member: Member, service_id: UUID, permission: Permission) -> Service:
    """The service of this id, if the member holds the permission; Http404 otherwise."""
    rows = Service.objects.select_related("changed_by").filter(id=service_id)
    return or_404(rows.first() if member.may(permission) else None)
