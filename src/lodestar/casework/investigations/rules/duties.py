"""What investigation makes owed: the crime recorded, the case allocated, supervised and tasked, and who else is told.

Home Office Counting Rules; statutory guidance (2020) chapters 11 and 12; College of Policing APP; force policy. Allocation is a
floor. Tasking levels are dated policy that a force may change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from lodestar.casework.case_facts.rules import RULE_NAMES, STEPS, TO_BE_RELEASED, release_moment
from lodestar.platform.obligations.encounter_reading import HELD, CaseRule, PersonReading, Reading, Rule, owed_by_rules, reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.happened_without import heard_of
from lodestar.platform.obligations.obligations import Owed, as_instant, owe
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import after_hours, start_of_day

Why = Sequence[str]

DIRECTED = "investigation_directed"  # the name of the event, before the number of the review
EMPTY_WORDS = frozenset(
    {
        "a", "all", "and", "as", "at", "checked", "continue", "fine", "further", "good", "is", "it", "keep", "n", "na", "no",
        "none", "noted", "nothing", "of", "ok", "okay", "on", "read", "review", "reviewed", "seen", "so", "supervised",
        "supervision", "the", "this", "to", "up", "update", "updated", "with", "work",
    }
)  # fmt: skip
LEVELS = ("force", "regional", "national", "international", "cross_force")


@dataclass(frozen=True)
class Tasking:
    """One level of tasking to ask for, and why."""

    level: str
    why: tuple[str, ...]


def allocation(encounter: Encounter, settings: Settings) -> str | None:
    """`pip2` as soon as anybody is a possible victim, else None (College of Policing APP supervisors; HMICFRS 2021, R3)."""
    return "pip2" if reading(encounter, settings).possible_victims else None


def tasking(encounter: Encounter, settings: Settings) -> tuple[Tasking, ...]:
    """The levels of tasking to ask for, `force` when nothing else holds (dated policy)."""
    return tasking_of(reading(encounter, settings))


def tasking_of(read: Reading) -> tuple[Tasking, ...]:
    """As `tasking`, of a reading."""
    why: dict[str, list[str]] = {}
    case = read.encounter.case
    for holds, key, words in (
        (read.is_organised, "tasking_organised_group", "An organised group is behind it."),
        (bool(read.other_areas), "tasking_other_area", "Exploitation is in another force's area."),
        (case.people_out_of_force is True, "tasking_other_area", "People of the case are out of the force's area."),
        (case.links_abroad is True, "tasking_links_abroad", "There are links abroad."),
        (read.deaths > 0, "tasking_death_or_diplomat", "Someone has died."),
        (case.diplomat is True, "tasking_death_or_diplomat", "It concerns a diplomat's household."),
    ):
        if holds:
            why.setdefault(str(read.set[key]), []).append(words)
    if not why:
        why["force"] = ["Nothing recorded reaches beyond the force."]
    return tuple(Tasking(level, tuple(why[level])) for level in LEVELS if level in why)


def record_crime(person: PersonReading) -> Why:
    """One for each possible victim, living or dead, unless all exploitation was overseas (statutory guidance 11.18,
    12.7)."""
    if person.is_possible_victim and not person.is_overseas_only:
        return ("A possible victim, and neither a refusal nor waiting for a decision removes it.",)
    return ()


def record_incident_overseas(person: PersonReading) -> Why:
    """A possible victim all of whose exploitation was overseas (statutory guidance 2020, 11.18)."""
    return ("All exploitation recorded was abroad.",) if person.is_possible_victim and person.is_overseas_only else ()


def record_each_crime_apart(person: PersonReading) -> Why:
    """Sexual or organ exploitation, or a death; in the ledger also other crimes against them (Home Office Counting Rules)."""
    if not person.is_possible_victim:
        return ()
    why = []
    if person.exploited_by("sexual"):
        why.append("Sexual exploitation is recorded.")
    if person.exploited_by("organ"):
        why.append("Removal of an organ is recorded.")
    if not person.is_living:
        why.append("The person has died.")
    if "other_crime_known" in person.events:
        why.append("Other crimes against them are recorded.")
    return tuple(why)


def transfer_crime_with_acceptance(person: PersonReading) -> Why:
    """A possible victim who was, or may have been, exploited in another force's area (statutory guidance 2020, 11.2)."""
    if not person.is_possible_victim or not person.other_areas:
        return ()
    if any(exploitation.police_areas for exploitation in person.facts.exploitation):
        return ("Exploitation was in another force's area.",)
    return ("The place is not recorded, and the case reaches into another force's area.",)


