"""What follows a referral: who is told what is new, decisions watched, and the clocks they start."""

from collections.abc import Sequence

from lodestar.cases.rules import Decision, PersonReading, Rule
from lodestar.kernel.fingerprint import fingerprint
from lodestar.kernel.obligations import Owed, owe
from lodestar.referrals.rules.route import route_of

Why = Sequence[str]


def send_supplementary_information(person: PersonReading) -> Why:
    """New evidence; in the ledger also gaps marked at sending (First Responder Toolkit, April 2026, s3)."""
    why = []
    if "new_evidence" in person.events:
        why.append("There is new evidence.")
    if "gaps_marked" in person.events:
        why.append("The referral was sent with gaps marked.")
    return tuple(why)


def tell_competent_authority_and_referrer(person: PersonReading) -> Why:
    """Route already_referred (statutory guidance 2020, 5.40)."""
    return route_of(person).why if route_of(person).code == "already_referred" else ()


def share_crime_reference(person: PersonReading) -> Why:
    """In the ledger: an NRM referral and a crime number are both there (statutory guidance 2020, 11.19-11.20)."""
    if "crime_recorded" in person.events and "referral_sent" in person.events:
        return ("There is a crime number and an NRM referral.",)
    return ()


def watch_reasonable_grounds_decision(person: PersonReading) -> Why:
    """An NRM referral about the same events without a decision, somebody's earlier one or in the ledger our own (7.1,
    14.48)."""
    earlier = person.facts.earlier_referral
    why = []
    if earlier and earlier.route == "nrm" and earlier.same_events is True and earlier.decision is None:
        why.append("The earlier NRM referral has no decision yet.")
    sent = "referral_sent" in person.events or "referral_received" in person.events
    if sent and not any(decision.source == "own" for decision in person.decisions):
        why.append("Our NRM referral has no decision yet.")
    return tuple(why)


def recovery_period_minimum(decision: Decision) -> Why:
    """A positive reasonable-grounds decision: 45 days, from 13 December 2022 30 (Nationality and Borders Act 2022
    s61)."""
    return ("The reasonable-grounds decision is positive.",) if decision.outcome == "rg_positive" else ()


def consider_reconsideration(decision: Decision) -> Why:
    """A negative decision about the same events: 3 months, from 22 February 2024 30 days (statutory guidance
    14.220-14.227)."""
    return ("The decision is negative.",) if decision.is_negative and decision.same_events else ()


DECISION_RULES = (
    ("recovery_period_minimum", recovery_period_minimum),
    ("consider_reconsideration", consider_reconsideration),
)


def owed_by_decisions(person: PersonReading) -> list[Owed]:
    """What each decision known of makes owed; its own days start the clocks, and a changed decision reopens."""
    found: list[Owed] = []
    for decision in person.decisions:
        for code, applies in DECISION_RULES:
            why = applies(decision)
            if why:
                found += owe(
                    code,
                    person.events_of_decision(decision),
                    person.day,
                    person=person.id,
                    subject=decision.source,
                    why=tuple(why),
                    rests_on=fingerprint(decision),
                )
    return found


def _what_is_new(person: PersonReading) -> str:
    earlier = person.facts.earlier_referral
    return fingerprint(earlier and (earlier.decision, earlier.new_evidence))


RULES = (
    Rule("send_supplementary_information", send_supplementary_information),
    Rule("tell_competent_authority_and_referrer", tell_competent_authority_and_referrer, _what_is_new),
    Rule("share_crime_reference", share_crime_reference),
    Rule("watch_reasonable_grounds_decision", watch_reasonable_grounds_decision),
)
