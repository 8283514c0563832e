"""Section 45 of the Modern Slavery Act 2015: what is owed, per person and per act. Pure; the law is that of the act's
own date."""

from lodestar.cases.rules import Settings, reading
from lodestar.kernel.facts import Encounter
from lodestar.kernel.obligations import Owed
from lodestar.section45.rules.first_question import section45_first_question

__all__ = ["owed", "section45_first_question"]


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that section 45 of the Modern Slavery Act 2015 makes owed by these facts, person by person."""
    found: list[Owed] = []
    for person in reading(encounter, settings).people:
        found += section45_first_question(person)
    return found