def debt_after_seizure(person: PersonReading) -> Why:
    """Something was seized from a possible victim (force policy)."""
    if person.is_possible_victim and person.facts.seized:
        return ("Those exploiting them may demand repayment for what was seized.",)
    return ()


def tell_labour_regulator(person: PersonReading) -> Why:
    """Labour exploitation (Fair Work Agency, before it the Gangmasters and Labour Abuse Authority)."""
    return ("The exploitation is of their labour.",) if person.exploited_by("labour") else ()


def special_measures(person: PersonReading) -> Why:
    """A living possible victim, who may be a witness (Modern Slavery Act 2015 s46)."""
    return ("A possible victim may be a witness.",) if person.is_possible_victim and person.is_living else ()


def victim_update(person: PersonReading) -> Why:
    """In the ledger: a step against a suspect has happened (Victims' Code, enhanced right)."""
    if person.is_possible_victim and person.is_living and any(step in person.events for step in STEPS):
        return ("There is a new step against a suspect.",)
    return ()


def tell_victim_before_release(person: PersonReading) -> Why:
    """In the ledger: a linked exploiter is to be released (force policy; Victims' Code). Their own release is another event."""
    if person.is_possible_victim and person.is_living and TO_BE_RELEASED in person.events:
        return ("A linked exploiter is to be released.",)
    return ()


def owed_to_victims(person: PersonReading) -> list[Owed]:
    """What a victim is told of those suspected: each step, and each planned release before its time. The list calls these
    events as it calls those of a person's own prosecution, which are left out here."""
    theirs = {RULE_NAMES.get(name, name): person.events[name] for name in (*STEPS, TO_BE_RELEASED) if name in person.events}
    events = {name: when for name, when in person.events.items() if name not in RULE_NAMES.values()} | theirs
    obligations: list[Owed] = []
    if why := tuple(victim_update(person)):
        obligations += owe("victim_update", events, person.day, person=person.id, why=why)
    if why := tuple(tell_victim_before_release(person)):
        for at in dict.fromkeys(map(as_instant, theirs["release"])):
            before = events | {"release": (at,)}
            code, moment = "tell_victim_before_release", release_moment(at)
            obligations += owe(code, before, person.day, person=person.id, why=why, moment=moment)
    return obligations


def allocate_pip2_owner(read: Reading) -> Why:
    """Any possible victim (College of Policing APP supervisors; HMICFRS 2021 recommendation 3)."""
    return ("A modern slavery crime or incident goes to a detective.",) if read.possible_victims else ()


def allocation_hours(read: Reading) -> int:
    """How many hours there are to an owner: fewer when a possible victim is in custody, a child, or still exploited. Both numbers
    are the force's, by the day of the encounter (force policy)."""
    urgent = any(person.in_custody or person.is_child or person.is_still_exploited for person in read.possible_victims)
    return int(read.set["allocation_hours_urgent" if urgent else "allocation_hours"])


# Events of the case, told by the ledger, each of which asks for a PIP2 owner anew: its name in the moment, and why.
_ASKED_ANEW = {
    "allocation_authority_ends": ("authority ends", "A detective inspector's authority ends after 24 hours."),
    "allocated_below_pip2": ("happened without", "The case is with someone not recorded as PIP2 that day."),
}


def asked_anew(event: str, at: datetime) -> str:
    """The moment of `allocate_pip2_owner` that such an event opens: `authority ends 2026-03-04T14:05:00Z`."""
    return f"{_ASKED_ANEW[event][0]} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def owed_allocation(read: Reading) -> list[Owed]:
    """The PIP2 owner of the case: once from the crime record, and anew from each end of a detective inspector's authority
    and each allocation below PIP2 that has happened, due at that very moment (College of Policing APP supervisors;
    HMICFRS 2021 recommendation 3). An authority's end lies in the facts, so the rule needs no clock.

    In the ledger the arrest of a possible victim starts the shorter time too, whether or not a crime is recorded (force policy).
    """
    why = allocate_pip2_owner(read)
    if not why:
        return []
    code = "allocate_pip2_owner"
    (first,) = owe(code, read.events, read.day, person=None, why=tuple(why))
    recorded = [as_instant(at) for name in ("crime_recorded", "crime_received") for at in read.events.get(name, ())]
    arrests = [as_instant(at) for person in read.possible_victims for name, at in person.facts.events if name == HELD]
    ends = [after_hours(min(recorded), allocation_hours(read))] if recorded else []
    ends += [after_hours(min(arrests), int(read.set["allocation_hours_urgent"]))] if arrests else []
    first = replace(first, due=min(ends), due_from=None) if ends else first
    anew: dict[str, Owed] = {}
    again = replace(first, due_from=None, due_before=())
    for event, (_, words) in _ASKED_ANEW.items():
        for at in map(as_instant, read.events.get(event, ())):
            moment = asked_anew(event, at)
            anew[moment] = replace(again, moment=moment, due=at, opens_at=at, why=(words,))
    return [first, *anew.values()]


