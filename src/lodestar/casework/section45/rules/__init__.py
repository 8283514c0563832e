"""Section 45 of the Modern Slavery Act 2015: what is owed, per person and per act. Pure; the law is that of the act's
own date."""

from lodestar.casework.section45.rules.duties import RULES, owed_for_acts, owed_looks
from lodestar.casework.section45.rules.record import section45_first_question
from lodestar.platform.obligations.encounter_reading import owed_by_rules, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed
from lodestar.platform.obligations.settings import Settings


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that section 45 of the Modern Slavery Act 2015 makes owed by these facts, person by person."""
    read = reading(encounter, settings)
    obligations: list[Owed] = []
    for person in read.people:
        obligations += section45_first_question(person)
        obligations += owed_for_acts(person) + owed_looks(person)
    return obligations + owed_by_rules(read, RULES)
