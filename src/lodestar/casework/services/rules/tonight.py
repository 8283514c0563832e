"""Who can take this person tonight: facts of services and of one person in, places in order out. Never the clock.

Safe distance first: whatever lies inside a place not near comes last, with the warning. Then what is open now, then the nearest.
Not known is never a failure: such a service is listed with a warning. Exactly one thing missing is a near miss; more leaves out.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from lodestar.casework.services.rules.hours import BANK_HOLIDAY, NO_HOURS, Hours, hours_at
from lodestar.casework.services.rules.records import (
    NRM,
    Capacity,
    ServiceFacts,
    instant,
    is_stale,
    language_codes,
    language_names,
)
from lodestar.platform.time.days import london, london_date

MISSING = ("places", "language", "refused", "age", "sex", "dependants", "recourse", "nrm", "mobility")
TAKES_IN = frozenset({"accommodation", "safety"})  # the needs that a place for the night answers
CAPACITY_OLD = timedelta(hours=24)
EARTH_KM = 6371.0088
DEGREE_KM = 111.0  # of latitude, at least: what is further north or south needs no more reckoning
Point = tuple[float, float]
Verdict = tuple[bool, str, str]  # whether it is missing, a reason for, a warning
FITS: Verdict = (False, "", "")


class CannotAsk(ValueError):
    """The question cannot be read; `str` says what is wrong with it."""


@dataclass(frozen=True)
class Question:
    """One person on one night. What is not known is None; `refuses` is what they said no to."""

    at: datetime
    age: float | None = None
    sex: str | None = None
    languages: frozenset[str] = frozenset()
    dependants: int | None = None
    recourse: bool | None = None
    nrm: str | None = None
    mobility: frozenset[str] = frozenset()
    refuses: frozenset[str] = frozenset()
    near: Point | None = None
    not_near: tuple[tuple[float, float, float], ...] = ()
    communities: frozenset[str] = frozenset()  # small ones, to which those who exploited them belong


class Candidate(NamedTuple):
    """One active service, by the id that the answer names."""

    id: str
    name: str
    organisation: str
    facts: ServiceFacts


class Place(NamedTuple):
    """A service that can take the person."""

    id: str
    name: str
    why: list[str]
    warnings: list[str]
    open_now: bool | None
    capacity: Capacity
    km: float | None
    is_near_danger: bool


class NearMiss(NamedTuple):
    """A service that exactly one thing keeps from taking the person."""

    id: str
    name: str
    missing: str
    is_near_danger: bool = False


@dataclass(frozen=True)
class Tonight:
    """The answer, in order."""

    places: list[Place] = field(default_factory=list)
    near_misses: list[NearMiss] = field(default_factory=list)


def read_question(given: object) -> Question:
    """The question as JSON has it. Raises CannotAsk; a key that is left out is not known."""
    if not isinstance(given, dict):
        raise CannotAsk("the question must be a JSON object")
    at, person = instant(given.get("at")), given.get("person")
    if at is None:
        raise CannotAsk("at must be an instant, like 2026-12-28T02:30:00+00:00")
    person = {} if person is None else person
    if not isinstance(person, dict):
        raise CannotAsk("person must be an object")
    near = given.get("near")
    dependants = _value_of(person, "dependants", list)
    if not all(isinstance(one, dict) for one in dependants or ()):
        raise CannotAsk("dependants must be a list of objects")
    nrm, age = _value_of(person, "nrm", str), _value_of(person, "age", int, float)
    if nrm is not None and nrm not in NRM:
        raise CannotAsk(f"nrm must be one of: {', '.join(NRM)}")
    if age is not None and not 0 <= age < 150:
        raise CannotAsk("age must be a number of years")
    sex = _value_of(person, "sex", str)
    return Question(
        at=at, age=age, sex=folded(sex) if sex else None, languages=frozenset(language_codes(_words(person, "languages"))),
        dependants=None if dependants is None else len(dependants), recourse=_value_of(person, "recourse", bool), nrm=nrm,
        mobility=frozenset(map(folded, _words(person, "mobility"))), refuses=frozenset(map(folded, _words(person, "refuses"))),
        near=None if near is None else _point(near, "near"),
        not_near=tuple(_circle(one) for one in _value_of(given, "not_near", list) or ()),
    )  # fmt: skip


def _value_of(given: Mapping[str, Any], name: str, *kinds: type) -> Any:
    value = given.get(name)
    if value is not None and (not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds)):
        raise CannotAsk(f"{name} has the wrong type")
    return value


def _words(given: Mapping[str, Any], name: str) -> list[str]:
    values = _value_of(given, name, list) or []
    if not all(isinstance(value, str) for value in values):
        raise CannotAsk(f"{name} must be a list of texts")
    return values


def _point(given: object, name: str) -> Point:
    if not isinstance(given, dict):
        raise CannotAsk(f"{name} must be an object")
    latitude, longitude = _value_of(given, "lat", int, float), _value_of(given, "lon", int, float)
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise CannotAsk(f"{name} needs lat from -90 to 90 and lon from -180 to 180")
    return latitude, longitude


def _circle(given: object) -> tuple[float, float, float]:
    latitude, longitude = _point(given, "not_near")
    km = _value_of(given, "km", int, float)  # type: ignore[arg-type]  # an object, or _point refused it
    if km is None or not 0 <= km < 40_000:
        raise CannotAsk("not_near needs km, a distance")
    return latitude, longitude, km


@lru_cache(maxsize=32768)
def folded(words: str) -> str:
    """Words as they are compared: spaces at the ends and capitals make no difference."""
    return words.strip().casefold()


def kilometres(one: Point, other: Point) -> float:
    """The distance over the earth's surface."""
    first, second = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    half = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def who_can_take(question: Question, candidates: Iterable[Candidate]) -> Tonight:
    """Who can take the person, in order, and whom one thing keeps from it."""
    places: list[tuple[Any, Place]] = []
    near: list[tuple[Any, NearMiss]] = []
    for candidate in candidates:
        needs = candidate.facts.terms.get("need", ())
        if needs and TAKES_IN.isdisjoint(needs):
            continue
        missing, why, warnings = _checked(question, candidate)
        if len(missing) > 1:
            continue
        km, is_inside = _distance(question, candidate.facts)
        order = (math.inf if km is None else km, candidate.id)
        if missing:
            near.append(((is_inside, *order), NearMiss(candidate.id, candidate.name, missing[0], is_inside)))
            continue
        hours = hours_of(candidate.facts, question.at)
        place = _place(question, candidate, hours, (why, warnings), (km, is_inside))
        places.append(((is_inside, (True, None, False).index(hours.is_open), *order), place))
    return Tonight([place for _, place in sorted(places, key=lambda one: one[0])],
                   [miss for _, miss in sorted(near, key=lambda one: one[0])])  # fmt: skip


