"""What support makes owed: before, after and instead of the NRM. Help depends on no referral and no answer.

Nobody who declined comes later than anybody else: gravity and times are the same at every stage.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import TypeVar

from lodestar.casework.referral_forms.rules.route import valid_refusal
from lodestar.casework.support.rules.stages import (
    has_ended,
    is_helped,
    is_left_in_peace,
    lost_since,
    owed_again,
    owed_transfers,
    plan_move_on,
    plan_support_at_18,
    tell_missing_from_support,
)
from lodestar.platform.obligations.encounter_reading import (
    CaseRule,
    Decision,
    PersonReading,
    Reading,
    Rule,
    owed_by_rules,
    reading,
)
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed, When, as_day, obligation_rows, owe
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.reference_lists import words_of

Why = Sequence[str]
Made = TypeVar("Made")
CODE = "offer_again_later"
MADE = ("no", "time", "yes", "unwanted")  # what an offer that reached them may have come to

support_words = partial(words_of, "support", "support_words")  # what the codes of a kind are called


def victim_liaison_or_navigator(person: PersonReading) -> Why:
    """Any living possible victim, and for the family of one who has died (College of Policing APP supervisors)."""
    if not person.is_possible_victim:
        return ()
    if person.is_living:
        return ("A possible victim needs a single point of contact.",)
    return ("A possible victim has died: their family needs a single point of contact.",)


def family_liaison(read: Reading) -> Why:
    """A death of someone not among the people of the case (College of Policing APP supervisors)."""
    return ("Someone has died, and their family needs one person to turn to.",) if read.deaths else ()


def needs_assessment(person: PersonReading) -> Why:
    """Any living possible victim (HMICFRS 2021 recommendation 4)."""
    return ("A possible victim: assess needs before any referral.",) if is_helped(person) else ()


def refer_victim_services(person: PersonReading) -> Why:
    """Any living possible victim (Victims' Code)."""
    return ("Offer them victim services; a refusal counts as done.",) if is_helped(person) else ()


def refer_support_service(person: PersonReading) -> Why:
    """Anyone with needs, who has validly said no to the NRM, or who is abroad (HMICFRS 2021 recommendation 4)."""
    if not person.is_living or is_left_in_peace(person) or has_ended(person):
        return ()
    why = [f"They need {support_words('need')[need]}." for need in person.facts.needs]
    if valid_refusal(person):
        why.append("They said no to the NRM; help does not depend on it.")
    if person.facts.place == "overseas":
        why.append("They are abroad: a safe contact there.")
    return tuple(why)


def offer_again_later(person: PersonReading) -> Why:
    """A valid no; days 7, 28 and 90 after it (force policy). Not while contact is unsafe or unwanted, as the ledger tells."""
    if valid_refusal(person) and not person.events.keys() & {"contact_unsafe", "contact_unwanted"}:
        return ("They said no for now, and may change their mind.",)
    return ()


def since_mark(refused: When) -> str:
    """What an offer rests on: the refusal after which it was made. After another refusal the offers begin anew."""
    return as_day(refused).isoformat()


def days() -> tuple[int, ...]:
    """How many days after a no help is offered again, by the list of what is owed."""
    due = obligation_rows()[CODE][0].due or {}
    return tuple(due["days_each"])


def days_of(refused: When) -> dict[int, date]:
    """The day of each re-offer after a refusal, by how many days after it."""
    return {count: as_day(refused) + timedelta(days=count) for count in days()}


def met(refused: When, made: Sequence[tuple[datetime, Made]]) -> dict[str, Made]:
    """Which re-offers are met, by the names of their moments: each by the first offer made on its day or later.

    One offer meets every re-offer whose day has come: nobody is asked twice for what was missed. What was offered before
    the day is kept, and the day still comes.
    """
    met_offers: dict[str, Made] = {}
    for count, day in days_of(refused).items():
        first = next((row for at, row in sorted(made, key=itemgetter(0)) if as_day(at) >= day), None)
        if first is not None:
            met_offers[f"day {count}"] = first
    return met_offers


def plan_before_support_ends(decision: Decision) -> Why:
    """A conclusive decision, either way (statutory guidance 2020, 8.17, 15.164)."""
    if decision.outcome == "cg_positive":
        return ("The conclusive decision is positive, and support ends some time after it.",)
    if decision.outcome == "cg_negative":
        return ("The conclusive decision is negative, and support ends soon after the letter.",)
    return ()


def owed_by_decisions(person: PersonReading) -> list[Owed]:
    """What each conclusive decision makes owed, by its own letter."""
    obligations: list[Owed] = []
    for decision, code, applies in ((one, *rule) for one in person.decisions for rule in DECISION_RULES):
        why = applies(decision)
        if why and not has_ended(person) and not (code == "plan_move_on" and is_left_in_peace(person)):
            obligations += owe(
                code, person.events_of_decision(decision), person.day, person=person.id,
                subject=decision.source, moment=decision.moment, why=tuple(why), rests_on=fingerprint(decision),
                conditions=frozenset({"negative" if decision.is_negative else "positive"}),
            )  # fmt: skip
    return obligations


RULES = (
    Rule("victim_liaison_or_navigator", victim_liaison_or_navigator),
    Rule("needs_assessment", needs_assessment),
    Rule("refer_victim_services", refer_victim_services),
    Rule("refer_support_service", refer_support_service),
    Rule("tell_missing_from_support", tell_missing_from_support, rests_on=lost_since),
    Rule("plan_support_at_18", plan_support_at_18),
    Rule(CODE, offer_again_later, rests_on=lambda person: since_mark(person.events["refusal"][0])),
)
DECISION_RULES = (("plan_before_support_ends", plan_before_support_ends), ("plan_move_on", plan_move_on))
CASE_RULES = (CaseRule("victim_liaison_or_navigator", family_liaison),)


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that support makes owed by these facts, person by person, then for the case."""
    read = reading(encounter, settings)
    obligations = owed_by_rules(read, RULES, CASE_RULES)
    for person in read.people:
        obligations += owed_by_decisions(person) + owed_again(person) + owed_transfers(person)
    return obligations
