"""`./lodestar allocation try`: who could take an encounter, asked of the rules alone. It reads no case and knows no clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lodestar.casework.allocation.rules.ranking import SKILLS, Investigator, due_of, needs_of, rank
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors, Values
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.time.days import london

KEYS = ("encounter", "languages", "investigators")
INVESTIGATOR_KEYS = ("name", "skills", "languages", "open_cases", "on_leave", "conflict")
MOST_CASES = 100_000
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu "
    "fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km "
    "kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
    "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
ISO_639_1 = tuple(_ISO_639_1.split())
ALL_LANGUAGES = f"must be one of: {', '.join(ISO_639_1)}"
A_LANGUAGE = "must be a code of ISO 639-1 in small letters, like ro"


def try_allocation(value: object, settings: Settings) -> dict[str, Any]:
    """When an owner is due, and every investigator once with why they can or cannot take the case. Raises FormErrors, which
    lists every fault with its path."""
    encounter, languages, investigators = _read(value)
    read = reading(encounter, settings)
    due, weight = due_of(read), int(read.set["allocation_weight_running"])  # of what stage their cases are is not known here
    weighed = [replace(investigator, caseload=(investigator.open_cases or 0) * weight) for investigator in investigators]
    return {
        "due": london(due).isoformat() if due else None,
        "ranked": [
            {"name": each.investigator.name, "can": each.can, "meets": dict(each.meets), "why": list(each.why)}
            for each in rank(needs_of(read, languages), weighed)
        ],
    }


def _read(value: object) -> tuple[Encounter, tuple[str, ...], list[Investigator]]:
    values = Values()
    fields = values.keys_of(value, "", KEYS, required=True)
    encounter = None
    if isinstance(value, Mapping):
        try:
            encounter = read_encounter(fields.get("encounter"))
        except FormErrors as fault:
            for error in fault.errors:
                values.fail(f"encounter.{error['path']}".rstrip("."), error["message"])
    languages = values.choices(fields, "languages", "", ISO_639_1)
    if isinstance(value, Mapping) and fields.get("investigators") is None:
        values.fail("investigators", "is required, as a list; it may be empty")
    rows = values.items(fields, "investigators", "")
    investigators = [_investigator(values, row, f"investigators[{index}]") for index, row in enumerate(rows)]
    if values.errors or encounter is None:
        faults = [(error["path"] or "the file", error["message"].replace(ALL_LANGUAGES, A_LANGUAGE)) for error in values.errors]
        raise FormErrors([{"path": path, "message": message} for path, message in faults])
    return encounter, languages, investigators


def _investigator(values: Values, value: object, path: str) -> Investigator:
    fields = values.keys_of(value, path, INVESTIGATOR_KEYS, required=True)
    return Investigator(
        name=(values.text(fields, "name", path, required=True) or "") if isinstance(value, Mapping) else "",
        skills=tuple(
            _skill(values, skill, f"{path}.skills[{index}]") for index, skill in enumerate(values.items(fields, "skills", path))
        ),
        languages=frozenset(values.choices(fields, "languages", path, ISO_639_1)),
        open_cases=values.whole_number(fields, "open_cases", path, MOST_CASES),
        on_leave=values.flag(fields, "on_leave", path),
        conflict=values.flag(fields, "conflict", path),
    )


def _skill(values: Values, value: object, path: str) -> tuple[str, date | None]:
    """A code, or a code with the last day on which it is held."""
    is_dated = isinstance(value, Mapping)
    fields = values.keys_of(value, path, ("code", "to"), required=True) if is_dated else {"code": value}
    code = fields.get("code")
    if not isinstance(code, str) or code not in SKILLS:
        values.fail(f"{path}.code" if is_dated else path, f"must be one of: {', '.join(SKILLS)}")
    return str(code), _day(values, fields, path)


def _day(values: Values, fields: Mapping[str, Any], path: str) -> date | None:
    last = fields.get("to")
    if last is None:
        return None
    try:
        return date.fromisoformat(last if isinstance(last, str) and len(last) == len("2026-03-31") else "")
    except ValueError:
        values.fail(f"{path}.to", "must be a day as text, like 2026-03-31")
        return None
