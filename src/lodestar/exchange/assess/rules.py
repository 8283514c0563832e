"""`assess`: one answer to one set of facts, out of every app's rules. It writes nothing, reads no case and knows no clock.

The contract of the answer is `docs/assess.md`. It lists what is owed by the facts of the encounter; it holds no evidence and
leaves nothing out as done.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from lodestar.casework.concerns.rules import owed as recognition_owed
from lodestar.casework.decisions.rules import owed as referrals_owed
from lodestar.casework.investigations.rules.duties import allocation, tasking
from lodestar.casework.investigations.rules.duties import owed as investigations_owed
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.safety.rules import owed as safety_owed
from lodestar.casework.section45.rules.acts import ActReading, acts_of
from lodestar.casework.section45.rules.duties import owed as section45_owed
from lodestar.casework.support.rules import owed as support_owed
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.form_values import FormErrors
from lodestar.platform.obligations.obligations import Owed, obligation_rows
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.strict_json import read_json
from lodestar.platform.time.days import london

PROVIDERS = (safety_owed, recognition_owed, referrals_owed, section45_owed, investigations_owed, support_owed)

_NO_DUE = datetime.max.replace(tzinfo=UTC)
_WHEN = ("now", "this_tour", "next_working_day", "later")


def everything_owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """What every app's rules make owed by the facts, as the ledger holds it: each subject and moment apart."""
    return [obligation for provider in PROVIDERS for obligation in provider(encounter, settings)]


def answer(encounter: Encounter, settings: Settings) -> dict[str, Any]:
    """The answer of `assess`: for each person how they are treated, the route, section 45 of the Modern Slavery Act 2015 and
    what is owed; for the case its allocation, tasking and what is owed. Times are on a London clock, with their offset.
    """
    read = reading(encounter, settings)
    owed = everything_owed(encounter, settings)
    return {
        "reference": encounter.reference,
        "settings": settings.label,
        "rules": read.day.isoformat(),
        "people": [
            _person(person, [obligation for obligation in owed if obligation.person == person.id]) for person in read.people
        ],
        "case": {
            "allocate_to": allocation(encounter, settings),
            "tasking": [{"level": task_level.level, "why": list(task_level.why)} for task_level in tasking(encounter, settings)],
            "obligations": _obligations([obligation for obligation in owed if obligation.person is None]),
        },
    }


def answer_to(value: object, settings: Settings) -> dict[str, Any]:
    """The answer to a JSON value that may be an encounter; `{"reference", "errors"}` when it is none."""
    try:
        return answer(read_encounter(value), settings)
    except FormErrors as fault:
        return unread(value, fault)


def unread(value: object, fault: FormErrors) -> dict[str, Any]:
    """The answer to a JSON value that is no encounter: its reference, and every fault with its path."""
    return {"reference": reference_of(value), "errors": fault.errors}


def assess_lines(given: bytes, settings: Settings) -> Iterator[dict[str, Any]]:
    """The answers to what was given: one JSON value, as which the whole is tried first, or one a line, in order.

    A line that is no JSON, or no UTF-8, is an error of its own; empty lines are passed over.
    """
    given = given.removeprefix(b"\xef\xbb\xbf")
    try:
        whole = read_json(given)
    except ValueError:
        lines = [line for line in given.splitlines() if line.strip()]
    else:
        yield answer_to(whole, settings)
        return
    for line in lines:
        try:
            value = read_json(line)
        except ValueError as fault:
            yield {"reference": None, "errors": [{"path": "", "message": f"is not JSON: {fault}"}]}
        else:
            yield answer_to(value, settings)


def reference_of(value: object, key: str = "reference") -> str | None:
    """The reference of a value that could not be read, echoed where it is text."""
    reference = value.get(key) if isinstance(value, dict) else None
    return reference if isinstance(reference, str) else None


def _person(person: PersonReading, owed: list[Owed]) -> dict[str, Any]:
    route = route_of(person)
    return {
        "id": person.id,
        "treat_as": person.age.treat_as,
        "route": {"code": route.code, "why": list(route.why), "authority": list(route.authority)},
        "section45": [_act(act) for act in acts_of(person)],
        "obligations": _obligations(owed),
    }


def _act(act: ActReading) -> dict[str, Any]:
    schedule = act.schedule
    entry = schedule.entry
    cited = entry and {"para": entry.para, "act": entry.shown_act, "section": entry.shown_section}
    return {
        "act": act.facts.act,
        "section": act.facts.section,
        "consider": act.consider,
        "test": act.test,
        "schedule4": {"excluded": schedule.excluded, "depends_on": schedule.depends_on, "entry": cited},
        "in_force": act.in_force,
        "why": list(act.why),
        "authority": list(act.authority),
    }


def _obligations(owed: Iterable[Owed]) -> list[dict[str, Any]]:
    """One for each code: of its subjects and moments the earliest, with the reasons of all. In the order of the first
    screen."""
    by_code = grouped((obligation.code, obligation) for obligation in owed)
    pairs = [(min(several, key=lambda obligation: obligation.due or _NO_DUE), several) for several in by_code.values()]
    listed = {code: number for number, code in enumerate(obligation_rows())}
    pairs.sort(key=lambda pair: (_WHEN.index(pair[0].when), listed[pair[0].code]))
    return [_obligation(first, several) for first, several in pairs]


def _obligation(first: Owed, several: list[Owed]) -> dict[str, Any]:
    return {
        "code": first.code,
        "when": first.when,
        "due": london(first.due).isoformat() if first.due else None,
        "due_from": first.due_from,
        "due_before": list(first.due_before),
        "owed_by": first.owed_by,
        "why": list(dict.fromkeys(why for obligation in several for why in obligation.why)),
        "authority": list(first.authority),
        "basis": first.basis,
    }