def owed_looks(read: Reading) -> list[Owed]:
    """That somebody below PIP2 has had the case is looked at, whatever is made good afterwards (force policy)."""
    event = "allocated_below_pip2"
    times = [(at, asked_anew(event, at)) for at in map(as_instant, read.events.get(event, ()))]
    return heard_of(read, times, _ASKED_ANEW[event][1])


def supervise_investigation(read: Reading) -> Why:
    """Every modern slavery investigation, at 72 hours, day 7, day 28, then every 28 days (College of Policing APP supervisors).

    Its reviews never end, so only a bounded number is written out: the three first and one more, or one beyond those already
    discharged, which the ledger tells by an event `investigation_reviewed` on the case for each. A review opens when the one
    before it is due.
    """
    return ("A modern slavery investigation is open.",) if read.possible_victims else ()


def reviews_done(read: Reading) -> int:
    """How many reviews the ledger holds."""
    return len(read.events.get("investigation_reviewed", ()))


def di_review_before_no_further_action(person: PersonReading) -> Why:
    """An act at stage no further action; in the ledger also when closing is proposed (force policy)."""
    if "no_further_action" in person.stages:
        return ("No further action is in view for an act they are suspected of.",)
    return ("Closing the case is proposed.",) if "closing_proposed" in person.events else ()


def consider_pip3(read: Reading) -> Why:
    """Deaths, five or more possible victims, or an organised group (force policy)."""
    why = []
    if read.deaths:
        why.append("Someone has died.")
    if len(read.possible_victims) >= int(read.set["pip3_victims"]):
        why.append("There are many possible victims.")
    if read.is_organised:
        why.append("An organised group is behind it.")
    return tuple(why)


def consider_senior_investigator_pip3(read: Reading) -> Why:
    """A death (College of Policing APP major investigation)."""
    return ("Someone has died.",) if read.deaths else ()


def tell_coroner(read: Reading) -> Why:
    """A death (Coroners and Justice Act 2009 s1)."""
    return ("Someone has died.",) if read.deaths else ()


def tell_foreign_office_protocol(read: Reading) -> Why:
    """A diplomat's household (force policy)."""
    return ("It concerns a diplomat's household.",) if read.encounter.case.diplomat is True else ()


def tell_national_agency(read: Reading) -> Why:
    """Tasking level national (force policy)."""
    return next((level.why for level in tasking_of(read) if level.level == "national"), ())


def tell_regional_unit(read: Reading) -> Why:
    """Every modern slavery investigation (College of Policing APP modern slavery investigation, older edition)."""
    return ("A modern slavery investigation is open.",) if read.possible_victims else ()


def record_tasking_decision(read: Reading) -> Why:
    """Two or more forces, two linked suspects, three victims in one place, a named group, travel over a border (force
    policy). A child who may be a victim is no linked suspect, unless they are an exploiter."""
    case = read.encounter.case
    suspects = sum(
        "exploiter" in person.facts.roles
        or ("suspect" in person.facts.roles and not (person.is_child and person.is_possible_victim))
        for person in read.people
    )
    why = []
    if read.other_areas or len(read.areas) > 1:
        why.append("More than one force's area is concerned.")
    if suspects >= int(read.set["tasking_decision_suspects"]):
        why.append("There are two or more linked suspects.")
    if len(read.possible_victims) >= int(read.set["tasking_decision_victims"]):
        why.append("Three or more possible victims were found in one place.")
    if read.is_organised:
        why.append("An organised group is behind it.")
    abroad = any("overseas" in exploitation.where for person in read.people for exploitation in person.facts.exploitation)
    if case.people_out_of_force is True or case.links_abroad is True or abroad:
        why.append("People or links reach over a border.")
    return tuple(why)


