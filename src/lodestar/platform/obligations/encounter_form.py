"""The door to the facts: reads what `assess` is given, strictly, and writes it back.

A missing or null key is *not known*. An unknown key, a bad value, a contradiction are errors, each with its path and words that
say what would do; they are all reported together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from lodestar.platform.obligations import facts
from lodestar.platform.obligations.facts import (
    Birth,
    CaseFacts,
    Consent,
    EarlierReferral,
    Encounter,
    Exploitation,
    PersonFacts,
    SuspectedAct,
)
from lodestar.platform.obligations.form_values import FormErrors, Values
from lodestar.platform.obligations.person_age import age_between
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date
from lodestar.platform.time.fuzzy import PartialDate, Span

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
    fields = values.keys_of(value, "", ENCOUNTER_KEYS, required=True)
    if not isinstance(value, Mapping):
        raise FormErrors(values.errors)
    met = values.instant(fields, "encountered_at", "", required=True)
    force = values.slug(fields, "force", "", _slugs().tenants)
    nation = values.choice(fields, "nation", "", facts.NATIONS) or _slugs().tenants.get(force or "")
    people = tuple(
        _person(values, person, f"people[{index}]", met) for index, person in enumerate(values.items(fields, "people", ""))
    )
    _ids_differ(values, people)
    case = _case(values, fields)
    reference = values.text(fields, "reference", "")
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
    fields = values.keys_of(value, path, PERSON_KEYS, required=True)
    if not isinstance(value, Mapping):
        return PersonFacts(id="")
    birth = _birth(values, fields, path, met)
    return PersonFacts(
        id=values.text(fields, "id", path, required=True) or "",
        roles=values.choices(fields, "roles", path, facts.ROLES),
        belief=values.choice(fields, "belief", path, facts.BELIEFS),
        birth=birth,
        alive=values.flag(fields, "alive", path),
        place=values.choice(fields, "place", path, facts.PLACES),
        contact_lost=values.flag_or_instant(fields, "contact_lost", path),
        exploitation=tuple(
            _exploitation(values, exploitation, f"{path}.exploitation[{index}]")
            for index, exploitation in enumerate(values.items(fields, "exploitation", path))
        ),
        consent=_consent(values, fields, path),
        helpers=values.choices(fields, "helpers", path, facts.HELPERS),
        seized=values.choices(fields, "seized", path, facts.SEIZED),
        threats=values.choices(fields, "threats", path, facts.THREATS),
        care_and_support_needs=values.flag(fields, "care_and_support_needs", path),
        british=values.flag(fields, "british", path),
        found_after_missing=values.flag(fields, "found_after_missing", path),
        earlier_referral=_earlier(values, fields, path),
        suspected_of=tuple(
            _act(values, act, f"{path}.suspected_of[{index}]", birth)
            for index, act in enumerate(values.items(fields, "suspected_of", path))
        ),
        needs=values.choices(fields, "needs", path, facts.NEEDS),
    )


def _birth(values: Values, fields: Mapping[str, Any], path: str, met: datetime | None) -> Birth:
    path = values.join(path, "birth")
    fields = values.keys_of(fields.get("birth"), path, BIRTH_KEYS)
    born = values.partial(fields, "date", path)
    if born and met and born.earliest > london_date(met):
        values.fail(f"{path}.date", "must not be after encountered_at")
    age_min = values.whole_number(fields, "age_min", path, OLDEST)
    age_max = values.whole_number(fields, "age_max", path, OLDEST)
    _in_order(values, f"{path}.age_min", age_min, age_max, "age_max")
    return Birth(born, age_min, age_max, values.choice(fields, "basis", path, facts.AGE_BASES))


def _in_order(values: Values, path: str, low: int | None, high: int | None, high_name: str) -> None:
    if low is not None and high is not None and low > high:
        values.fail(path, f"must not exceed {high_name}")


def _exploitation(values: Values, value: object, path: str) -> Exploitation:
    fields = values.keys_of(value, path, EXPLOITATION_KEYS, required=True)
    start, end = values.partial(fields, "from", path), values.partial(fields, "to", path)
    _dates_in_order(values, f"{path}.from", start, end)
    return Exploitation(
        type=values.choice(fields, "type", path, facts.EXPLOITATION_TYPES),
        start=start,
        end=end,
        where=values.choices(fields, "in", path, facts.EXPLOITED_IN),
        police_areas=values.slugs(fields, "police_areas", path, _slugs().areas),
        still_in_situation=values.flag(fields, "still_in_situation", path),
        organised=values.flag(fields, "organised", path),
    )


def _dates_in_order(values: Values, path: str, start: PartialDate | None, end: PartialDate | None) -> None:
    if start and end and start.earliest > end.latest:
        values.fail(path, "must not be after to")


def _consent(values: Values, fields: Mapping[str, Any], path: str) -> Consent:
    path = values.join(path, "consent")
    fields = values.keys_of(fields.get("consent"), path, CONSENT_KEYS)
    return Consent(
        nrm=values.flag(fields, "nrm", path),
        capacity=values.choice(fields, "capacity", path, facts.CAPACITIES),
        spoke_alone=values.flag(fields, "spoke_alone", path),
        interpreter=values.choice(fields, "interpreter", path, facts.INTERPRETERS),
        wants_time=values.flag(fields, "wants_time", path),
        may_be_named=values.flag(fields, "may_be_named", path),
    )


def _earlier(values: Values, fields: Mapping[str, Any], path: str) -> EarlierReferral | None:
    if fields.get("earlier_referral") is None:
        return None
    path = values.join(path, "earlier_referral")
    fields = values.keys_of(fields["earlier_referral"], path, EARLIER_KEYS)
    return EarlierReferral(
        route=values.choice(fields, "route", path, facts.ROUTES_BEFORE),
        by=values.text(fields, "by", path),
        on=values.partial(fields, "on", path),
        reference=values.text(fields, "reference", path),
        same_events=values.flag(fields, "same_events", path),
        decision=values.choice(fields, "decision", path, facts.DECISIONS),
        decided_on=values.partial(fields, "decided_on", path),
        notice_on=values.partial(fields, "notice_on", path),
        new_evidence=values.flag(fields, "new_evidence", path),
    )


def _act(values: Values, value: object, path: str, birth: Birth) -> SuspectedAct:
    fields = values.keys_of(value, path, ACT_KEYS, required=True)
    on = _span(values, fields, path)
    age_min = values.whole_number(fields, "age_then_min", path, OLDEST)
    age_max = values.whole_number(fields, "age_then_max", path, OLDEST)
    _in_order(values, f"{path}.age_then_min", age_min, age_max, "age_then_max")
    if birth.date and on:
        _age_fits(values, path, birth.date, on, age_min, age_max)
    return SuspectedAct(
        act=values.text(fields, "act", path),
        section=values.text(fields, "section", path),
        title=values.text(fields, "title", path),
        particulars=values.text(fields, "particulars", path),
        on=on,
        where=values.choice(fields, "where", path, facts.WHERE),
        age_then_min=age_min,
        age_then_max=age_max,
        stage=values.choice(fields, "stage", path, facts.STAGES),
    )


def _age_fits(values: Values, path: str, birth: PartialDate, on: Span, age_min: int | None, age_max: int | None) -> None:
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


def _span(values: Values, fields: Mapping[str, Any], path: str) -> Span | None:
    """`on`: a date, or {"from": ..., "to": ...}."""
    value, path = fields.get("on"), values.join(path, "on")
    if value is None:
        return None
    if isinstance(value, str):
        when = values.partial(fields, "on", path.rpartition(".")[0])
        return Span(when, when, single=True) if when else None
    if not isinstance(value, Mapping):
        values.fail(path, 'must be a date, or {"from": ..., "to": ...}')
        return None
    fields = values.keys_of(value, path, ("from", "to"))
    start, end = values.partial(fields, "from", path), values.partial(fields, "to", path)
    _dates_in_order(values, f"{path}.from", start, end)
    return Span(start, end)


def _case(values: Values, fields: Mapping[str, Any]) -> CaseFacts:
    fields = values.keys_of(fields.get("case"), "case", CASE_KEYS)
    return CaseFacts(
        police_areas=values.slugs(fields, "police_areas", "case", _slugs().areas),
        organised_group=values.flag(fields, "organised_group", "case"),
        people_out_of_force=values.flag(fields, "people_out_of_force", "case"),
        links_abroad=values.flag(fields, "links_abroad", "case"),
        deaths=values.whole_number(fields, "deaths", "case", 1_000_000),
        diplomat=values.flag(fields, "diplomat", "case"),
    )


def encounter_form(encounter: Encounter) -> dict[str, Any]:
    """The encounter as `assess` takes it. What only the ledger holds (`events`, the keys of acts) is left out."""
    return {
        "reference": encounter.reference,
        "encountered_at": encounter.encountered_at.isoformat(),
        "force": encounter.force,
        "nation": encounter.nation,
        "people": [_person_form(person) for person in encounter.people],
        "case": {key: _form_value(getattr(encounter.case, key)) for key in CASE_KEYS},
    }


_FORM_NAMES = {"from": "start", "to": "end", "in": "where"}


def _person_form(person: PersonFacts) -> dict[str, Any]:
    form = {key: _form_value(getattr(person, key)) for key in PERSON_KEYS}
    form["birth"] = {key: _form_value(getattr(person.birth, key)) for key in BIRTH_KEYS}
    form["consent"] = {key: getattr(person.consent, key) for key in CONSENT_KEYS}
    form["exploitation"] = [
        {key: _form_value(getattr(exploitation, _FORM_NAMES.get(key, key))) for key in EXPLOITATION_KEYS}
        for exploitation in person.exploitation
    ]
    earlier = person.earlier_referral
    form["earlier_referral"] = earlier and {key: _form_value(getattr(earlier, key)) for key in EARLIER_KEYS}
    form["suspected_of"] = [{key: _form_value(getattr(act, key)) for key in ACT_KEYS} for act in person.suspected_of]
    return form


def _form_value(value: Any) -> Any:
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, Span):
        if value.single:
            return _form_value(value.start)
        return {"from": _form_value(value.start), "to": _form_value(value.end)}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
