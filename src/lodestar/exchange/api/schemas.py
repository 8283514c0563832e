"""What the addresses for other systems take and answer, as JSON Schema (2020-12), out of the lists that they read with."""

from collections.abc import Mapping, Sequence
from typing import Any

from lodestar.exchange.imports.import_files import ADDED, MADE, STOOD, WORDS
from lodestar.platform.obligations import facts
from lodestar.platform.obligations.encounter_form import OLDEST
from lodestar.platform.tables.rules import template_of
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.fuzzy import FIRST_YEAR, LAST_YEAR

Schema = dict[str, Any]
NULL: Schema = {"type": "null"}
TEXT: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": ["boolean", "null"]}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
_YEAR, _MONTH, _DAY = "(18[89][0-9]|19[0-9]{2}|2[01][0-9]{2})", "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
_CLOCK, _OFFSET = r"[0-2][0-9]:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?", "([Zz]|[+-][0-2][0-9]:?[0-5][0-9])"
DATE: Schema = {
    "type": ["string", "null"],
    "pattern": f"^{_YEAR}(-{_MONTH}(-{_DAY})?)?$",
    "description": f"A year, a month or a day from {FIRST_YEAR} to {LAST_YEAR}: 2025, 2025-11 or 2025-11-03",
}
INSTANT: Schema = {
    "type": "string",
    "pattern": f"^{_YEAR}-{_MONTH}-{_DAY}[Tt ]{_CLOCK}{_OFFSET}$",
    "description": "Date and time with an offset: 2026-03-02T23:40:00+00:00",
}


