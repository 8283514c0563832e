"""Services in words: lines of the list, one service, and who can take a person tonight."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from lodestar.casework.cases.models import Person
from lodestar.casework.services.models import AREA_KINDS, CHANGES, AvoidedArea, Service, ServiceChange
from lodestar.casework.services.rules.editing import contract_owner, telephone_of
from lodestar.casework.services.rules.hours import hours_words
from lodestar.casework.services.rules.records import ServiceFacts, instant, is_stale, language_names, objects, service_words
from lodestar.casework.services.rules.tonight import Place, Tonight, hours_of
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import counted, day, day_time
from lodestar.platform.design.words import curly
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.time.days import london_date

SEX_WORDS, NRM_WORDS, STATUS_WORDS, MISSING_WORDS = map(service_words, ("sex", "nrm", "status", "missing"))
OPEN_WORDS = {True: "Open now", False: "Closed now", None: "Hours not known"}
AS_WRITTEN = ("E-mail", "Website", "Its id")
Row = tuple[str, str]


def open_words(facts: ServiceFacts, now: datetime) -> str:
    """Whether a service is open now, as far as is known."""
    return OPEN_WORDS[hours_of(facts, now).is_open]


def stale_words(assured_on: date | None, today: date) -> str:
    """That a service was last assured over 90 days ago, or never; empty where it was."""
    if not is_stale(assured_on, today):
        return ""
    return f"Last assured on {day(assured_on)}, over 90 days ago" if assured_on else "Never assured"


def capacity_words(facts: ServiceFacts) -> str:
    """How many places are free, and when that was said."""
    if facts.places is None:
        return "Places not known"
    said = instant(facts.said_at)
    return f"{counted(facts.places, 'place')} free" + (f", said on {day_time(said)}" if said else ", when is not known")


def service_lines(rows: Iterable[tuple[Service, ServiceFacts]], now: datetime) -> list[dict[str, Any]]:
    """The lines of the list."""
    return [
        {
            "name": curly(row.name), "href": reverse("service", args=[row.id]), "organisation": curly(row.organisation),
            "about": ". ".join(filter(None, (open_words(facts, now), capacity_words(facts), needs_words(row.needs)))),
            "stale": stale_words(row.assured_on, london_date(now)),
            "closed": row.status != "active",
        }
        for row, facts in rows
    ]  # fmt: skip


def needs_words(needs: Iterable[str]) -> str:
    """The needs that a service answers."""
    names = need_domains()
    return ", ".join(names.get(need, need) for need in needs)


def service_rows(service: Service, facts: ServiceFacts, count: ServiceChange | None, now: datetime) -> list[Row]:
    """What is recorded of a service: heading and words, without what is not."""
    low, high = facts.minimum_age, facts.maximum_age
    ages = [f"from {low:g}" if low is not None else "", f"up to {high:g}" if high is not None else ""]
    is_latest = count is not None and count.said_at is not None and instant(facts.said_at) == count.said_at
    said_by = f", by {count.who_said}" if count and is_latest else ""
    document = service.document
    names = language_names()
    terms = facts.terms
    rows = [
        ("Now", f"{open_words(facts, now)}. {capacity_words(facts)}{said_by}"),
        ("Hours", "; ".join(hours_words(facts.schedules))),
        ("On bank holidays", ", ".join(terms.get("bank_holidays", ()))),
        ("Telephone", telephone_of(document)),
        ("E-mail", _text(document, "email")),
        ("Website", _text(document, "url")),
        ("What it does", _text(document, "description")),
        ("Who it takes", _text(document, "eligibility_description")),
        ("Helps with", needs_words(service.needs)),
        ("Ages", " ".join(filter(None, ages))),
        ("For", ", ".join(SEX_WORDS.get(one, one) for one in terms.get("sex", ()))),
        ("People with them", ", ".join(terms.get("dependants", ()))),
        ("Public funds", "Only people with recourse to public funds" if terms.get("recourse") else ""),
        ("In the NRM", ", ".join(NRM_WORDS.get(one, one) for one in terms.get("nrm", ())) or "Anyone"),
        ("Access", ", ".join(one.replace("_", "-") for one in terms.get("mobility", ()))),
        ("Languages", ", ".join(names.get(code, code) for code in facts.languages) or "Not known"),
        ("Towns", ", ".join(filter(None, dict.fromkeys(facts.towns)))),
        ("Area", ", ".join(filter(None, (_text(one, "name") for one in objects(document.get("service_areas")))))),
        ("Contract", contract_owner(document)),
        ("Last assured", day(service.assured_on) if service.assured_on else "Never"),
        ("Its id", service.own_id),
    ]
    return [(key, curly(words if key in AS_WRITTEN else capital(words))) for key, words in rows if words]


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name)
    return value if isinstance(value, str) else ""


def history_items(changes: Iterable[ServiceChange]) -> list[dict[str, Any]]:
    """What was changed, the latest first, for a timeline."""
    return [
        {"title": CHANGES[one.kind], "by": one.recorded_by.name, "at": one.recorded_at, "words": curly(_change_words(one))}
        for one in changes
    ]


def _change_words(change: ServiceChange) -> str:
    if change.places is not None and change.said_at is not None:
        return f"{counted(change.places, 'place')} free, said by {change.who_said} on {day_time(change.said_at)}"
    is_part = change.kind in ("edited", "imported") and "id" not in change.fields  # else the whole record
    return capital(", ".join(name.replace("_", " ") for name in change.fields)) if is_part else ""


def place_lines(
    person: Person, places: Iterable[Place], ids: Mapping[str, UUID], telephones: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Who can take the person, in order, each with where it is asked for a place."""
    return [
        {
            "name": curly(one.name), "href": reverse("service", args=[ids[one.id]]), "is_near_danger": one.is_near_danger,
            "why": [curly(words) for words in one.why], "warnings": [curly(words) for words in one.warnings],
            "ask": f"/people/{person.id}/place?service={ids[one.id]}", "telephone": telephones.get(one.id, ""),
        }
        for one in places
    ]  # fmt: skip


NEAR_DANGER = "Near a place that they must not be near"


def near_miss_lines(tonight: Tonight, ids: Mapping[str, UUID], most: int) -> list[dict[str, str]]:
    """Whom one thing keeps from taking the person, and what that is."""
    return [
        {"name": curly(one.name), "href": reverse("service", args=[ids[one.id]]), "missing": MISSING_WORDS[one.missing],
         "code": one.missing, "danger": NEAR_DANGER if one.is_near_danger else ""}
        for one in tonight.near_misses[:most]
    ]  # fmt: skip


def area_lines(areas: Iterable[AvoidedArea]) -> list[tuple[str, str]]:
    """The areas that a person must not be placed in: id and words."""
    return [(str(one.id), f"{one.words!s}, {one.km:g} km around: {AREA_KINDS[one.kind].lower()}") for one in areas]
