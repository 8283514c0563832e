"""One reading of an encounter, worked out once and shared by every app's rules."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from lodestar.platform.obligations.ages import AgeReading, birthday_18, treat_as
from lodestar.platform.obligations.facts import EarlierReferral, Encounter, PersonFacts
from lodestar.platform.obligations.obligations import NO_CONDITIONS, Owed, When, as_day, events_of, owe
from lodestar.platform.obligations.settings import Settings
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date
from lodestar.platform.time.fuzzy import PartialDate

GROUNDS = "reasonable_grounds"
# What the ledger says of an arrest: since when they are held, and when they arrived in custody, of which `assess` knows nothing.
HELD, IN_CUSTODY = "held", "detention_authorised"
OWN_DECISIONS = ("rg_positive", "rg_negative", "cg_positive", "cg_negative")

Events = dict[str, tuple[When, ...]]


@dataclass(frozen=True)
class Decision:
    """One decision on a referral. `source` is earlier (somebody's earlier referral) or own; `notice` its day, else
    `decided`; `same_events` None is not known."""

    source: str
    outcome: str
    decided: date | None
    notice: date | None
    same_events: bool | None

    @property
    def is_negative(self) -> bool:
        """Whether it went against the person."""
        return self.outcome.endswith("negative")

    @property
    def moment(self) -> str:
        """What tells what it makes owed from what another of our own decisions does: `rg_negative 2026-03-09`. Of an
        earlier referral only the latest decision is told, so there it is empty."""
        return f"{self.outcome} {self.decided.isoformat()}" if self.source == "own" and self.decided else ""


class PersonReading:
    """One person's facts, and what follows from them for more than one app."""

    def __init__(self, of: "Reading", person: PersonFacts) -> None:
        self.of = of
        self.facts = person
        self.id = person.id
        self.day = of.day
        self.age: AgeReading = treat_as(of.encounter, person, of.settings)
        self.is_child = self.age.is_child
        self.has_grounds = person.belief == GROUNDS
        self.has_grounds_or_signs = person.belief in (GROUNDS, "signs_only")
        self.is_possible_victim = self.has_grounds_or_signs or "possible_victim" in person.roles
        self.is_living = person.alive is not False
        self.in_custody = person.place == "custody" or any(name == IN_CUSTODY for name, _ in person.events)
        self.stages = tuple(dict.fromkeys(act.stage for act in person.suspected_of if act.stage))
        self.kept: dict[str, Any] = {}  # what an app's rules worked out about this person, by their own name

    @cached_property
    def events(self) -> Events:
        """Every event known of the person or the case: what the ledger holds, else what the facts say happened."""
        known_events = events_of((*self.of.encounter.case.events, *self.facts.events))
        met = self.of.encounter.encountered_at
        for name, has_happened in self._happened_when_met():
            if has_happened:
                known_events.setdefault(name, (met,))
        lost = self.facts.contact_lost
        if lost:
            known_events.setdefault("contact_lost", (met if lost is True else lost,))
        birthday = birthday_18(self.facts, self.age, self.day)
        if birthday:
            known_events.setdefault("birthday_18", (birthday,))
        for decision in self.decisions:
            if decision.decided:
                name = f"{decision.outcome[:2]}_decision"
                known_events[name] = tuple(dict.fromkeys((*known_events.get(name, ()), decision.decided)))
        return known_events

    def _happened_when_met(self) -> Iterable[tuple[str, bool]]:
        person, earlier = self.facts, self.facts.earlier_referral
        return (
            ("encountered_at", True),
            ("belief_formed", self.has_grounds),
            ("refusal", person.consent.nrm is False),
            ("arrest", "arrest" in self.stages),
            ("detention_authorised", self.in_custody),
            ("found", person.found_after_missing is True),
            ("new_evidence", earlier is not None and earlier.new_evidence is True),
        )

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions known of: that on the earlier referral, and from the ledger those on our own."""
        known_decisions = []
        earlier = self.facts.earlier_referral
        if earlier and earlier.decision and earlier.decision != "withdrawn":
            known_decisions.append(_earlier_decision(earlier))
        for name, when in self.facts.events:
            if name in OWN_DECISIONS:
                day = as_day(when)
                known_decisions.append(Decision("own", name, day, self.notice_of(name, day), True))
        return tuple(dict.fromkeys(known_decisions))

    def notice_of(self, name: str, decided: date) -> date:
        """The day of the notice of our own decision of a day: the first told from then on, so that of several the clock
        starts too soon rather than too late. Without one the day of the decision."""
        notice_days = (as_day(at) for event, at in self.facts.events if event == f"{name}_notice")
        return min((day for day in notice_days if day >= decided), default=decided)

    def events_of_decision(self, decision: Decision) -> Events:
        """The events as one decision gives them, so that a clock does not run from another's day."""
        without = ("rg_decision", "cg_decision", "decision_notice", "cg_decision_letter")
        decision_events = {name: when for name, when in self.events.items() if name not in without}
        if decision.decided:
            decision_events[f"{decision.outcome[:2]}_decision"] = (decision.decided,)
        if decision.notice:
            decision_events["decision_notice"] = (decision.notice,)
            if decision.outcome.startswith("cg"):
                decision_events["cg_decision_letter"] = (decision.notice,)
        return decision_events

    @property
    def is_overseas_only(self) -> bool:
        """Whether every exploitation recorded was abroad, and there is one."""
        return bool(self.facts.exploitation) and all(
            exploitation.where == ("overseas",) for exploitation in self.facts.exploitation
        )

    @property
    def is_still_exploited(self) -> bool:
        """Whether any exploitation still goes on when met."""
        return any(exploitation.still_in_situation is True for exploitation in self.facts.exploitation)

    @property
    def is_vulnerable(self) -> bool:
        """Care and support needs, or capacity lacking or in doubt. Null capacity is presumed capacity (Mental
        Capacity Act 2005)."""
        return self.facts.care_and_support_needs is True or self.lacks_or_may_lack_capacity

    @property
    def lacks_or_may_lack_capacity(self) -> bool:
        """Capacity false or in doubt; null is presumed capacity (Mental Capacity Act 2005 s1(2))."""
        return self.facts.consent.capacity is False or self.facts.consent.capacity == "in_doubt"

    @property
    def other_areas(self) -> tuple[str, ...]:
        """Areas of this person's exploitation that are not the force's own; none while no force is named.

        Where it was is not known when none of it names an area: it may have been in any area of the case, unless all of
        it was abroad.
        """
        if self.of.encounter.force is None:
            return ()
        exploitation_areas = tuple(area for exploitation in self.facts.exploitation for area in exploitation.police_areas)
        if not exploitation_areas and not self.is_overseas_only:
            exploitation_areas = self.of.encounter.case.police_areas
        return tuple(area for area in dict.fromkeys(exploitation_areas) if area not in self.of.own_areas)

    def exploited_by(self, kind: str) -> bool:
        """Whether any exploitation recorded is of that type."""
        return any(exploitation.type == kind for exploitation in self.facts.exploitation)


def _earlier_decision(earlier: EarlierReferral) -> Decision:
    decided, notice = _first_day(earlier.decided_on), _first_day(earlier.notice_on)
    return Decision("earlier", earlier.decision or "", decided, notice or decided, earlier.same_events)


def _first_day(when: PartialDate | None) -> date | None:
    """The earliest reading of a partial date: a limit reckoned from it warns too soon rather than too late."""
    return when.earliest if when else None


class Reading:
    """An encounter as the rules read it, with the settings of its day."""

    def __init__(self, encounter: Encounter, settings: Settings) -> None:
        self.encounter = encounter
        self.settings = settings
        self.day = london_date(encounter.encountered_at)
        self.set = settings.on(self.day)
        self.own_areas = own_areas(encounter.force)
        self.people = tuple(PersonReading(self, person) for person in encounter.people)
        self.possible_victims = tuple(person for person in self.people if person.is_possible_victim)

    @cached_property
    def events(self) -> Events:
        """Events for what the case as a whole owes: the case's own, and of the people the earliest."""
        case_events = events_of(
            (*self.encounter.case.events, *(event for person in self.encounter.people for event in person.events))
        )
        case_events.setdefault("encountered_at", (self.encounter.encountered_at,))
        return case_events

    @property
    def own_names(self) -> frozenset[str]:
        """The slug and name of the force as somebody may write them, in lower case; none without a force."""
        rows = reference_list("reference", "tenants").rows
        own = (row for row in rows if row["slug"] == self.encounter.force)
        return frozenset(name.casefold() for row in own for name in (row["slug"], row["name"]))

    @property
    def deaths(self) -> int:
        """Deaths told of the case, or people of it who are dead, whichever is more."""
        return max(self.encounter.case.deaths or 0, sum(not person.is_living for person in self.people))

    @property
    def is_organised(self) -> bool:
        """An organised group, by the case or any exploitation."""
        return self.encounter.case.organised_group is True or any(
            exploitation.organised is True for person in self.encounter.people for exploitation in person.exploitation
        )

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The union of the case's areas and those of every exploitation."""
        return tuple(
            dict.fromkeys(
                (
                    *self.encounter.case.police_areas,
                    *(
                        area
                        for person in self.encounter.people
                        for exploitation in person.exploitation
                        for area in exploitation.police_areas
                    ),
                )
            )
        )

    @property
    def other_areas(self) -> tuple[str, ...]:
        """Areas of the case that are not the force's own. Without a force, any beyond the first."""
        if self.encounter.force is None:
            return self.areas[1:]
        return tuple(area for area in self.areas if area not in self.own_areas)


@lru_cache(maxsize=256)
def own_areas(force: str | None) -> frozenset[str]:
    """The police areas a tenant covers, and its own slug; none without a force."""
    rows = reference_list("reference", "tenants").rows
    return frozenset(area for row in rows if row["slug"] == force for area in (force, *row["areas"]))


def reading(encounter: Encounter, settings: Settings) -> Reading:
    """The reading of an encounter, kept with it: several apps ask for the same."""
    cached_reading = encounter.readings.get(id(settings))
    if cached_reading is None:
        cached_reading = encounter.readings[id(settings)] = Reading(encounter, settings)
    return cached_reading


@dataclass(frozen=True)
class Rule:
    """One rule about a person: `applies` gives the reasons why `code` is owed, empty when it is not.

    `rests_on` gives the fingerprint of the facts whose change reopens it once discharged; without one nothing does.
    `conditions` names what decides between the limits of its `due`.
    """

    code: str
    applies: Callable[[PersonReading], Sequence[str]]
    rests_on: Callable[[PersonReading], str] | None = None
    conditions: Callable[[PersonReading], frozenset[str]] | None = None


@dataclass(frozen=True)
class CaseRule:
    """One rule about the case as a whole, as `Rule`. `done` counts the moments of a repeating duty already discharged."""

    code: str
    applies: Callable[[Reading], Sequence[str]]
    rests_on: Callable[[Reading], str] | None = None
    conditions: Callable[[Reading], frozenset[str]] | None = None
    done: Callable[[Reading], int] | None = None


def owed_by_rules(read: Reading, rules: Sequence[Rule], case_rules: Sequence[CaseRule] = ()) -> list[Owed]:
    """What the rules make owed, person by person in their order, then for the case."""
    obligations = [owed for person in read.people for rule in rules for owed in _owed_by(rule, person, read.day, person.id)]
    for about_case in case_rules:
        obligations += _owed_by(about_case, read, read.day, None, about_case.done)
    return obligations


def _owed_by(
    rule: Any, of: PersonReading | Reading, day: date, person: str | None, done: Callable[[Reading], int] | None = None
) -> list[Owed]:
    """What one rule makes owed by one reading: of a person, or of the case."""
    why = rule.applies(of)
    if not why:
        return []
    return owe(
        rule.code, of.events, day, person=person, why=tuple(why),
        rests_on=rule.rests_on(of) if rule.rests_on else "",
        conditions=rule.conditions(of) if rule.conditions else NO_CONDITIONS,
        done=done(of) if done and isinstance(of, Reading) else 0,
    )  # fmt: skip
