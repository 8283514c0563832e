"""Referral: which route, what it makes owed, and what follows a decision. Pure; chosen by the date of the encounter
or decision."""

from lodestar.cases.rules import Settings
from lodestar.cases.rules.encounter_reading import owed_by_rules, reading
from lodestar.kernel.facts import Encounter
from lodestar.kernel.obligations import Owed
from lodestar.referrals.rules import decisions, duties
from lodestar.referrals.rules.decisions import ASKED, RECONSIDER, answer_by_of, answered_with, asked_on
from lodestar.referrals.rules.duties import SENT, put_right
from lodestar.referrals.rules.route import Answer, Route, answer_of, in_line, route, route_of, valid_refusal

__all__ = [
    "ASKED", "RECONSIDER", "SENT", "Answer", "Route", "answer_by_of", "answer_of", "answered_with", "asked_on", "in_line",
    "owed", "put_right", "route", "route_of", "valid_refusal",
]  # fmt: skip


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that referral makes owed by these facts."""
    read = reading(encounter, settings)
    obligations = owed_by_rules(read, (*duties.RULES, *decisions.RULES))
    for person in read.people:
        obligations += duties.owed_turning_18(person) + duties.owed_to_put_right(person) + duties.owed_immigration(person)
        obligations += decisions.owed_watching(person) + decisions.owed_by_decisions(person)
        obligations += decisions.owed_decision_notices(person) + decisions.owed_answers(person)
    return obligations
