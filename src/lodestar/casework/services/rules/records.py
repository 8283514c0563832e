"""What a service's Open Referral record says, what is wrong with it, what search and matching read of it; and files of them.

What Open Referral has no field for are attributes whose `taxonomy_term.taxonomy` is `lodestar`, with terms such as `sex:female`.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from lodestar.casework.services.rules.hours import compact
from lodestar.platform.text.reference_lists import reference_list, words_of
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.time.days import LONDON

Document = dict[str, Any]
service_words = partial(words_of, "services", "service_words")  # what the codes of a kind are called
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
TAXONOMY = "lodestar"
NRM = tuple(service_words("nrm"))
PLACES = "places"
LONGEST_ID = 200
STALE_DAYS = 90  # a service last assured longer ago is said to be stale (policing 7)
_LISTS = ("attributes", "languages", "schedules", "service_at_locations", "capacities", "contacts")
_NUMBERS = ("minimum_age", "maximum_age")


class Capacity(NamedTuple):
    """How many places are free, and when that was said (text of the record); None for what is not known."""

    places: int | None = None
    said_at: str | None = None


class ServiceFacts(NamedTuple):
    """What matching reads of a record. `terms` are the lodestar terms by their first word; lists are empty for not known."""

    minimum_age: float | None = None
    maximum_age: float | None = None
    terms: Mapping[str, Sequence[str]] = MappingProxyType({})
    languages: Sequence[str] = ()
    locations: Sequence[Sequence[float]] = ()  # latitude, longitude
    towns: Sequence[str] = ()  # of each location
    is_misplaced: bool = False  # a location that is nowhere on the earth was left out
    schedules: Sequence[Sequence[str | None]] = ()
    places: int | None = None
    said_at: str | None = None
    assured_on: str | None = None
    organisation_id: str = ""

    @property
    def stored(self) -> dict[str, Any]:
        """As a column keeps it: what is not known is left out."""
        given = {name: value for name, value in self._asdict().items() if value is not None and value is not False}
        return {name: value for name, value in given.items() if value or value == 0}

    def has(self, family: str, value: str) -> bool:
        """Whether the record has this term."""
        return value in self.terms.get(family, ())


def errors_in(record: object) -> list[str]:
    """What keeps a record from being taken, in plain words; nothing for a good one."""
    if not isinstance(record, dict):
        return ["it is not a service: each must be a JSON object"]
    errors = []
    for name in ("id", "name", "status"):
        value = record.get(name)
        if not isinstance(value, str) or not value.strip():
            errors.append(f"it has no {name}" if value in (None, "") else f"its {name} must be text")
    if isinstance(record.get("id"), str) and len(record["id"]) > LONGEST_ID:
        errors.append(f"its id is longer than {LONGEST_ID} characters")
    if isinstance(record.get("status"), str) and record["status"] and record["status"] not in STATUSES:
        errors.append(f"its status must be one of: {', '.join(STATUSES)}")
    given = {name: value for name, value in record.items() if value is not None}
    errors += [f"its {name} must be a number" for name in _NUMBERS if name in given and not _is_number(given[name])]
    errors += [f"its {name} must be a list of objects" for name in _LISTS if not _is_list_of_objects(given.get(name, []))]
    if not isinstance(given.get("organization", {}), dict):
        errors.append("its organization must be an object")
    if not all(_is_storable(value) for value in _values(record)):
        errors.append("it has a character or a number that cannot be kept")
    return errors


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _values(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    else:
        yield value


def _is_storable(value: object) -> bool:
    """The database keeps no NUL and no half of a pair of characters, and no number beyond all bounds."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= character <= "\udfff" for character in value)
    return not isinstance(value, float) or math.isfinite(value)


def facts_of(document: Document) -> ServiceFacts:
    """What matching reads of a record that has no errors (`errors_in`)."""
    locations, towns, is_misplaced = _locations(document)
    capacity = capacity_of(document)
    return ServiceFacts(
        minimum_age=document.get("minimum_age"),
        maximum_age=document.get("maximum_age"),
        terms=_terms(document),
        languages=language_codes(one.get("code") for one in document.get("languages") or ()),
        locations=locations,
        towns=towns,
        is_misplaced=is_misplaced,
        schedules=[compact(one) for one in _schedules(document)],
        places=capacity.places,
        said_at=capacity.said_at,
        assured_on=_day(document.get("assured_date")),
        organisation_id=str((document.get("organization") or {}).get("id") or document.get("organization_id") or ""),
    )


def _terms(document: Document) -> dict[str, list[str]]:
    terms: dict[str, list[str]] = {}
    for attribute in document.get("attributes") or ():
        family, _, value = term_of(attribute).partition(":")
        if value and value not in terms.setdefault(family, []):
            terms[family].append(value)
    return terms


def term_of(attribute: Mapping[str, Any]) -> str:
    """The lodestar term of an attribute; empty for one of another taxonomy."""
    term = attribute.get("taxonomy_term")
    if not isinstance(term, dict) or term.get("taxonomy") != TAXONOMY or not isinstance(term.get("term"), str):
        return ""
    return str(term["term"]).strip()


