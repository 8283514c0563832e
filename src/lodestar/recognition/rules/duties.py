"""What recognition makes owed, and the finding of a sign in an officer's own words. No score: a named person decides.

Modern Slavery Act 2015 s52(1): reasonable grounds to believe that someone may be a victim. Certainty is not needed.
"""

from collections.abc import Sequence

from lodestar.cases.rules import Settings
from lodestar.cases.rules.encounter_reading import PersonReading, Rule, owed_by_rules, reading
from lodestar.kernel.facts import Encounter
from lodestar.kernel.obligations import Owed

Why = Sequence[str]


def decide_belief(person: PersonReading) -> Why:
    """Signs only; or a possible victim about whom no belief is recorded yet (Modern Slavery Act 2015 s52(1))."""
    if person.facts.belief == "signs_only":
        return ("Signs are recorded, and there is no decision on reasonable grounds yet.",)
    if person.facts.belief is None and "possible_victim" in person.facts.roles:
        return ("They may be a victim, and no belief is recorded.",)
    return ()


def record_reason_no_grounds(person: PersonReading) -> Why:
    """No grounds for someone whose part is possible victim; in the ledger also after any such decision (force policy)."""
    if person.facts.belief == "none" and (
        "possible_victim" in person.facts.roles or "no_grounds_decided" in person.events
    ):
        return ("No reasonable grounds are recorded yet for someone who may be a victim.",)
    return ()


def golden_hour_evidence(person: PersonReading) -> Why:
    """Reasonable grounds or signs, alive or dead (College of Policing APP, police responders)."""
    if person.has_grounds_or_signs:
        return ("Evidence from the first hour may be lost later.",)
    return ()


def look_back_for_missed_signs(person: PersonReading) -> Why:
    """Any possible victim (force policy)."""
    return ("They may have been encountered before and the signs missed.",) if person.is_possible_victim else ()


RULES = (
    Rule("decide_belief", decide_belief),
    Rule("record_reason_no_grounds", record_reason_no_grounds),
    Rule("golden_hour_evidence", golden_hour_evidence),
    Rule("look_back_for_missed_signs", look_back_for_missed_signs),
)


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that recognition makes owed by these facts, person by person."""
    return owed_by_rules(reading(encounter, settings), RULES)
