"""The door to the facts: reads what `assess` is given, strictly, and writes it back.

A missing or null key is *not known*. An unknown key, a bad value, a contradiction are errors, each with its path and
words that
say what would do; they are all reported together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from lodestar.kernel import facts
from lodestar.kernel.days import london_date
from lodestar.kernel.facts import (
    Birth,
    CaseFacts,
    Consent,
    EarlierReferral,
    Encounter,
    Exploitation,
    PersonFacts,
    SuspectedAct,
)
from lodestar.kernel.form_values import FormErrors, Values
from lodestar.kernel.fuzzy import PartialDate, Span
from lodestar.kernel.person_age import age_between
from lodestar.kernel.reference_lists import reference_list

ENCOUNTER_KEYS = ("reference", "encountered_at", "force", "nation", "people", "case")
PERSON_KEYS = (
    "id", "roles", "belief", "birth", "alive", "place", "contact_lost", "exploitation", "consent", "helpers", "seized",
    "threats", "care_and_support_needs", "british", "found_after_missing", "earlier_referral", "suspected_of", "needs",
)  # fmt: skip
BIRTH_KEYS = ("date", "age_min", "age_max", "basis")
EXPLOITATION_KEYS = ("type", "from", "to", "in", "police_areas", "still_in_situation", "organised")
CONSENT_KEYS = ("nrm", "capacity", "spoke_alone", "interpreter", "wants_time", "may_be_named")
EARLIER_KEYS = (
    "route", "by", "on", "reference", "same_events", "decision", "decided_on", "notice_on", "new_evidence",
)  # fmt: skip
ACT_KEYS = (
    "act", "section", "title", "particulars", "on", "where", "age_then_min", "age_then_max", "stage",
)  # fmt: skip
CASE_KEYS = ("police_areas", "organised_group", "people_out_of_force", "links_abroad", "deaths", "diplomat")

OLDEST = 130  # years; an age above it is a slip of the keyboard


@dataclass(frozen=True)
class _Slugs:
    tenants: Mapping[str, str]  # slug -> nation
    areas: frozenset[str]


@lru_cache(maxsize=1)
def _slugs() -> _Slugs:
    """A slug once in use is always read: old encounters name forces that have since merged."""
    tenants = {row["slug"]: row["nation"] for row in reference_list("reference", "tenants").rows}
    areas = {row["slug"] for row in reference_list("reference", "police_areas").rows}
    return _Slugs(tenants, frozenset(areas | set(tenants)))


def read_encounter(value: object) -> Encounter:
    """The encounter that a JSON value holds. Raises FormErrors, which lists every fault, when it is not one."""
    values = Values()
    told = values.keys_of(value, "", ENCOUNTER_KEYS, required=True)
    if not isinstance(value, Mapping):
        raise FormErrors(values.errors)
    met = values.instant(told, "encountered_at", "", required=True)
    force = values.slug(told, "force", "", _slugs().tenants)
    nation = values.choice(told, "nation", "", facts.NATIONS) or _slugs().tenants.get(force or "")
    people = tuple(
        _person(values, one, f"people[{index}]", met) for index, one in enumerate(values.items(told, "people", ""))
    )
    _ids_differ(values, people)
    case = _case(values, told)
    reference = values.text(told, "reference", "")
    if values.errors or met is None:
        raise FormErrors(values.errors)
    return Encounter(encountered_at=met, reference=reference, force=force, nation=nation, people=people, case=case)


def _ids_differ(values: Values, people: tuple[PersonFacts, ...]) -> None:
    seen: set[str] = set()
    for index, person in enumerate(people):
        if person.id and person.id in seen:
            values.fail(f"people[{index}].id", "is already another person's")
        seen.add(person.id)


def _person(values: Values, value: object, path: str, met: datetime | None) -> PersonFacts:
    told = values.keys_of(value, path, PERSON_KEYS, required=True)
    if not isinstance(value, Mapping):
        return PersonFacts(id="")
    birth = _birth(values, told, path, met)
    return PersonFacts(
        id=values.text(told, "id", path, required=True) or "",
        roles=values.choices(told, "roles", path, facts.ROLES),
        belief=values.choice(told, "belief", path, facts.BELIEFS),
        birth=birth,
        alive=values.flag(told, "alive", path),
        place=values.choice(told, "place", path, facts.PLACES),
        contact_lost=values.flag_or_instant(told, "contact_lost", path),
        exploitation=tuple(
            _exploitation(values, one, f"{path}.exploitation[{index}]")
            for index, one in enumerate(values.items(told, "exploitation", path))
        ),
        consent=_consent(values, told, path),
        helpers=values.choices(told, "helpers", path, facts.HELPERS),
        seized=values.choices(told, "seized", path, facts.SEIZED),
        threats=values.choices(told, "threats", path, facts.THREATS),
        care_and_support_needs=values.flag(told, "care_and_support_needs", path),
        british=values.flag(told, "british", path),
        found_after_missing=values.flag(told, "found_after_missing", path),
        earlier_referral=_earlier(values, told, path),
        suspected_of=tuple(
            _act(values, one, f"{path}.suspected_of[{index}]", birth)
            for index, one in enumerate(values.items(told, "suspected_of", path))
        ),
        needs=values.choices(told, "needs", path, facts.NEEDS),
    )


def _birth(values: Values, told: Mapping[str, Any], path: str, met: datetime | None) -> Birth:
    path = values.join(path, "birth")
    told = values.keys_of(told.get("birth"), path, BIRTH_KEYS)
    born = values.partial(told, "date", path)
    if born and met and born.earliest > london_date(met):
        values.fail(f"{path}.date", "must not be after encountered_at")
    age_min = values.whole(told, "age_min", path, OLDEST)
    age_max = values.whole(told, "age_max", path, OLDEST)
    _in_order(values, f"{path}.age_min", age_min, age_max, "age_max")
    return Birth(born, age_min, age_max, values.choice(told, "basis", path, facts.AGE_BASES))


def _in_order(values: Values, path: str, low: int | None, high: int | None, high_name: str) -> None:
    if low is not None and high is not None and low > high:
        values.fail(path, f"must not exceed {high_name}")


def _exploitation(values: Values, value: object, path: str) -> Exploitation:
    told = values.keys_of(value, path, EXPLOITATION_KEYS, required=True)
    start, end = values.partial(told, "from", path), values.partial(told, "to", path)
    _dates_in_order(values, f"{path}.from", start, end)
    return Exploitation(
        type=values.choice(told, "type", path, facts.EXPLOITATION_TYPES),
        start=start,
        end=end,
        where=values.choices(told, "in", path, facts.EXPLOITED_IN),
        police_areas=values.slugs(told, "police_areas", path, _slugs().areas),
        still_in_situation=values.flag(told, "still_in_situation", path),
        organised=values.flag(told, "organised", path),
    )


def _dates_in_order(values: Values, path: str, start: PartialDate | None, end: PartialDate | None) -> None:
    if start and end and start.earliest > end.latest:
        values.fail(path, "must not be after to")


def _consent(values: Values, told: Mapping[str, Any], path: str) -> Consent:
    path = values.join(path, "consent")
    told = values.keys_of(told.get("consent"), path, CONSENT_KEYS)
    return Consent(
        nrm=values.flag(told, "nrm", path),
        capacity=values.choice(told, "capacity", path, facts.CAPACITIES),
        spoke_alone=values.flag(told, "spoke_alone", path),
        interpreter=values.choice(told, "interpreter", path, facts.INTERPRETERS),
        wants_time=values.flag(told, "wants_time", path),
        may_be_named=values.flag(told, "may_be_named", path),
    )


def _earlier(values: Values, told: Mapping[str, Any], path: str) -> EarlierReferral | None:
    if told.get("earlier_referral") is None:
        return None
    path = values.join(path, "earlier_referral")
    told = values.keys_of(told["earlier_referral"], path, EARLIER_KEYS)
    return EarlierReferral(
        route=values.choice(told, "route", path, facts.ROUTES_BEFORE),
        by=values.text(told, "by", path),
        on=values.partial(told, "on", path),
        reference=values.text(told, "reference", path),
        same_events=values.flag(told, "same_events", path),
        decision=values.choice(told, "decision", path, facts.DECISIONS),
        decided_on=values.partial(told, "decided_on", path),
        notice_on=values.partial(told, "notice_on", path),
        new_evidence=values.flag(told, "new_evidence", path),
    )


def _act(values: Values, value: object, path: str, birth: Birth) -> SuspectedAct:
    told = values.keys_of(value, path, ACT_KEYS, required=True)
    on = _span(values, told, path)
    age_min = values.whole(told, "age_then_min", path, OLDEST)
    age_max = values.whole(told, "age_then_max", path, OLDEST)
    _in_order(values, f"{path}.age_then_min", age_min, age_max, "age_then_max")
    if birth.date and on:
        _age_fits(values, path, birth.date, on, age_min, age_max)
    return SuspectedAct(
        act=values.text(told, "act", path),
        section=values.text(told, "section", path),
        title=values.text(told, "title", path),
        particulars=values.text(told, "particulars", path),
        on=on,
        where=values.choice(told, "where", path, facts.WHERE),
        age_then_min=age_min,
        age_then_max=age_max,
        stage=values.choice(told, "stage", path, facts.STAGES),
    )


def _age_fits(
    values: Values, path: str, birth: PartialDate, on: Span, age_min: int | None, age_max: int | None
) -> None:
    """Faults where the act was before the birth, or an age told for it is none that the two dates allow. A side of `on`
    that is not told contradicts nothing."""
    if on.end and on.end.latest < birth.earliest:
        values.fail(f"{path}.on", "must not be before birth.date")
        return
    youngest = age_between(birth, on.start.earliest, on.start.earliest)[0] if on.start else None
    oldest = age_between(birth, on.end.latest, on.end.latest)[1] if on.end else None
    if oldest is None:
        reckoned = f"{youngest} or more"
    elif youngest is None:
        reckoned = f"{oldest} at most"
    else:
        reckoned = f"{youngest} to {oldest}" if oldest != youngest else f"{youngest}"
    if age_min is not None and oldest is not None and age_min > oldest:
        values.fail(f"{path}.age_then_min", f"contradicts birth.date: birth.date and on make it {reckoned}")
    if age_max is not None and youngest is not None and age_max < youngest:
        values.fail(f"{path}.age_then_max", f"contradicts birth.date: birth.date and on make it {reckoned}")


def _span(values: Values, told: Mapping[str, Any], path: str) -> Span | None:
    """`on`: a date, or {"from": ..., "to": ...}."""
    value, path = told.get("on"), values.join(path, "on")
    if value is None:
        return None
    if isinstance(value, str):
        when = values.partial(told, "on", path.rpartition(".")[0])
        return Span(when, when, single=True) if when else None
    if not isinstance(value, Mapping):
        values.fail(path, 'must be a date, or {"from": ..., "to": ...}')
        return None
    told = values.keys_of(value, path, ("from", "to"))
    start, end = values.partial(told, "from", path), values.partial(told, "to", path)
    _dates_in_order(values, f"{path}.from", start, end)
    return Span(start, end)


def _case(values: Values, told: Mapping[str, Any]) -> CaseFacts:
    told = values.keys_of(told.get("case"), "case", CASE_KEYS)
    return CaseFacts(
        police_areas=values.slugs(told, "police_areas", "case", _slugs().areas),
        organised_group=values.flag(told, "organised_group", "case"),
        people_out_of_force=values.flag(told, "people_out_of_force", "case"),
        links_abroad=values.flag(told, "links_abroad", "case"),
        deaths=values.whole(told, "deaths", "case", 1_000_000),
        diplomat=values.flag(told, "diplomat", "case"),
    )


def encounter_form(encounter: Encounter) -> dict[str, Any]:
    """The encounter as `assess` takes it. What only the ledger holds (`events`, the keys of acts) is left out."""
    return {
        "reference": encounter.reference,
        "encountered_at": encounter.encountered_at.isoformat(),
        "force": encounter.force,
        "nation": encounter.nation,
        "people": [_person_form(person) for person in encounter.people],
        "case": {key: _written(getattr(encounter.case, key)) for key in CASE_KEYS},
    }


_FORM_NAMES = {"from": "start", "to": "end", "in": "where"}


def _person_form(person: PersonFacts) -> dict[str, Any]:
    told = {key: _written(getattr(person, key)) for key in PERSON_KEYS}
    told["birth"] = {key: _written(getattr(person.birth, key)) for key in BIRTH_KEYS}
    told["consent"] = {key: getattr(person.consent, key) for key in CONSENT_KEYS}
    told["exploitation"] = [
        {key: _written(getattr(one, _FORM_NAMES.get(key, key))) for key in EXPLOITATION_KEYS}
        for one in person.exploitation
    ]
    earlier = person.earlier_referral
    told["earlier_referral"] = earlier and {key: _written(getattr(earlier, key)) for key in EARLIER_KEYS}
    told["suspected_of"] = [{key: _written(getattr(act, key)) for key in ACT_KEYS} for act in person.suspected_of]
    return told


def _written(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, Span):
        if value.single:
            return _written(value.start)
        return {"from": _written(value.start), "to": _written(value.end)}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
