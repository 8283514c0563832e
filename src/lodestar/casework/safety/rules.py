"""What safety makes owed: the first things on the scene, who must be told, and nobody alone with those who control them.

Six of the seven lines of the first screen are here; the seventh, the first question of section 45 of the Modern Slavery Act
2015, is that app's. Sources and dates stand with each row of `platform/obligations/reference/obligations.toml`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from lodestar.platform.obligations.ages import ADULT
from lodestar.platform.obligations.encounter_reading import CaseRule, PersonReading, Reading, Rule, owed_by_rules, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Owed, as_instant
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.fingerprint import fingerprint

Why = Sequence[str]

_CARE = ("medical", "food", "mental_health", "childcare")
_CARE_WORDS = {
    "medical": "They are hurt or ill.",
    "food": "They need food.",
    "mental_health": "They need help with their mental health.",
    "childcare": "A child with them needs care.",
}


def _grounds_or_signs(person: PersonReading) -> Why:
    if not person.is_living or not person.has_grounds_or_signs:
        return ()
    if person.has_grounds:
        return ("There are reasonable grounds to believe they may be a victim.",)
    return ("There are signs that they may be a victim.",)


def make_safe(person: PersonReading) -> Why:
    """Anyone alive with reasonable grounds or signs (statutory guidance 2020, 5.3-5.4; Children Act 1989 s46)."""
    return _grounds_or_signs(person)


def medical_and_basic_care_first(person: PersonReading) -> Why:
    """Anyone alive who is hurt, ill, hungry or worn out, whatever their part (statutory guidance 2020, 5.6)."""
    if not person.is_living:
        return ()
    return tuple(_CARE_WORDS[need] for need in _CARE if need in person.facts.needs)


def see_alone_with_independent_interpreter(person: PersonReading) -> Why:
    """Anyone alive with reasonable grounds or signs; that it was done is evidence, and takes nothing away here (5.4)."""
    return _grounds_or_signs(person)


def establish_age(person: PersonReading) -> Why:
    """Anyone alive of whose age nothing is known, or who by appearance alone may be under 18 (Modern Slavery Act 2015 s51)."""
    is_a_look = person.facts.birth.basis == "estimated" and person.facts.birth.date is None
    may_be_adult = person.age.high is None or person.age.high >= ADULT
    is_in_doubt = person.age.is_child and is_a_look and person.age.low is None and may_be_adult
    return (person.age.why,) if person.is_living and (person.age.treat_as == "not_known" or is_in_doubt) else ()


def tell_childrens_services_now(person: PersonReading) -> Why:
    """Every child, and everyone who may be one: with grounds, with signs, or just there (Children Act 2004 s11)."""
    if not person.is_child:
        return ()
    if person.has_grounds_or_signs:
        return (*_grounds_or_signs(person), person.age.why)
    return (person.age.why, "They were there, with no sign of their own recorded.")


def safe_place(person: PersonReading) -> Why:
    """A safe place is needed, an adult has answered about the NRM, or a child has grounds (statutory guidance 2020,
    15.4-15.7). Found to be under 18, nobody who answered loses it."""
    if not person.is_living:
        return ()
    why = []
    if "safe_place" in person.facts.needs:
        why.append("They need somewhere to sleep tonight.")
    if person.is_child and person.has_grounds:
        why.append("A child who may be a victim needs a place away from the people who used them.")
    elif person.facts.consent.nrm is not None:
        why.append("They have answered about the NRM and need a safe place whatever the answer.")
    return tuple(why)


def agree_safe_contact(person: PersonReading) -> Why:
    """Any living possible victim (statutory guidance 2020, 11.15-11.16)."""
    return ("Someone else may see or answer what reaches them.",) if _living_victim(person) else ()


def phone_and_tracking_check(person: PersonReading) -> Why:
    """A possible victim still in the situation when met (force policy)."""
    if _living_victim(person) and person.is_still_exploited:
        return ("They were still in the situation when encountered.",)
    return ()


def threat_to_life_assessment(person: PersonReading) -> Why:
    """Anyone who, or whose family, has been threatened (force policy on threat to life)."""
    words = {
        "person": "They have been threatened.",
        "family_uk": "Their family in this country has been threatened.",
        "family_abroad": "Their family abroad has been threatened.",
    }
    return tuple(words[threat] for threat in person.facts.threats)


def alternatives_to_arrest(person: PersonReading) -> Why:
    """A possible victim stopped, just arrested, or in custody to be interviewed (Police and Criminal Evidence Act 1984 s24,
    Code G)."""
    is_held = person.in_custody and "interview" in person.stages
    if person.is_possible_victim and (is_held or {"stop", "arrest"} & set(person.stages)):
        return ("A possible victim is arrested, or may be about to be.",)
    return ()


def appropriate_adult(person: PersonReading) -> Why:
    """A child or vulnerable adult in custody, arrested or to be interviewed (Police and Criminal Evidence Act 1984, Code C)."""
    is_detained_or_interviewed = person.in_custody or {"arrest", "voluntary_interview", "interview"} & set(person.stages)
    if not is_detained_or_interviewed or not person.is_living:
        return ()
    if person.is_child:
        return (person.age.why, "They are in custody, arrested or to be interviewed.")
    if person.is_vulnerable:
        return ("An adult who may need help to follow or decide is detained or to be interviewed.",)
    return ()


def nobody_to_tell_parent_first(person: PersonReading) -> Why:
    """A child in custody (Police and Criminal Evidence Act 1984, Code C)."""
    if person.is_child and person.in_custody:
        return ("A child in custody: someone who says they are family may be the exploiter.",)
    return ()


def who_sent_the_helper(person: PersonReading) -> Why:
    """Anyone with a helper, or for whom a companion interpreted (force policy)."""
    why = []
    if person.facts.helpers:
        why.append("Someone came or was sent to help them.")
    if person.facts.consent.interpreter == "companion":
        why.append("A companion interpreted for them.")
    return tuple(why)


def safe_release_plan(person: PersonReading) -> Why:
    """A possible victim in custody (force policy)."""
    if person.is_possible_victim and person.in_custody:
        return ("A possible victim will one day leave custody, and someone may be waiting.",)
    return ()


def report_missing(person: PersonReading) -> Why:
    """Anyone with whom contact is lost (statutory guidance on children who go missing; force policy)."""
    return ("Contact with them is lost.",) if person.facts.contact_lost else ()


def missing_person_steps(person: PersonReading) -> Why:
    """Contact lost, or found after being missing; in the ledger also a child newly accommodated."""
    why = []
    if person.facts.contact_lost:
        why.append("Contact with them is lost.")
    if person.facts.found_after_missing is True:
        why.append("They were found after being missing.")
    if person.is_child and "accommodated" in person.events:
        why.append("A child newly placed: the risk of going missing is highest in the first days.")
    return tuple(why)


def adult_safeguarding(person: PersonReading) -> Why:
    """An adult with care and support needs, or whose capacity is lacking or in doubt (Care Act 2014 s42)."""
    if person.is_child or not person.is_living:
        return ()
    why = []
    if person.facts.care_and_support_needs is True:
        why.append("They need care and support.")
    if person.lacks_or_may_lack_capacity:
        why.append("Their capacity to decide is lacking or in doubt.")
    return tuple(why)


def strategy_meeting(person: PersonReading) -> Why:
    """A child with reasonable grounds (Children Act 1989 s47)."""
    if person.is_child and person.has_grounds:
        return ("There are reasonable grounds to believe that a child may be a victim.",)
    return ()


def age_assessment(person: PersonReading) -> Why:
    """Age in dispute, or estimated from a year below 18 to a year above (Modern Slavery Act 2015 s51)."""
    age, basis = person.age, person.facts.birth.basis
    if not person.is_living:
        return ()
    if basis == "disputed":
        return ("Their age is in dispute.",)
    is_near = (age.is_child and (age.high is None or age.high >= 17)) or age.low == 18
    return ("Their age is a guess, and 18 is close to it.",) if basis == "estimated" and is_near else ()


def sexual_assault_referral(person: PersonReading) -> Why:
    """Sexual exploitation; in the ledger also rape (statutory guidance 2020, 12.5)."""
    if person.is_living and (person.exploited_by("sexual") or "rape_reported" in person.events):
        return ("What is recorded is sexual.",)
    return ()


def forced_marriage_steps(person: PersonReading) -> Why:
    """In the ledger: forced marriage is known of (Family Law Act 1996 Part 4A)."""
    return ("Forced marriage is in what was recorded.",) if "forced_marriage_known" in person.events else ()


def hand_on_what_is_left(read: Reading) -> Why:
    """In the ledger: a tour has ended with frontline duties open, which the ledger says by the event `tour_end`
    (force policy)."""
    return ("The shift has ended, and some tasks are still to do.",) if "tour_end" in read.events else ()


def _living_victim(person: PersonReading) -> bool:
    return person.is_living and person.is_possible_victim


def missing_mark(since: datetime) -> str:
    """What the report of a missing person rests on: missing again, it is reported again."""
    return fingerprint("missing", since.astimezone(UTC).isoformat())


def _missing_since(person: PersonReading) -> str:
    lost = person.facts.contact_lost
    return missing_mark(lost) if isinstance(lost, datetime) else ""


def _found_at(person: PersonReading) -> str:
    """Found again, or missing again, asks for the steps again."""
    found = [as_instant(at).astimezone(UTC).isoformat() for name, at in person.facts.events if name == "found"]
    return fingerprint(max(found)) if found else _missing_since(person)


def _age_fingerprint(person: PersonReading) -> str:
    """A new statement or paper about the age asks again for an assessment."""
    return fingerprint(person.facts.birth)


RULES = (
    Rule("make_safe", make_safe),
    Rule("medical_and_basic_care_first", medical_and_basic_care_first),
    Rule("see_alone_with_independent_interpreter", see_alone_with_independent_interpreter),
    Rule("establish_age", establish_age),
    Rule("tell_childrens_services_now", tell_childrens_services_now),
    Rule("safe_place", safe_place),
    Rule("agree_safe_contact", agree_safe_contact),
    Rule("phone_and_tracking_check", phone_and_tracking_check),
    Rule("threat_to_life_assessment", threat_to_life_assessment),
    Rule("alternatives_to_arrest", alternatives_to_arrest),
    Rule("appropriate_adult", appropriate_adult),
    Rule("nobody_to_tell_parent_first", nobody_to_tell_parent_first),
    Rule("who_sent_the_helper", who_sent_the_helper),
    Rule("safe_release_plan", safe_release_plan),
    Rule("report_missing", report_missing, _missing_since),
    Rule("missing_person_steps", missing_person_steps, _found_at),
    Rule("adult_safeguarding", adult_safeguarding),
    Rule("strategy_meeting", strategy_meeting),
    Rule("age_assessment", age_assessment, _age_fingerprint),
    Rule("sexual_assault_referral", sexual_assault_referral),
    Rule("forced_marriage_steps", forced_marriage_steps),
)
CASE_RULES = (CaseRule("hand_on_what_is_left", hand_on_what_is_left),)


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that safety makes owed by these facts, person by person. What is left opens when the tour ends."""
    obligations = owed_by_rules(reading(encounter, settings), RULES, CASE_RULES)
    late = "hand_on_what_is_left"
    return [replace(each, opens_at=each.due) if each.code == late else each for each in obligations]
