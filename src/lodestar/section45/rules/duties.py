"""What section 45 of the Modern Slavery Act 2015 makes owed: for each act, and for the person suspected."""

from collections.abc import Callable, Sequence

from lodestar.cases.rules import PersonReading, Rule
from lodestar.kernel.fingerprint import fingerprint
from lodestar.kernel.obligations import Owed, owe
from lodestar.section45.rules.acts import ActReading, acts_of, is_under_ten

Why = Sequence[str]

_ELSEWHERE = ("scotland", "northern_ireland", "abroad")


def section45_full_record(act: ActReading) -> Why:
    """Every act for which it is considered, before charge or any other outcome (College of Policing APP; HMICFRS
    2021, 2g)."""
    return act.why if act.consider else ()


def duress_and_public_interest(act: ActReading) -> Why:
    """An act that Schedule 4 excludes (CPS guidance on modern slavery)."""
    return ("The offence is on Schedule 4.",) if act.schedule.excluded is True else ()


def schedule4_person_must_look(act: ActReading) -> Why:
    """An act of which Schedule 4 turns on what is not told (Modern Slavery Act 2015 Schedule 4)."""
    if act.schedule.excluded is None and act.schedule.depends_on:
        return ("Whether the offence is on Schedule 4 turns on what is not told.",)
    return ()


def law_of_the_time(act: ActReading) -> Why:
    """An act before 31 July 2015, or that may be in part (CPS guidance on modern slavery)."""
    if act.in_force is False or (act.in_force is None and act.open_by_date):
        return ("The act was, or may have been, before 31 July 2015.",)
    return ()


def ask_the_other_jurisdiction(act: ActReading) -> Why:
    """An act outside England and Wales."""
    return ("The act was not in England and Wales.",) if act.facts.where in _ELSEWHERE else ()


def section45_no_suspected_offence(person: PersonReading) -> Why:
    """A possible victim with no act recorded (HMICFRS 2021 recommendation 2g)."""
    if person.is_possible_victim and not person.facts.suspected_of:
        return ("A possible victim, and no offence is recorded against them.",)
    return ()


def under_ten_to_childrens_services(person: PersonReading) -> Why:
    """Anyone under ten at an act (Children and Young Persons Act 1933 s50)."""
    if any(is_under_ten(person, act) for act in person.facts.suspected_of):
        return ("They were under ten at the act.",)
    return ()


def tell_cps(person: PersonReading) -> Why:
    """A possible victim suspected of anything (Director's Guidance on Charging; statutory guidance 2020, 11.24,
    17.9)."""
    return ("A possible victim is suspected of an offence.",) if person.is_possible_victim and acts_of(person) else ()


def tell_legal_adviser_about_appeal(person: PersonReading) -> Why:
    """Anyone convicted, or on appeal (Criminal Appeal Act 1995)."""
    if {"convicted", "appeal"} & set(person.stages):
        return ("They were convicted, or are appealing.",)
    return ()


def separate_officers_for_victim_and_suspect(person: PersonReading) -> Why:
    """A possible victim who is also an exploiter, or suspected of an act on Schedule 4 (College of Policing APP
    supervisors)."""
    if not person.is_possible_victim:
        return ()
    why = []
    if "exploiter" in person.facts.roles:
        why.append("They may be a victim, and may be using others.")
    if any(act.schedule.excluded is True for act in acts_of(person)):
        why.append("They may be a victim, and are suspected of an offence on Schedule 4.")
    return tuple(why)


ACT_RULES: tuple[tuple[str, Callable[[ActReading], Why]], ...] = (
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


def owed_for_acts(person: PersonReading) -> list[Owed]:
    """What each act makes owed, with the act as its subject.

    All rest on what is told of the act, so that other particulars open them again; the full record also on the age
    test and on
    every decision of the NRM, which are new facts for it. How far the case has gone is no such fact.
    """
    found: list[Owed] = []
    for act in acts_of(person):
        told = act.facts
        facts = (told.act, told.section, told.title, told.particulars, told.on, told.where)
        for code, applies in ACT_RULES:
            why = applies(act)
            if why:
                more = (act.test, person.decisions) if code == "section45_full_record" else ()
                found += owe(
                    code,
                    person.events,
                    person.day,
                    person=person.id,
                    subject=act.subject,
                    why=tuple(why),
                    rests_on=fingerprint(facts, more),
                )
    return found
