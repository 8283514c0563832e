"""A service's record as a form has it, and the form written back: what the form does not ask is_left as it is."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lodestar.casework.services.rules.hours import WEEKDAYS
from lodestar.casework.services.rules.records import (
    NRM,
    TAXONOMY,
    Document,
    facts_of,
    language_codes,
    language_names,
    objects,
    organisation_of,
    term_of,
    town_of,
)
from lodestar.platform.reference.queries import need_domains

TEXTS = {"name": "name", "description": "description", "whom": "eligibility_description", "email": "email", "url": "url"}
ALWAYS, TIMES, AS_NOW = "always", "times", "as_now"
# Of each family of terms what the form offers; other terms of it stay.
OFFERED: dict[str, tuple[str, ...]] = {
    "need": tuple(need_domains()),
    "sex": ("female", "male"),
    "dependants": ("yes", "no"),
    "recourse": ("required",),
    "nrm": NRM,
    "mobility": ("step_free",),
    "bank_holidays": ("open", "closed"),
}
WRITTEN = ("contract", "community")  # families of which the form has the words: one term, and several


def form_of(document: Document) -> dict[str, Any]:
    """What a form begins with."""
    facts = facts_of(document)
    values: dict[str, Any] = {name: document.get(key) or "" for name, key in TEXTS.items()}
    values |= {family: [one for one in facts.terms.get(family, ()) if one in offered] for family, offered in OFFERED.items()}
    location = _location(document) or {}
    return values | {
        "organisation": organisation_of(document), "status": document.get("status"),
        "telephone": telephone_of(document),
        "minimum_age": facts.minimum_age, "maximum_age": facts.maximum_age, "assured_on": facts.assured_on,
        "languages": ", ".join(language_names().get(code, code) for code in facts.languages),
        "contract": ", ".join(facts.terms.get("contract", ())), "community": ", ".join(facts.terms.get("community", ())),
        "town": town_of(location), "latitude": location.get("latitude"), "longitude": location.get("longitude"),
        "hours": AS_NOW if document.get("schedules") else "",
    }  # fmt: skip


def _location(document: Document) -> dict[str, Any] | None:
    found = (one.get("location") for one in document.get("service_at_locations") or ())
    return next((one for one in found if isinstance(one, dict)), None)


def _telephones(document: Document) -> Iterable[str]:
    holders = [document, *objects(document.get("contacts"))]
    return [str(one["number"]) for holder in holders for one in objects(holder.get("phones")) if one.get("number")]


def contract_owner(document: Document) -> str:
    """Who owns the contract of a service; empty where that is not recorded."""
    return ", ".join(facts_of(document).terms.get("contract", ()))


def telephone_of(document: Document) -> str:
    """The first telephone number of a service; empty where there is none."""
    return next(iter(_telephones(document)), "")


def edited(document: Document, answers: Mapping[str, Any]) -> Document:
    """The record with what a form says written into it."""
    document = deepcopy(document)
    for name, key in TEXTS.items():
        _set(document, key, answers[name])
    _set(document, "minimum_age", answers["minimum_age"])
    _set(document, "maximum_age", answers["maximum_age"])
    _set(document, "assured_date", answers["assured_on"] and answers["assured_on"].isoformat())
    document["status"] = answers["status"]
    if answers["organisation"] != organisation_of(document):
        organisation = document.get("organization") or {"id": _id(document, "organisation"), "description": ""}
        document["organization"] = organisation | {"name": answers["organisation"]}
    _write_terms(document, answers)
    _write_languages(document, answers["languages"])
    _write_location(document, answers)
    if answers["telephone"] != telephone_of(document):
        phone = {"id": _id(document, "phone"), "number": answers["telephone"]}
        contact = {"id": _id(document, "contact"), "name": answers["organisation"] or answers["name"], "phones": [phone]}
        document["contacts"] = [contact, *(document.get("contacts") or ())]
    if answers["hours"] in (ALWAYS, TIMES):
        document["schedules"] = [_schedule(document, answers)]
    return document


def _set(document: Document, key: str, value: Any) -> None:
    """Writes a value; a blank one where there was none adds no key."""
    if value not in (None, ""):
        document[key] = value
    elif document.get(key) not in (None, ""):
        document.pop(key)


def _id(document: Document, what: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"lodestar:{document['id']}:{what}"))


def _write_terms(document: Document, answers: Mapping[str, Any]) -> None:
    wanted = {f"{family}:{value}" for family in OFFERED for value in answers[family]}
    wanted |= {f"{family}:{words.strip()}" for family in WRITTEN for words in answers[family].split(",") if words.strip()}
    asked = {f"{family}:{value}" for family, offered in OFFERED.items() for value in offered}
    attributes = document.get("attributes") or []

    def is_left(term: str) -> bool:
        is_asked = term in asked or term.partition(":")[0] in WRITTEN
        return not is_asked or term in wanted

    kept = [one for one in attributes if is_left(term_of(one))]
    new = sorted(wanted - {term_of(one) for one in kept})
    if new or len(kept) < len(attributes):
        document["attributes"] = [*kept, *(_attribute(document, term) for term in new)]


def _attribute(document: Document, term: str) -> dict[str, Any]:
    meaning = {"name": term, "description": term, "taxonomy": TAXONOMY, "term": term}
    term_id = str(uuid5(NAMESPACE_URL, f"lodestar:{term}"))
    return {"id": _id(document, term), "link_entity": "service", "taxonomy_term": {"id": term_id, **meaning}}


def _write_languages(document: Document, codes: Iterable[str]) -> None:
    wanted, languages = set(codes), document.get("languages") or []
    kept = [one for one in languages if not (own := language_codes([one.get("code")])) or own[0] in wanted]
    new = sorted(wanted - set(language_codes(one.get("code") for one in kept)))
    if new or len(kept) < len(languages):
        names = language_names()
        added = [{"id": _id(document, f"language {code}"), "name": names.get(code, code), "code": code} for code in new]
        document["languages"] = [*kept, *added]


def _write_location(document: Document, answers: Mapping[str, Any]) -> None:
    location = _location(document)
    if location is None:
        if not answers["town"] and answers["latitude"] is None:
            return
        location = {"id": _id(document, "location"), "location_type": "physical"}
        place = {"id": _id(document, "at"), "location": location}
        document["service_at_locations"] = [*(document.get("service_at_locations") or ()), place]
    _set(location, "latitude", answers["latitude"])
    _set(location, "longitude", answers["longitude"])
    if answers["town"] != town_of(location):
        addresses = objects(location.get("addresses"))
        (addresses[0] if addresses else location)["city" if addresses else "name"] = answers["town"]


def _schedule(document: Document, answers: Mapping[str, Any]) -> dict[str, Any]:
    is_always = answers["hours"] == ALWAYS
    days = ",".join(day for day in WEEKDAYS if is_always or day in answers["days"])
    opens, closes = ("00:00", "00:00") if is_always else (f"{answers['opens']:%H:%M}", f"{answers['closes']:%H:%M}")
    return {"id": _id(document, "hours"), "freq": "WEEKLY", "interval": 1, "byday": days, "opens_at": opens, "closes_at": closes}