def investigation_plan(read: Reading) -> Why:
    """Any modern slavery crime (College of Policing APP supervisors)."""
    if any(not person.is_overseas_only for person in read.possible_victims):
        return ("A modern slavery crime is investigated.",)
    return ()


RULES = (
    Rule("record_incident_overseas", record_incident_overseas),
    Rule("record_each_crime_apart", record_each_crime_apart),
    Rule(
        "transfer_crime_with_acceptance", transfer_crime_with_acceptance, lambda person: fingerprint(sorted(person.other_areas))
    ),
    Rule("debt_after_seizure", debt_after_seizure),
    Rule("tell_labour_regulator", tell_labour_regulator),
    Rule("special_measures", special_measures),
    Rule("di_review_before_no_further_action", di_review_before_no_further_action),
)
CASE_RULES = (
    CaseRule("supervise_investigation", supervise_investigation, done=reviews_done),
    CaseRule("consider_pip3", consider_pip3),
    CaseRule("consider_senior_investigator_pip3", consider_senior_investigator_pip3),
    CaseRule("tell_coroner", tell_coroner),
    CaseRule("tell_foreign_office_protocol", tell_foreign_office_protocol),
    CaseRule("tell_national_agency", tell_national_agency),
    CaseRule("tell_regional_unit", tell_regional_unit),
    CaseRule(
        "record_tasking_decision",
        record_tasking_decision,
        lambda read: fingerprint(tuple(level.level for level in tasking_of(read))),
    ),
    CaseRule("investigation_plan", investigation_plan),
)


def gives_directions(words: str) -> bool:
    """Whether a review says something to be done, and not only that it was seen: `noted` and its like give none (College
    of Policing APP supervisors)."""
    review_words = "".join(letter if letter.isalnum() else " " for letter in words.casefold()).split()
    return bool(set(review_words) - EMPTY_WORDS)


def directed(number: int) -> str:
    """The name under which the ledger tells that a review gave directions."""
    return f"{DIRECTED} {number}"


def of_review(number: int | str) -> str:
    """The moment of `answer_directions` of one review."""
    return f"review {number}"


def answer_directions(numbers: Sequence[int]) -> tuple[str, ...]:
    """In the ledger: a review of the investigation gave directions (College of Policing APP supervisors)."""
    return ("A review of the investigation gave directions.",) if numbers else ()


def owed_directions(read: Reading) -> list[Owed]:
    """An answer to the directions of each review, owed from the review on, whoever has the case by then."""
    directions = [(name, at) for name, at in read.encounter.case.events if name.startswith(f"{DIRECTED} ")]
    obligations: list[Owed] = []
    for name, at in directions:
        number = int(name.removeprefix(f"{DIRECTED} "))
        events = {**read.events, "directions_given": (as_instant(at),)}
        why = answer_directions([number])
        obligations += owe("answer_directions", events, read.day, person=None, moment=of_review(number), why=why)
    return obligations


def owed_crime(person: PersonReading) -> list[Owed]:
    """The crime record of one person. The setting `crime_recording_point` moves the start of its clock, and nothing else.

    `encounter`: due as the list says. `positive_rg`: the same hours from the day of a positive reasonable-grounds decision;
    with none known, no due time, and `rg_decision` named as the event.
    """
    why = record_crime(person)
    if not why:
        return []
    obligations = owe("record_crime", person.events, person.day, person=person.id, why=tuple(why))
    if person.of.set["crime_recording_point"] == "encounter":
        return obligations
    days = [decision.decided for decision in person.decisions if decision.outcome == "rg_positive" and decision.decided]
    if not days:
        return [replace(obligation, due=None, due_from="rg_decision") for obligation in obligations]
    start = start_of_day(min(days))
    moved = {**person.events, "encountered_at": (start,)}
    return owe("record_crime", moved, person.day, person=person.id, why=tuple(why))


def owed(encounter: Encounter, settings: Settings) -> list[Owed]:
    """Everything that investigation makes owed by these facts, person by person, then for the case."""
    read = reading(encounter, settings)
    obligations = [obligation for person in read.people for obligation in owed_crime(person)]
    obligations += [obligation for person in read.people for obligation in owed_to_victims(person)]
    obligations += owed_allocation(read) + owed_looks(read) + owed_directions(read)
    return obligations + owed_by_rules(read, RULES, CASE_RULES)
