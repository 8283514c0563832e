"""The door to the facts: reads what `assess` is given, strictly, and writes it back.

A missing or null key is *not known*. An unknown key, a bad value, a contradiction are errors, each with its path and words that
say what would do; they are all reported together.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lodestar.platform.obligations import facts
from lodestar.platform.obligations.ages import age_between
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
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date
from lodestar.platform.time.fuzzy import PartialDate, Span

OLDEST = 130  # years; an age above it is a slip of the keyboard
# A slug once in use is always read: old encounters name forces that have since merged.
_TENANTS: Mapping[str, str] = {row["slug"]: row["nation"] for row in reference_list("reference", "tenants").rows}
_AREAS = frozenset(row["slug"] for row in reference_list("reference", "police_areas").rows) | _TENANTS.keys()

# How the value of each key is read: the method of `Values`, and what it may be.
Kinds = Mapping[str, tuple[Any, ...]]
_FLAG, _TEXT, _DATE, _AGE, _SLUGS = ("flag",), ("text",), ("partial",), ("whole_number", OLDEST), ("slugs", _AREAS)
_BIRTH: Kinds = {"date": _DATE, "age_min": _AGE, "age_max": _AGE, "basis": ("choice", facts.AGE_BASES)}
_EXPLOITATION: Kinds = {
    "type": ("choice", facts.EXPLOITATION_TYPES), "from": _DATE, "to": _DATE, "in": ("choices", facts.EXPLOITED_IN),
    "police_areas": _SLUGS, "still_in_situation": _FLAG, "organised": _FLAG,
}  # fmt: skip
_CONSENT: Kinds = {
    "nrm": _FLAG, "capacity": ("choice", facts.CAPACITIES), "spoke_alone": _FLAG, "interpreter": ("choice", facts.INTERPRETERS),
    "wants_time": _FLAG, "may_be_named": _FLAG,
}  # fmt: skip
_EARLIER: Kinds = {
    "route": ("choice", facts.ROUTES_BEFORE), "by": _TEXT, "on": _DATE, "reference": _TEXT, "same_events": _FLAG,
    "decision": ("choice", facts.DECISIONS), "decided_on": _DATE, "notice_on": _DATE, "new_evidence": _FLAG,
}  # fmt: skip
_AGES_THEN: Kinds = {"age_then_min": _AGE, "age_then_max": _AGE}
_ACT: Kinds = {
    "act": _TEXT, "section": _TEXT, "title": _TEXT, "particulars": _TEXT, "where": ("choice", facts.WHERE),
    "stage": ("choice", facts.STAGES),
}  # fmt: skip
_PERSON: Kinds = {
    "roles": ("choices", facts.ROLES), "belief": ("choice", facts.BELIEFS), "alive": _FLAG, "place": ("choice", facts.PLACES),
    "contact_lost": ("flag_or_instant",), "helpers": ("choices", facts.HELPERS), "seized": ("choices", facts.SEIZED),
    "threats": ("choices", facts.THREATS), "care_and_support_needs": _FLAG, "british": _FLAG, "found_after_missing": _FLAG,
    "needs": ("choices", facts.NEEDS),
}  # fmt: skip
_CASE: Kinds = {
    "police_areas": _SLUGS, "organised_group": _FLAG, "people_out_of_force": _FLAG, "links_abroad": _FLAG,
    "deaths": ("whole_number", 1_000_000), "diplomat": _FLAG,
}  # fmt: skip

ENCOUNTER_KEYS = ("reference", "encountered_at", "force", "nation", "people", "case")
PERSON_KEYS = (
    "id", "roles", "belief", "birth", "alive", "place", "contact_lost", "exploitation", "consent", "helpers", "seized",
    "threats", "care_and_support_needs", "british", "found_after_missing", "earlier_referral", "suspected_of", "needs",
)  # fmt: skip
ACT_KEYS = ("act", "section", "title", "particulars", "on", "where", "age_then_min", "age_then_max", "stage")
BIRTH_KEYS, EXPLOITATION_KEYS, CONSENT_KEYS = tuple(_BIRTH), tuple(_EXPLOITATION), tuple(_CONSENT)
EARLIER_KEYS, CASE_KEYS = tuple(_EARLIER), tuple(_CASE)
_COLUMNS = {"from": "start", "to": "end", "in": "where"}  # of the facts, where they are called otherwise than the key


def _read(values: Values, fields: Mapping[str, Any], path: str, kinds: Kinds) -> dict[str, Any]:
    """The columns of the facts that these keys of an object say."""
    return {_COLUMNS.get(key, key): getattr(values, kind)(fields, key, path, *options) for key, (kind, *options) in kinds.items()}


def read_encounter(value: object) -> Encounter:
    """The encounter that a JSON value holds. Raises FormErrors, which lists every fault, when it is not one."""
    values = Values()
    fields = values.keys_of(value, "", ENCOUNTER_KEYS, required=True)
    if not isinstance(value, Mapping):
        raise FormErrors(values.errors)
    met = values.instant(fields, "encountered_at", "", required=True)
    force = values.slug(fields, "force", "", _TENANTS)
    nation = values.choice(fields, "nation", "", facts.NATIONS) or _TENANTS.get(force or "")
    people = tuple(
        _person(values, person, f"people[{index}]", met) for index, person in enumerate(values.items(fields, "people", ""))
    )
    _ids_differ(values, people)
    case = CaseFacts(**_read(values, values.keys_of(fields.get("case"), "case", CASE_KEYS), "case", _CASE))
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
    consent = values.join(path, "consent")
    return PersonFacts(
        id=values.text(fields, "id", path, required=True) or "",
        birth=birth,
        exploitation=tuple(
            _exploitation(values, exploitation, f"{path}.exploitation[{index}]")
            for index, exploitation in enumerate(values.items(fields, "exploitation", path))
        ),
        consent=Consent(**_read(values, values.keys_of(fields.get("consent"), consent, CONSENT_KEYS), consent, _CONSENT)),
        earlier_referral=_earlier(values, fields, path),
        suspected_of=tuple(
            _act(values, act, f"{path}.suspected_of[{index}]", birth)
            for index, act in enumerate(values.items(fields, "suspected_of", path))
        ),
        **_read(values, fields, path, _PERSON),
    )


def _birth(values: Values, fields: Mapping[str, Any], path: str, met: datetime | None) -> Birth:
    path = values.join(path, "birth")
    fields = values.keys_of(fields.get("birth"), path, BIRTH_KEYS)
    birth = Birth(**_read(values, fields, path, _BIRTH))
    if birth.date and met and birth.date.earliest > london_date(met):
        values.fail(f"{path}.date", "must not be after encountered_at")
    _in_order(values, f"{path}.age_min", birth.age_min, birth.age_max, "age_max")
    return birth


def _in_order(values: Values, path: str, low: int | None, high: int | None, high_name: str) -> None:
    if low is not None and high is not None and low > high:
        values.fail(path, f"must not exceed {high_name}")


def _exploitation(values: Values, value: object, path: str) -> Exploitation:
    fields = values.keys_of(value, path, EXPLOITATION_KEYS, required=True)
    exploitation = Exploitation(**_read(values, fields, path, _EXPLOITATION))
    _dates_in_order(values, f"{path}.from", exploitation.start, exploitation.end)
    return exploitation


def _dates_in_order(values: Values, path: str, start: PartialDate | None, end: PartialDate | None) -> None:
    if start and end and start.earliest > end.latest:
        values.fail(path, "must not be after to")


def _earlier(values: Values, fields: Mapping[str, Any], path: str) -> EarlierReferral | None:
    if fields.get("earlier_referral") is None:
        return None
    path = values.join(path, "earlier_referral")
    fields = values.keys_of(fields["earlier_referral"], path, EARLIER_KEYS)
    return EarlierReferral(**_read(values, fields, path, _EARLIER))


def _act(values: Values, value: object, path: str, birth: Birth) -> SuspectedAct:
    fields = values.keys_of(value, path, ACT_KEYS, required=True)
    on = _span(values, fields, path)
    ages = _read(values, fields, path, _AGES_THEN)
    age_min, age_max = ages["age_then_min"], ages["age_then_max"]
    _in_order(values, f"{path}.age_then_min", age_min, age_max, "age_then_max")
    if birth.date and on:
        _age_fits(values, path, birth.date, on, age_min, age_max)
    return SuspectedAct(on=on, **ages, **_read(values, fields, path, _ACT))


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


def encounter_form(encounter: Encounter) -> dict[str, Any]:
    """The encounter as `assess` takes it. What only the ledger holds (`events`, the keys of acts) is left out."""
    return {
        "reference": encounter.reference,
        "encountered_at": encounter.encountered_at.isoformat(),
        "force": encounter.force,
        "nation": encounter.nation,
        "people": [_person_form(person) for person in encounter.people],
        "case": _part(encounter.case, CASE_KEYS),
    }


def _person_form(person: PersonFacts) -> dict[str, Any]:
    earlier = person.earlier_referral
    return _part(person, PERSON_KEYS) | {
        "birth": _part(person.birth, BIRTH_KEYS),
        "consent": _part(person.consent, CONSENT_KEYS),
        "exploitation": [_part(exploitation, EXPLOITATION_KEYS) for exploitation in person.exploitation],
        "earlier_referral": earlier and _part(earlier, EARLIER_KEYS),
        "suspected_of": [_part(act, ACT_KEYS) for act in person.suspected_of],
    }


def _part(of: object, keys: Sequence[str]) -> dict[str, Any]:
    return {key: _form_value(getattr(of, _COLUMNS.get(key, key))) for key in keys}


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
