"""What follows a referral: who is told what is new, decisions watched, and the clocks they start."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise

from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals import rules
from lodestar.casework.referrals.rules import found_by, live_referrals
from lodestar.platform.obligations.encounter_reading import Decision, PersonReading, Rule, owed_by_rules, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import Events, Owed, as_day, as_instant, owe, reminders, row_for
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import add_months, end_of_day

# Nationality and Borders Act 2022 s63: before it came into force there was no disqualification.
DISQUALIFIED_FROM = date(2023, 1, 30)


def could_disqualify(day: date) -> bool:
    """Whether a disqualification of this day can be one (Nationality and Borders Act 2022 s63, from 30 January 2023)."""
    return day >= DISQUALIFIED_FROM


Why = Sequence[str]

# The names under which the ledger tells what was asked for: by the competent authority, and of it.
ASKED, RECONSIDER = "further_information_asked", "reconsideration_asked"


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
    """An NRM referral without a decision, somebody's earlier one not known to be about other events, or in the ledger our
    own (7.1, 14.48)."""
    earlier = person.facts.earlier_referral
    why = []
    if earlier and earlier.route == "nrm" and earlier.same_events is not False and earlier.decision is None:
        why.append("The earlier NRM referral has no decision yet.")
    if _undecided(person):
        why.append("Our NRM referral has no decision yet.")
    return tuple(why)


def _undecided(person: PersonReading) -> set[datetime]:
    """When each of our NRM referrals was sent that still waits. The ledger says which were decided by `referral_decided`
    at the instant they were sent; where it only holds a decision of our own, that is the decision on them all."""
    waiting = live_referrals(person)
    decided = set(map(as_instant, person.events.get("referral_decided", ())))
    if not decided and any(decision.source == "own" for decision in person.decisions):
        return set()
    return waiting - decided


def owed_watching(person: PersonReading) -> list[Owed]:
    """The decision that is watched for, by the clock of the referrals that still wait: one that was decided has none."""
    why = watch_reasonable_grounds_decision(person)
    if not why:
        return []
    waiting = _undecided(person)
    received = tuple(at for at in person.events.get("referral_received", ()) if not waiting or as_instant(at) in waiting)
    events = {name: when for name, when in person.events.items() if name != "referral_received"}
    if received:
        events["referral_received"] = received
    code = "watch_reasonable_grounds_decision"
    rests_on = fingerprint(len(waiting)) if len(live_referrals(person)) > 1 else ""
    return owe(code, events, person.day, person=person.id, why=tuple(why), rests_on=rests_on)


def tell_decision_safely(person: PersonReading) -> Why:
    """In the ledger: what was decided on our referral went against them. They hear it safely and alone, and are offered
    advice (statutory guidance 2020, 11.15-11.16; the working day is force policy)."""
    return ("What was decided went against them.",) if _against(person) else ()


def _against(person: PersonReading) -> list[tuple[str, date, date]]:
    """What went against them of our own: which, its day, the day of its notice."""
    decisions = [
        (decision.outcome, decision.decided, decision.notice or decision.decided)
        for decision in person.decisions
        if decision.source == "own" and decision.is_negative and decision.decided
    ]
    for name in ("disqualified", "cg_revoked"):
        decisions += [(name, as_day(at), person.notice_of(name, as_day(at))) for at in person.events.get(name, ())]
    return list(dict.fromkeys(decisions))


def owed_decision_notices(person: PersonReading) -> list[Owed]:
    """One for each decision that went against them, from the day of its notice."""
    why = tuple(tell_decision_safely(person))
    obligations: list[Owed] = []
    for name, decided, notice in _against(person) if why else ():
        events = {**person.events, "decision_notice": (notice,)}
        moment = f"{name} {decided.isoformat()}"
        obligations += owe("tell_decision_safely", events, person.day, person=person.id, subject="own", moment=moment, why=why)
    return obligations


def answer_further_information(person: PersonReading) -> Why:
    """In the ledger: the competent authority asks for more about our referral (statutory guidance 2020, 14.244)."""
    return ("The competent authority asks for more.",) if ASKED in person.events else ()


def watch_reconsideration_reply(person: PersonReading) -> Why:
    """In the ledger: a reconsideration was asked for (statutory guidance 2020, 14.227)."""
    return ("A reconsideration was asked for.",) if RECONSIDER in person.events else ()


def owed_answers(person: PersonReading) -> list[Owed]:
    """One for each day on which more was asked for, due on the day that the letter names, else by force policy; and the watch
    for a reply to each request for reconsideration. Of several days named the earliest counts."""
    obligations: list[Owed] = []
    asking = ("answer_further_information", ASKED, answer_further_information(person))
    replying = ("watch_reconsideration_reply", RECONSIDER, watch_reconsideration_reply(person))
    for code, name, why in (asking, replying):
        for day in sorted(set(map(as_day, person.events.get(name, ())))) if why else ():
            events = {**person.events, name: (day,)}
            owed = owe(code, events, person.day, person=person.id, subject="own", moment=asked_on(day), why=tuple(why))
            deadlines = person.events.get(answer_by_of(day), ()) if name == ASKED else ()
            if deadlines:
                owed = [replace(obligation, due=end_of_day(min(map(as_day, deadlines)))) for obligation in owed]
            obligations += owed
    return obligations


def asked_on(day: date) -> str:
    """The moment of what was asked for on a day: `asked 2026-03-09`."""
    return f"asked {day.isoformat()}"


def answer_by_of(day: date) -> str:
    """The name of the event that tells by when what was asked for on this day is wanted."""
    return f"further_information_by {day.isoformat()}"


def recovery_period_minimum(decision: Decision) -> Why:
    """A positive reasonable-grounds decision: 45 days, from 13 December 2022 30 (Nationality and Borders Act 2022 s61)."""
    return ("The reasonable-grounds decision is positive.",) if decision.outcome == "rg_positive" else ()


def consider_reconsideration(decision: Decision) -> Why:
    """A negative decision not known to be about other events: 3 months, from 22 February 2024 30 days (statutory guidance
    14.220-14.227). Lateness loses the right, so that not known counts as the same. Sources disagree on the 30 days; the
    setting `reconsideration_limit` of the day of the notice says which it is from then on, as shipped the shorter."""
    if not decision.is_negative or decision.same_events is False:
        return ()
    unknown = ("Whether it was about the same events is not known.",) if decision.same_events is None else ()
    return ("The decision is negative.", *unknown)


DECISION_RULES = (("recovery_period_minimum", recovery_period_minimum), ("consider_reconsideration", consider_reconsideration))


def owed_by_decisions(person: PersonReading) -> list[Owed]:
    """What each decision known of makes owed; its own days start the clocks, and a changed decision reopens."""
    obligations: list[Owed] = []
    for decision in person.decisions:
        events = person.events_of_decision(decision)
        for code, applies in DECISION_RULES:
            why = applies(decision)
            if why and not _ended(code, decision, person):
                owed = owe(
                    code,
                    events,
                    person.day,
                    person=person.id,
                    subject=decision.source,
                    moment=decision.moment,
                    why=tuple(why),
                    rests_on=fingerprint(decision),
                )
                owed = [_by_the_setting(obligation, events, person) for obligation in owed]
                obligations += _with_steps(owed, decision, events, person) if decision.source == "own" else owed
    return obligations


def _ended(code: str, decision: Decision, person: PersonReading) -> bool:
    """Whether a disqualification of that day or later has ended the recovery period: nothing bars removal any more (Nationality
    and Borders Act 2022 s63(2), from 30 January 2023). It ends nothing else."""
    if code != "recovery_period_minimum" or decision.source != "own" or decision.decided is None:
        return False
    days = map(as_day, person.events.get("disqualified", ()))
    return any(could_disqualify(day) and day >= decision.decided for day in days)


def _by_the_setting(limit: Owed, events: Events, person: PersonReading) -> Owed:
    """The limit of reconsideration as the force set it for the day of the notice; any other as it is."""
    row = row_for(limit.code, events, person.day)
    notices = events.get("decision_notice")
    if limit.code != "consider_reconsideration" or not notices or row is None or "days" not in (row.due or {}):
        return limit
    notice = as_day(notices[0])
    if person.of.settings.on(notice)["reconsideration_limit"] == "30_days":
        return limit
    return replace(limit, due=end_of_day(add_months(notice, 3)))


# The reminders inside a limit that are things to do by themselves: their name in the moment, and why.
STEPS: Mapping[str, tuple[str, str]] = {
    "warn_days": ("decide", "Time to decide whether to ask for reconsideration."),
    "request_by_days": ("request", "Send any request by now."),
}


def _with_steps(owed: list[Owed], decision: Decision, events: Events, person: PersonReading) -> list[Owed]:
    """A limit with the reminders inside it, each written out as what opens when the one before is due, so that none is
    silent (statutory guidance 14.220-14.227; decide by day 10, send by day 25)."""
    obligations: list[Owed] = []
    opens = None
    for limit in owed:
        row = row_for(limit.code, events, person.day)
        for name, due in reminders(row.due if row else None, events):
            step, why = STEPS[name]
            moment = f"{decision.moment}: {step}"
            obligations.append(replace(limit, moment=moment, due=due, opens_at=opens, why=(*limit.why, why)))
            opens = due
        obligations.append(replace(limit, opens_at=opens))
    return obligations


def answered_with(moment: str, kind: str) -> tuple[str, ...]:
    """The later moments of `consider_reconsideration` that an answer of this kind to one answers too: none is wanted once
    it was decided not to ask, and the limit no longer once the request has gone."""
    base, _, step = moment.partition(": ")
    if step == "decide" and kind == "not_needed":
        return (f"{base}: request", base)
    return (base,) if step == "request" and kind in ("done", "not_needed") else ()


def _what_is_new(person: PersonReading) -> str:
    earlier = person.facts.earlier_referral
    return fingerprint(earlier and (earlier.decision, earlier.new_evidence))


RULES = (
    Rule("send_supplementary_information", send_supplementary_information),
    Rule("tell_competent_authority_and_referrer", tell_competent_authority_and_referrer, _what_is_new),
    Rule("share_crime_reference", share_crime_reference),
)


SHORTEST = 5  # characters of a reference that is looked for: what is shorter stands in any letter by chance
MOST_WORDS = 20_000
_WORD = re.compile(r"[^\s,;:()<>\[\]\"'“”‘’|]+")


def may_be_references(words: str) -> frozenset[str]:
    """Every word of a letter, and every two words side by side, that could be a reference: five letters and digits or more,
    one of them a digit. Whether one is says the register of references alone."""
    normalised = [found_by(word) for word in _WORD.findall(words)[:MOST_WORDS]]
    candidates = [word for word in normalised if word]
    both = (f"{word}{other}" for word, other in pairwise(candidates))
    return frozenset(word for word in (*candidates, *both) if SHORTEST <= len(word) <= 80 and any(map(str.isdigit, word)))


def is_evidence_at_trial(kind: str) -> bool:
    """Whether a letter of this kind may be before a jury: what the competent authority decided or asked is its opinion, and is
    not admissible (R v Brecani [2021] EWCA Crim 731). Of any other a lawyer says."""
    return kind not in ("decision", "asks")


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that referral makes owed by these facts."""
    read = reading(encounter, settings)
    obligations = owed_by_rules(read, (*rules.RULES, *RULES))
    for person in read.people:
        obligations += rules.owed_turning_18(person) + rules.owed_to_put_right(person) + rules.owed_immigration(person)
        obligations += owed_watching(person) + owed_by_decisions(person)
        obligations += owed_decision_notices(person) + owed_answers(person)
    return obligations
