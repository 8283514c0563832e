"""What section 45 of the Modern Slavery Act 2015 makes owed: for each act, and for the person suspected. Pure; the law is that
of the act's own date."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from operator import itemgetter

from lodestar.casework.section45.rules import acts
from lodestar.casework.section45.rules.record import section45_first_question
from lodestar.platform.obligations.encounter_reading import PersonReading, Rule, owed_by_rules, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.happened_without import heard_of
from lodestar.platform.obligations.obligations import Owed, as_instant, owe
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import day_in_words

Why = Sequence[str]

_ELSEWHERE = ("scotland", "northern_ireland", "abroad")


def section45_full_record(act: acts.ActReading) -> Why:
    """Every act for which it is considered, before charge or any other outcome (College of Policing APP; HMICFRS 2021, 2g)."""
    return act.why if act.consider else ()


def duress_and_public_interest(act: acts.ActReading) -> Why:
    """An act that Schedule 4 excludes; in the ledger also one of which a person settled it (CPS guidance on modern slavery)."""
    return ("The offence is on Schedule 4.",) if act.is_excluded else ()


def schedule4_person_must_look(act: acts.ActReading) -> Why:
    """An act of which Schedule 4 turns on what is not told (Modern Slavery Act 2015 Schedule 4)."""
    if act.schedule.depends_on:
        return ("Whether the offence is on Schedule 4 depends on what is not recorded.",)
    return ()


def law_of_the_time(act: acts.ActReading) -> Why:
    """An act before 31 July 2015, or that may be in part (CPS guidance on modern slavery)."""
    return ("The act was, or may have been, before 31 July 2015.",) if act.by_date else ()


def ask_the_other_jurisdiction(act: acts.ActReading) -> Why:
    """An act outside England and Wales."""
    return ("The act was not in England and Wales.",) if act.facts.where in _ELSEWHERE else ()


def section45_no_suspected_offence(person: PersonReading) -> Why:
    """A possible victim with no act recorded (HMICFRS 2021 recommendation 2g)."""
    if person.is_possible_victim and not person.facts.suspected_of:
        return ("A possible victim, and no offence is recorded against them.",)
    return ()


def under_ten_to_childrens_services(person: PersonReading) -> Why:
    """Anyone under ten at an act (Children and Young Persons Act 1933 s50)."""
    if any(acts.is_under_ten(person, act) for act in person.facts.suspected_of):
        return ("They were under ten at the act.",)
    return ()


def tell_cps(person: PersonReading) -> Why:
    """A possible victim suspected of anything (Director's Guidance on Charging; statutory guidance 2020, 11.24,
    17.9)."""
    return ("A possible victim is suspected of an offence.",) if person.is_possible_victim and acts.acts_of(person) else ()


def tell_legal_adviser_about_appeal(person: PersonReading) -> Why:
    """Anyone convicted, or on appeal (Criminal Appeal Act 1995)."""
    return ("They were convicted, or are appealing.",) if {"convicted", "appeal"} & set(person.stages) else ()


def separate_officers_for_victim_and_suspect(person: PersonReading) -> Why:
    """A possible victim who is also an exploiter, or suspected of an act on Schedule 4 (College of Policing APP
    supervisors)."""
    if not person.is_possible_victim:
        return ()
    why = []
    if "exploiter" in person.facts.roles:
        why.append("They may be a victim, and may be using others.")
    if any(act.is_excluded for act in acts.acts_of(person)):
        why.append("They may be a victim, and are suspected of an offence on Schedule 4.")
    return tuple(why)


ACT_RULES: tuple[tuple[str, Callable[[acts.ActReading], Why]], ...] = (
    ("section45_full_record", section45_full_record),
    ("duress_and_public_interest", duress_and_public_interest),
    ("schedule4_person_must_look", schedule4_person_must_look),
    ("law_of_the_time", law_of_the_time),
    ("ask_the_other_jurisdiction", ask_the_other_jurisdiction),
)

RULES = (
    Rule("section45_no_suspected_offence", section45_no_suspected_offence),
    Rule("under_ten_to_childrens_services", under_ten_to_childrens_services),
    Rule("tell_cps", tell_cps),
    Rule("tell_legal_adviser_about_appeal", tell_legal_adviser_about_appeal),
    Rule("separate_officers_for_victim_and_suspect", separate_officers_for_victim_and_suspect),
)


def section45_countersign(act: acts.ActReading, person: PersonReading) -> Why:
    """In the ledger: a full record was decided, and waits for a supervisor who did not decide (force policy)."""
    waits = any(acts.act_events(person.facts, acts.WAITS, act.subject))
    return ("A full record was decided, and a second person is to look at it.",) if waits else ()


def _facts(act: acts.ActReading) -> tuple[object, ...]:
    facts = act.facts
    return (facts.act, facts.section, facts.title, facts.particulars, facts.on, facts.where)


def act_fingerprint(act: acts.ActReading) -> str:
    """The fingerprint of what is told of an act, on which all rests that it makes owed but the full record."""
    return fingerprint(_facts(act), ())


def _of_the_record(act: acts.ActReading, person: PersonReading) -> tuple[object, ...]:
    """What opens a full record again: the age at the act, every decision of the NRM, what else they are suspected of, how they
    were exploited, each account of theirs, and each charge, plea and hearing for this act (R-45-1; CPS guidance: the defence is
    considered at every stage).

    A notice of a decision that was known is no new fact, nor is how far a case has gone.
    """
    decided = tuple((decision.source, decision.outcome, decision.decided) for decision in person.decisions)
    came = sorted(repr(event) for event in acts.act_events(person.facts, acts.CAME, act.subject))
    accounts = sorted(repr(at) for at in person.events.get(acts.ACCOUNT, ()))
    exploited = sorted(map(repr, person.facts.exploitation))
    all_acts = sorted(repr(_facts(other_act)) for other_act in acts.acts_of(person))
    return (act.test, act.ages, decided, all_acts, came, accounts, exploited)


def consider_again(act: acts.ActReading, person: PersonReading) -> list[str]:
    """What came since the act was recorded and wants it considered again, dated, a line for each kind with its latest day."""
    came = [
        *acts.act_events(person.facts, acts.CAME, act.subject),
        *((acts.ACCOUNT, as_instant(at)) for at in person.events.get(acts.ACCOUNT, ())),
    ]
    latest = {acts.CONSIDER_AGAIN[kind]: at for kind, at in sorted(came, key=itemgetter(1))}
    return [f"{words}, {day_in_words(london_date(at).isoformat())}." for words, at in sorted(latest.items(), key=itemgetter(1))]


def owed_for_acts(person: PersonReading) -> list[Owed]:
    """What each act makes owed, with the act as its subject.

    All rest on what is told of the act, so that other particulars open them again; the full record also on what is said
    in `_of_the_record`.
    """
    obligations: list[Owed] = []
    for act in acts.acts_of(person):
        for code, applies in ACT_RULES:
            why = applies(act)
            if why:
                is_record = code == "section45_full_record"
                why = [*why, *consider_again(act, person)] if is_record else why
                rests_on = fingerprint(_facts(act), _of_the_record(act, person)) if is_record else act_fingerprint(act)
                owed = owe(
                    code, person.events, person.day, person=person.id, subject=act.subject, why=tuple(why), rests_on=rests_on
                )
                obligations += owed
                if is_record:
                    obligations += _happened_without(owed, act, person)
        obligations += _to_countersign(act, person)
    return obligations


def _happened_without(owed: Sequence[Owed], act: acts.ActReading, person: PersonReading) -> list[Owed]:
    """The full record that an outcome came without: owed once more for each, due at the very moment of the outcome, so
    that it stands as overdue at once. It rests on nothing: a record made afterwards answers it for good."""
    why = ("An outcome came while the full record was open.",)
    times = dict.fromkeys(at for _, at in acts.act_events(person.facts, acts.WITHOUT, act.subject))
    return [
        replace(obligation, moment=acts.without(at), due=at, due_from=None, due_before=(), opens_at=at, why=why, rests_on="")
        for obligation in owed
        for at in times
    ]


def owed_looks(person: PersonReading) -> list[Owed]:
    """That an outcome came while the full record was open is looked at, whatever is made good afterwards (force policy)."""
    why = "An outcome came while the full record was open."
    obligations: list[Owed] = []
    for act, at in acts.outcomes_without(person.facts):
        obligations += heard_of(person, [(at, acts.without(at))], why, subject=act)
    return list({obligation.key: obligation for obligation in obligations}.values())


def _to_countersign(act: acts.ActReading, person: PersonReading) -> list[Owed]:
    """One for each version of the record that waits or has waited, due at the end of the tour after its decision."""
    why = tuple(section45_countersign(act, person))
    obligations: list[Owed] = []
    for number, ends in acts.act_events(person.facts, acts.WAITS, act.subject):
        events = {**person.events, "next_tour_end": (ends,)}
        obligations += owe(
            "section45_countersign",
            events,
            person.day,
            person=person.id,
            subject=act.subject,
            why=why,
            moment=acts.version(number),
        )
    return obligations


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that section 45 of the Modern Slavery Act 2015 makes owed by these facts, person by person."""
    read = reading(encounter, settings)
    by_person = [section45_first_question(person) + owed_for_acts(person) + owed_looks(person) for person in read.people]
    return [*chain(*by_person), *owed_by_rules(read, RULES)]
