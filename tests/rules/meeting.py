"""Encounters for the tests of rules: what is not said is as plain as can be, and everything said overrides it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lodestar.exchange.assess.rules import answer, everything_owed
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed
from lodestar.platform.obligations.settings import SHIPPED, Settings

YES = {"nrm": True, "capacity": True, "spoke_alone": True, "interpreter": "not_needed"}
NO = {**YES, "nrm": False}


def someone(**told: Any) -> dict[str, Any]:
    """An adult of 30 in the street with reasonable grounds, not asked yet; `told` overrides."""
    plain = {
        "id": "p1",
        "roles": ["possible_victim"],
        "belief": "reasonable_grounds",
        "birth": {"age_min": 30, "age_max": 30, "basis": "stated"},
        "place": "street",
    }
    return {**plain, **told}


def child(**told: Any) -> dict[str, Any]:
    """As `someone`, aged 15."""
    return someone(**{"birth": {"age_min": 15, "age_max": 15, "basis": "stated"}, **told})


def act(**told: Any) -> dict[str, Any]:
    """Possession with intent to supply, in England, on 2 March 2026, at arrest; `told` overrides."""
    plain = {
        "act": "Misuse of Drugs Act 1971",
        "section": "5(3)",
        "on": "2026-03-02",
        "where": "england_wales",
        "stage": "arrest",
    }
    return {**plain, **told}


def met(*people: dict[str, Any], **told: Any) -> dict[str, Any]:
    """A meeting in Fenmarch on Monday 2 March 2026 at 23:40; `told` overrides."""
    return {"encountered_at": "2026-03-02T23:40:00+00:00", "force": "fenmarch", "people": list(people), **told}


def facts(*people: dict[str, Any], **told: Any) -> Encounter:
    """The facts of such a meeting."""
    return read_encounter(met(*people, **told))


def asked(*people: dict[str, Any], settings: Settings = SHIPPED, **told: Any) -> dict[str, Any]:
    """What `assess` answers to such a meeting."""
    return answer(facts(*people, **told), settings)


def person_of(*people: dict[str, Any], settings: Settings = SHIPPED, **told: Any) -> dict[str, Any]:
    """What `assess` answers about the first person of such a meeting."""
    found: dict[str, Any] = asked(*people, settings=settings, **told)["people"][0]
    return found


def codes(obligations: Iterable[dict[str, Any]]) -> set[str]:
    """The codes of a list of obligations."""
    return {one["code"] for one in obligations}


def codes_of(*people: dict[str, Any], **told: Any) -> set[str]:
    """The codes that the first person of such a meeting is owed."""
    return codes(person_of(*people, **told)["obligations"])


def case_codes(*people: dict[str, Any], **told: Any) -> set[str]:
    """The codes that the case of such a meeting owes."""
    return codes(asked(*people, **told)["case"]["obligations"])


def route_code(*people: dict[str, Any], **told: Any) -> str:
    """The route of the first person of such a meeting."""
    code: str = person_of(*people, **told)["route"]["code"]
    return code


def due_of(code: str, *people: dict[str, Any], settings: Settings = SHIPPED, **told: Any) -> str | None:
    """When the first person of such a meeting is owed `code`, as `assess` writes it."""
    found = [one for one in person_of(*people, settings=settings, **told)["obligations"] if one["code"] == code]
    assert found, f"{code} is not owed"
    due: str | None = found[0]["due"]
    return due


def with_events(
    encounter: Encounter, person: Iterable[tuple[str, datetime | date]] = (), case: Iterable[tuple[str, datetime | date]] = ()
) -> Encounter:
    """The same facts with what only the ledger knows, of the first person and of the case."""
    first, *others = encounter.people
    told = (replace(first, events=tuple(person)), *others)
    return replace(encounter, people=told, case=replace(encounter.case, events=tuple(case)))


def owed(encounter: Encounter, code: str, settings: Settings = SHIPPED) -> list[Owed]:
    """Everything owed under one code, as the ledger holds it."""
    return [one for one in everything_owed(encounter, settings) if one.code == code]