def lacking(tonight: Tonight) -> str:
    """Where nobody can take the person: the one thing that every near miss lacks, else `none`; empty where somebody can."""
    missing = {miss.missing for miss in tonight.near_misses}
    return "" if tonight.places else missing.pop() if len(missing) == 1 else "none"


def _checked(question: Question, candidate: Candidate) -> tuple[list[str], list[str], list[str]]:
    """What is missing (two at most: more changes nothing), the reasons for it and the warnings."""
    missing: list[str] = []
    why: list[str] = []
    warnings: list[str] = []
    for name, check in CHECKS:
        is_missing, reason, warning = check(question, candidate)
        if is_missing:
            missing.append(name)
            if len(missing) == 2:
                break
        if reason:
            why.append(reason)
        if warning:
            warnings += warning.split("\n")
    return missing, why, warnings


def _places(question: Question, candidate: Candidate) -> Verdict:
    free, said = candidate.facts.places, instant(candidate.facts.said_at)
    if free is None:
        return False, "", "How many places are free is not known: ring first"
    if free < 1:
        return True, "", ""
    words, wanted = f"{free} {'place' if free == 1 else 'places'} free", 1 + (question.dependants or 0)
    if said is None:
        return False, words, "When its places were counted is not known: ring first"
    old = "" if question.at - said <= CAPACITY_OLD else f"Its places were counted on {_moment(said)}: ring first"
    few = f"{words} for {wanted} people: ask whether they can stay together" if free < wanted else ""
    return False, f"{words}, said on {_moment(said)}", "\n".join(filter(None, (old, few)))


