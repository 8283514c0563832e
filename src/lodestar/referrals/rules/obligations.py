"""Everything that referral makes owed: its route, what was sent and what was decided. Pure; chosen by the date of the encounter
or decision."""

from lodestar.cases.rules import Settings
from lodestar.cases.rules.encounter_reading import owed_by_rules, reading
from lodestar.kernel.facts import Encounter
from lodestar.kernel.obligations import Owed
from lodestar.referrals.rules import decisions, duties


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that referral makes owed by these facts."""
    read = reading(encounter, settings)
    obligations = owed_by_rules(read, (*duties.RULES, *decisions.RULES))
    for person in read.people:
        obligations += duties.owed_turning_18(person) + duties.owed_to_put_right(person) + duties.owed_immigration(person)
        obligations += decisions.owed_watching(person) + decisions.owed_by_decisions(person)
        obligations += decisions.owed_decision_notices(person) + decisions.owed_answers(person)
    return obligations