def _object(properties: Mapping[str, Schema], required: Sequence[str] = (), *, or_null: bool = False) -> Schema:
    """An object without other keys; `or_null` where null says that nothing is known."""
    return {
        "type": ["object", "null"] if or_null else "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _complete(properties: Mapping[str, Schema]) -> Schema:
    """An object of an answer: all its keys are there."""
    return _object(properties, tuple(properties))


def _list(items: Schema) -> Schema:
    return {"type": ["array", "null"], "items": items}


def _one_of(options: Sequence[Any]) -> Schema:
    return {"enum": [*options, None]}


def _some_of(options: Sequence[Any]) -> Schema:
    return _list({"enum": list(options)})


def _number(most: int) -> Schema:
    return {"type": ["integer", "null"], "minimum": 0, "maximum": most}


def _slugs(*names: str) -> list[str]:
    return sorted({row["slug"] for name in names for row in reference_list("reference", name).rows})


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _encounter() -> Schema:
    """An encounter, as `docs/assess.md` says it. A key that is missing or null is not known, never no."""
    case = {
        "police_areas": _areas(), "organised_group": FLAG, "people_out_of_force": FLAG, "links_abroad": FLAG,
        "deaths": _number(1_000_000), "diplomat": FLAG,
    }  # fmt: skip
    encounter = {
        "reference": TEXT, "encountered_at": INSTANT, "force": _one_of(_slugs("tenants")),
        "nation": _one_of(facts.NATIONS), "people": _list(_ref("Person")), "case": _object(case, or_null=True),
    }  # fmt: skip
    return _object(encounter, ["encountered_at"]) | {"description": _encounter.__doc__}


def _areas() -> Schema:
    return _some_of(_slugs("tenants", "police_areas"))


def _person() -> Schema:
    span = _object({"from": DATE, "to": DATE})
    birth = {"date": DATE, "age_min": _number(OLDEST), "age_max": _number(OLDEST), "basis": _one_of(facts.AGE_BASES)}
    exploitation = {
        "type": _one_of(facts.EXPLOITATION_TYPES), "from": DATE, "to": DATE, "in": _some_of(facts.EXPLOITED_IN),
        "police_areas": _areas(), "still_in_situation": FLAG, "organised": FLAG,
    }  # fmt: skip
    consent = {
        "nrm": FLAG, "capacity": _one_of(facts.CAPACITIES), "spoke_alone": FLAG,
        "interpreter": _one_of(facts.INTERPRETERS), "wants_time": FLAG, "may_be_named": FLAG,
    }  # fmt: skip
    earlier = {
        "route": _one_of(facts.ROUTES_BEFORE), "by": TEXT, "on": DATE, "reference": TEXT, "same_events": FLAG,
        "decision": _one_of(facts.DECISIONS), "decided_on": DATE, "notice_on": DATE, "new_evidence": FLAG,
    }  # fmt: skip
    act = {
        "act": TEXT, "section": TEXT, "title": TEXT, "particulars": TEXT, "on": {"anyOf": [DATE, span]},
        "where": _one_of(facts.WHERE), "age_then_min": _number(OLDEST), "age_then_max": _number(OLDEST),
        "stage": _one_of(facts.STAGES),
    }  # fmt: skip
    person = {
        "id": {"type": "string", "pattern": "\\S", "description": "Another for each person"},
        "roles": _some_of(facts.ROLES), "belief": _one_of(facts.BELIEFS), "birth": _object(birth, or_null=True),
        "alive": FLAG, "place": _one_of(facts.PLACES), "contact_lost": {"anyOf": [FLAG, INSTANT]},
        "exploitation": _list(_object(exploitation)), "consent": _object(consent, or_null=True),
        "helpers": _some_of(facts.HELPERS), "seized": _some_of(facts.SEIZED), "threats": _some_of(facts.THREATS),
        "care_and_support_needs": FLAG, "british": FLAG, "found_after_missing": FLAG,
        "earlier_referral": _object(earlier, or_null=True), "suspected_of": _list(_object(act)),
        "needs": _some_of(facts.NEEDS),
    }  # fmt: skip
    return _object(person, ["id"])


def _row() -> Schema:
    """One object of the columns of the template for first reports. Other spellings of a column and the headings that a force
    has mapped are read too; any other key is refused."""
    template = template_of("concerns")
    texts = ["string", "array", "null"]
    columns = {
        name: {"type": texts if name in WORDS else [*texts, "number"], "items": {"type": "string"}, "description": meaning}
        for name, meaning in template.meanings.items()
    }
    of_whom = template.required[-1]
    return {
        "type": "object",
        "description": _row.__doc__,
        "properties": columns,
        "anyOf": [{"required": [name]} for name in of_whom],
        "not": {"anyOf": [{"required": ["encountered_at"]}, {"required": ["people"]}]},
    }


def _answered() -> dict[str, Schema]:
    text, flag = {"type": "string"}, {"type": "boolean"}
    route = _complete({"code": text, "why": TEXTS, "authority": TEXTS})
    cited = {"anyOf": [NULL, _complete({"para": {"type": "integer"}, "act": TEXT, "section": TEXT})]}
    schedule = _complete({"excluded": FLAG, "depends_on": TEXT, "entry": cited})
    act = {
        "act": TEXT, "section": TEXT, "consider": flag, "test": TEXT, "schedule4": schedule, "in_force": FLAG,
        "why": TEXTS, "authority": TEXTS,
    }  # fmt: skip
    obligation = {
        "code": text, "when": text, "due": TEXT, "due_from": TEXT, "due_before": TEXTS, "owed_by": text, "why": TEXTS,
        "authority": TEXTS, "basis": text,
    }  # fmt: skip
    obligations = {"type": "array", "items": _ref("Obligation")}
    person = {
        "id": text, "treat_as": text, "route": route, "section45": {"type": "array", "items": _complete(act)},
        "obligations": obligations,
    }  # fmt: skip
    tasking = {"type": "array", "items": _complete({"level": text, "why": TEXTS})}
    case = _complete({"allocate_to": TEXT, "tasking": tasking, "obligations": obligations})
    people = {"type": "array", "items": _complete(person)}
    answer = {"reference": TEXT, "settings": text, "rules": text, "people": people, "case": case}
    became = {"enum": [MADE, ADDED, STOOD]}
    concern = {"reference": TEXT, "case": TEXT, "became": became, "notes": TEXTS}
    fault = _complete({"path": {"type": "string", "description": "people[0].birth.age_min; empty: the whole"}, "message": text})
    errors = {"reference": TEXT, "errors": {"type": "array", "minItems": 1, "items": fault}}
    return {
        "Answer": _complete(answer), "Obligation": _complete(obligation), "ConcernResult": _complete(concern),
        "Errors": _complete(errors),
    }  # fmt: skip


def every_schema() -> dict[str, Schema]:
    """The schemas of the document, by name."""
    concern: Schema = {"anyOf": [_ref("Encounter"), _ref("Row")]}
    return {"Encounter": _encounter(), "Person": _person(), "Row": _row(), "Concern": concern, **_answered()}