def _locations(document: Document) -> tuple[list[list[float]], list[str], bool]:
    """Each location with a place on the earth, its town, and whether one without was left out."""
    locations, towns, is_misplaced = [], [], False
    for location in _places(document):
        point: list[Any] = [location.get("latitude"), location.get("longitude")]
        if point == [None, None]:
            continue
        is_on_earth = all(map(_is_number, point)) and abs(point[0]) <= 90 and abs(point[1]) <= 180
        if is_on_earth:
            locations.append([float(point[0]), float(point[1])])
            towns.append(town_of(location))
        is_misplaced |= not is_on_earth
    return locations, towns, is_misplaced


def town_of(location: Mapping[str, Any]) -> str:
    """The town of a location: of its first address, or what it is called where it has none."""
    addresses = objects(location.get("addresses"))
    words = next((one["city"] for one in addresses if one.get("city")), "") if addresses else location.get("name")
    return words.strip() if isinstance(words, str) else ""


def _places(document: Document) -> Iterator[Mapping[str, Any]]:
    for one in document.get("service_at_locations") or ():
        if isinstance(one.get("location"), dict):
            yield one["location"]


def objects(value: object) -> list[dict[str, Any]]:
    """The objects in a list; none for what is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _schedules(document: Document) -> list[dict[str, Any]]:
    """The schedules of the service, else those of it at its locations."""
    own = objects(document.get("schedules"))
    return own or [one for place in document.get("service_at_locations") or () for one in objects(place.get("schedules"))]


def capacity_of(document: Document) -> Capacity:
    """The places that are free: of several entries for places the latest."""
    entries = [one for one in document.get("capacities") or () if is_places(one)]
    if not entries:
        return Capacity()
    latest = max(entries, key=lambda one: instant(one.get("updated")) or datetime.min.replace(tzinfo=UTC))
    free, said_at = latest.get("available"), latest.get("updated")
    is_known = isinstance(free, int | float) and _is_number(free) and free >= 0
    return Capacity(int(free) if is_known else None, said_at if instant(said_at) else None)


def is_places(capacity: Mapping[str, Any]) -> bool:
    """Whether a capacity counts places."""
    unit = capacity.get("unit")
    return isinstance(unit, dict) and isinstance(unit.get("name"), str) and unit["name"].strip().casefold() == PLACES


def instant(text: object) -> datetime | None:
    """An instant as a record writes it, without an offset of Europe/London; None for what is none."""
    return _instant(text) if isinstance(text, str) else None


@lru_cache(maxsize=8192)
def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=LONDON)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(text: object) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat() if isinstance(text, str) else None
    except ValueError:
        return None


@cache
def _short_codes() -> Mapping[str, str]:
    return {row["long_code"]: row["code"] for row in reference_list("services", "languages").rows}


@cache
def language_names() -> Mapping[str, str]:
    """What each language of the list is called, by code."""
    return {row["code"]: row["name"] for row in reference_list("services", "languages").rows}


def language_codes(codes: Iterable[object]) -> list[str]:
    """Codes of languages as they are compared: small letters, no region, the shorter code where two mean the same."""
    plain = [code.strip().casefold().replace("_", "-").split("-")[0] for code in codes if isinstance(code, str)]
    return list(dict.fromkeys(_short_codes().get(code, code) for code in plain if code))


def organisation_of(document: Document) -> str:
    """What the organisation of a record is called; empty where it is not named."""
    name = (document.get("organization") or {}).get("name")
    return name.strip() if isinstance(name, str) else ""


def addresses_in(value: object) -> Iterator[str]:
    """Every postal address in a record, wherever it is, on one line, with and without its second line; and what locations are
    called and described by, where an address may be too."""
    if isinstance(value, dict):
        for names in (("address_1", "address_2", "city", "postal_code"), ("address_1", "city", "postal_code")):
            yield ", ".join(part for name in names if isinstance(part := value.get(name), str) and part.strip())
        if "location_type" in value or "latitude" in value or "addresses" in value:
            yield from (text for name in ("name", "description") if isinstance(text := value.get(name), str))
        for inner in value.values():
            yield from addresses_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_in(inner)


def is_stale(assured_on: date | None, today: date) -> bool:
    """Whether a service was last assured over 90 days ago, or never."""
    return assured_on is None or (today - assured_on).days > STALE_DAYS


class NotServices(ValueError):
    """The file holds no services; `str` says why."""


@dataclass(frozen=True)
class ServiceFile:
    """The records of a file. Those of a page are short forms of services by the standard (service_list): what such a record
    leaves out stays as it is."""

    records: Sequence[object]
    is_page: bool = False


def read_file(content: bytes) -> ServiceFile:
    """The records in a JSON file. Raises NotServices for what is no strict JSON in UTF-8, and no object or list."""
    try:
        given = read_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as fault:
        raise NotServices(f"it is not JSON: {fault}") from None
    if isinstance(given, dict) and isinstance(given.get("contents"), list) and "id" not in given:
        return ServiceFile(given["contents"], is_page=True)
    if not isinstance(given, dict | list):
        raise NotServices("it must be a service, a list of services, or a page with contents")
    return ServiceFile(given if isinstance(given, list) else [given])