def _language(question: Question, candidate: Candidate) -> Verdict:
    spoken = candidate.facts.languages
    if not spoken:
        return False, "", "Which languages are spoken there is not known"
    if not question.languages:
        return False, "", "Which languages they speak is not known"
    shared = [code for code in spoken if code in question.languages]
    return (False, f"Speaks {', '.join(language_names().get(code, code) for code in shared)}", "") if shared else (True, "", "")


def _refused(question: Question, candidate: Candidate) -> Verdict:
    if not question.refuses:
        return FITS
    facts = candidate.facts
    names = {folded(one) for one in (candidate.id, candidate.name, candidate.organisation, facts.organisation_id) if one}
    terms = {folded(f"{family}:{value}") for family, values in facts.terms.items() for value in values}
    bare = {folded(value) for value in facts.terms.get("need", ())}
    return not question.refuses.isdisjoint(names | terms | bare), "", ""


def _age(question: Question, candidate: Candidate) -> Verdict:
    low, high = candidate.facts.minimum_age, candidate.facts.maximum_age
    if low is None and high is None:
        return False, "", "Which ages it takes is not known"
    limits = f"from {low:g}" if high is None else f"up to {high:g}" if low is None else f"{low:g} to {high:g}"
    if question.age is None:
        return False, "", f"Their age is not known: it takes ages {limits}"
    fits = (low is None or low <= question.age) and (high is None or question.age <= high)
    return not fits, f"Takes ages {limits}", ""


def _sex(question: Question, candidate: Candidate) -> Verdict:
    taken = candidate.facts.terms.get("sex", ())
    if not taken:
        return False, "", "Whether it takes women or men is not known"
    words = "Takes women and men" if len(taken) > 1 else "For " + {"female": "women", "male": "men"}.get(taken[0], taken[0])
    if question.sex is None:
        return False, "", f"Their sex is not known. {words}"
    return question.sex not in taken, words, ""


def _dependants(question: Question, candidate: Candidate) -> Verdict:
    says = [one for one in ("yes", "no") if candidate.facts.has("dependants", one)]
    if question.dependants is None:
        return False, "", "Takes no one who comes with them: ask whether anyone does" if says == ["no"] else ""
    if not question.dependants:
        return FITS
    if len(says) != 1:
        return False, "", "Whether it takes children and others with them is not known"
    return says == ["no"], "Takes the people with them", ""


def _recourse(question: Question, candidate: Candidate) -> Verdict:
    if not candidate.facts.has("recourse", "required"):
        return FITS
    if question.recourse is None:
        return False, "", "Needs recourse to public funds: not known whether they have it"
    return not question.recourse, "They have recourse to public funds, which it wants", ""


def _nrm(question: Question, candidate: Candidate) -> Verdict:
    taken = candidate.facts.terms.get("nrm", ())
    if not taken:
        return FITS
    if question.nrm is None:
        return False, "", "Where they are in the NRM is not known, and it does not take everyone"
    return question.nrm not in taken, "Takes them where they are in the NRM", ""


def _mobility(question: Question, candidate: Candidate) -> Verdict:
    if not question.mobility:
        return FITS
    offered = set(candidate.facts.terms.get("mobility", ()))
    if not offered:
        return False, "", "Whether it is right for how they move is not known"
    return not question.mobility <= offered, "Right for how they move", ""


CHECKS: Sequence[tuple[str, Callable[[Question, Candidate], Verdict]]] = tuple(
    zip(MISSING, (_places, _language, _refused, _age, _sex, _dependants, _recourse, _nrm, _mobility), strict=True)
)


def _distance(question: Question, facts: ServiceFacts) -> tuple[float | None, bool]:
    """How far the nearest location is, and whether any lies in a place that they must not be near."""
    points: list[Point] = [(latitude, longitude) for latitude, longitude in facts.locations]
    near = question.near
    km = min((kilometres(near, point) for point in points), default=None) if near else None
    is_inside = any(
        abs(latitude - point[0]) * DEGREE_KM <= reach and kilometres((latitude, longitude), point) <= reach
        for latitude, longitude, reach in question.not_near
        for point in points
    )
    return km, is_inside


def hours_of(facts: ServiceFacts, at: datetime) -> Hours:
    """Whether a service is open at an instant, by its schedules and what it says of bank holidays."""
    says = facts.terms.get("bank_holidays", ())
    return hours_at(facts.schedules, says[0] if len(says) == 1 else "", at)


def _place(
    question: Question, candidate: Candidate, hours: Hours, found: tuple[list[str], list[str]], where: tuple[float | None, bool]
) -> Place:
    (why, warnings), (km, is_inside) = found, where
    facts = candidate.facts
    first = ["Near a place that they must not be near: look elsewhere first"] if is_inside else []
    opening = _opening_words(hours)
    return Place(
        candidate.id, candidate.name,
        why=[*([opening] if hours.is_open else []), *why, *([f"{km:.0f} km away"] if km is not None else [])],
        warnings=[*first, *([] if hours.is_open else [opening]), *warnings, *_other_warnings(question, facts)],
        open_now=hours.is_open, capacity=Capacity(facts.places, facts.said_at), km=None if km is None else round(km, 1),
        is_near_danger=is_inside,
    )  # fmt: skip


def _opening_words(hours: Hours) -> str:
    if hours.is_open:
        return f"Open now, until {london(hours.until):%H:%M}" if hours.until else "Open now, all day and night"
    if hours.is_open is False:
        return "Closed now: it is a bank holiday" if hours.why == BANK_HOLIDAY else "Closed now"
    reason = {NO_HOURS: "no hours are recorded", BANK_HOLIDAY: "it is a bank holiday"}.get(hours.why, "its hours cannot be read")
    return f"Whether it is open now is not known: {reason}"


def _other_warnings(question: Question, facts: ServiceFacts) -> Iterator[str]:
    if not facts.terms.get("need"):
        yield "Whether it gives accommodation is not known"
    assured_on = date.fromisoformat(facts.assured_on) if facts.assured_on else None
    if is_stale(assured_on, london_date(question.at)):
        yield f"Last assured on {_day(assured_on)}, over 90 days ago" if assured_on else "It was never assured"
    if facts.is_misplaced:
        yield "A location of it is nowhere on the earth and was left out"
    if not facts.locations and (question.near or question.not_near):
        yield "Where it is is not known: ask how far it is from places that they must not be near"
    shared = sorted(one for one in facts.terms.get("community", ()) if folded(one) in question.communities)
    if shared:
        yield f"Staff or interpreters there may know those who exploited them: {', '.join(shared)}"


@lru_cache(maxsize=8192)
def _moment(at: datetime) -> str:
    return f"{_day(london_date(at))} at {london(at):%H:%M}"


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def as_json(tonight: Tonight) -> dict[str, Any]:
    """The answer in the form that the command prints."""
    services = [
        {
            "id": one.id, "name": one.name, "why": one.why, "warnings": one.warnings, "open_now": one.open_now,
            "capacity": {"places": one.capacity.places, "said_at": one.capacity.said_at}, "km": one.km,
        }
        for one in tonight.places
    ]  # fmt: skip
    return {"services": services, "near_misses": [{"id": one.id, "missing": [one.missing]} for one in tonight.near_misses]}
