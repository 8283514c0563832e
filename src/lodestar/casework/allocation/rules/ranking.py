"""Which investigators can take a case, in which order, and why each can or cannot. Pure.

Whether a case can be solved is no part of it: nothing here screens a case out or moves it down (force policy, after the closures
too early that HMICFRS described in 2017). A person decides; the order is advice.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from lodestar.casework.investigations.rules.duties import allocation_hours, consider_pip3
from lodestar.casework.services.rules.records import language_names
from lodestar.platform.obligations.encounter_reading import Reading
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.text.sorting import sort_key
from lodestar.platform.time.days import after_hours

AUTHORITY_HOURS = 24  # a detective inspector's authority lasts so long (force policy)
FLOOR = "app"  # the policy below which Lodestar authorises nothing by itself

OVERRIDES = {  # why another than the first of the ranking was chosen
    "knows_case": "They know the case or its people",
    "same_team": "Their team works on a linked case",
    "unavailable": "The first cannot take it now",
    "language": "A language or a skill that is not recorded",
    "distance": "They are nearer",
    "other": "Another reason",
}
SKILLS = {
    "pip1": "PIP1", "pip2": "PIP2", "pip3": "PIP3", "pip4": "PIP4", "trainee_detective": "trainee detective",
    "child": "child protection", "abe": "Achieving Best Evidence interviews",
}  # fmt: skip
SENIOR = frozenset({"pip3", "pip4"})
CIRCUMSTANCES = {
    "organised_group": "Organised group", "vulnerability": "Vulnerable person", "several_victims": "Several victims",
    "cross_border": "Across a border",
}  # fmt: skip


Skills = tuple[tuple[str, date | None], ...]


def policies(day: date) -> tuple[Mapping[str, Any], ...]:
    """The allocation policies that hold on a day, the force's and APP's apart: code, name, words, skills, under_pip2."""
    return rows_on("allocation", "allocation_policies", day)


def policies_met(skills: Collection[str], day: date, *, under_pip2: bool = False) -> tuple[str, ...]:
    """The codes of the policies that an owner with these skills meets on a day. `under_pip2`: a PIP2 detective supervises
    them."""
    counting = {
        policy["code"]: set(policy["skills"]) - set(() if under_pip2 else policy["under_pip2"]) for policy in policies(day)
    }
    return tuple(code for code, counted in counting.items() if counted & set(skills))


def is_pip2(skills: Collection[str], day: date) -> bool:
    """Whether somebody with these skills may be given the case on a day without anybody's authority: PIP2 or higher."""
    return FLOOR in policies_met(skills, day)


def highest(skills: Collection[str]) -> str:
    """The highest of these skills by the order of the profession; empty when none counts."""
    order = ("trainee_detective", "pip2", "pip3", "pip4")
    return max((skill for skill in skills if skill in order), key=order.index, default="")


@dataclass(frozen=True)
class Needs:
    """What a case asks of whoever takes it, by the policy of the encounter's day."""

    day: date
    has_child: bool = False
    wants_senior: bool = False
    wants_interviewer: bool = False
    languages: tuple[str, ...] = ()
    child_required: bool = False
    language_required: bool = False
    most: int = 0  # the largest caseload before a warning, weighted


@dataclass(frozen=True)
class Investigator:
    """Somebody who may take a case. `skills` are pairs of a code and the last day on which it is held, None for no end; None for
    leave, a conflict or the number of cases is not known. `caseload` is weighted by the stages of the cases."""

    name: str
    skills: Skills = ()
    languages: frozenset[str] = frozenset()
    open_cases: int | None = None
    caseload: int = 0
    on_leave: bool | None = None
    conflict: bool | None = None
    key: Any = field(default=None, compare=False)
    unit: str = field(default="", compare=False)


@dataclass(frozen=True)
class Ranked:
    """One investigator with their place, from 1. `meets` says of each requirement whether it is met; one that the case does not
    ask for is. `why` speaks for and against, and is never empty."""

    investigator: Investigator
    rank: int
    can: bool
    meets: Mapping[str, bool]
    why: tuple[str, ...]


def needs_of(read: Reading, languages: Iterable[str] = ()) -> Needs:
    """What the facts of a case ask for, by the settings of the encounter's day."""
    victims = read.possible_victims
    has_child = any(person.is_child for person in victims)
    return Needs(
        day=read.day,
        has_child=has_child,
        wants_senior=bool(consider_pip3(read)),
        wants_interviewer=has_child or any(person.is_vulnerable for person in victims),
        languages=tuple(dict.fromkeys(languages)),
        child_required=read.set["allocation_child_skill"] == "required",
        language_required=read.set["allocation_language"] == "required",
        most=int(read.set["allocation_caseload_most"]),
    )


def circumstances(read: Reading) -> tuple[str, ...]:
    """Which circumstances of the case come first in the queue, by the policy of the encounter's day."""
    case, victims = read.encounter.case, read.possible_victims
    is_abroad = case.links_abroad is True or any(
        "overseas" in exploitation.where for person in victims for exploitation in person.facts.exploitation
    )
    holds = {
        "organised_group": read.is_organised,
        "vulnerability": any(person.is_vulnerable for person in victims),
        "several_victims": len(victims) > 1,
        "cross_border": is_abroad or case.people_out_of_force is True or bool(read.other_areas),
    }
    return tuple(code for code in CIRCUMSTANCES if holds[code] and read.set[f"allocation_{code}"] == "first")


def due_of(read: Reading) -> datetime | None:
    """When an owner is due, counted from the encounter as elapsed time; None where nobody is a possible victim."""
    return after_hours(read.encounter.encountered_at, allocation_hours(read)) if read.possible_victims else None


def rank(needs: Needs, investigators: Iterable[Investigator]) -> list[Ranked]:
    """Every investigator once. First those who can take it; of them those whose skill the case asks for, then those who speak the
    languages, then the smaller caseload; those who are equal by name. The order of the input does not matter."""
    why_needs = lru_cache(maxsize=None)(partial(_why_needs, needs))  # words that many have in common are made once
    judged = sorted((_rank_one(needs, investigator, why_needs) for investigator in investigators), key=itemgetter(0))
    return [Ranked(who, place, can, meets, why) for place, (_, who, can, meets, why) in enumerate(judged, 1)]


def _rank_one(needs: Needs, who: Investigator, why_needs: Callable[..., tuple[str, ...]]) -> tuple[Any, ...]:
    """By what they are ordered, who they are, whether they can take it, what they meet, and why."""
    skills, is_pip2, is_trained, has_child, why_skills, tie = _read_skills(who.skills, needs.day)
    spoken = tuple([code for code in needs.languages if code in who.languages])
    meets = {
        "detective_trained": is_trained,
        "pip2": is_pip2,
        "child": has_child or not needs.has_child,
        "language": len(spoken) == len(needs.languages),
        "no_conflict": who.conflict is not True,
    }
    lacks = (needs.child_required and not meets["child"]) or (needs.language_required and not meets["language"])
    can = is_pip2 and meets["no_conflict"] and who.on_leave is not True and not lacks
    is_senior, has_abe = not SENIOR.isdisjoint(skills), "abe" in skills
    key = (
        not can, can and needs.wants_senior and not is_senior, not meets["child"], -len(spoken),
        needs.wants_interviewer and not has_abe, who.open_cases is None, who.caseload, who.open_cases or 0,
        _name_key(who.name), tie, str(sorted(who.languages)) if who.languages else "", str(who.on_leave), str(who.conflict),
        str(who.key),
    )  # fmt: skip
    rest = _why_person(who.on_leave, who.conflict, who.open_cases, who.caseload, needs.most)
    return key, who, can, meets, (*why_skills, *why_needs(is_pip2, is_senior, has_child, has_abe, spoken), *rest)


def _why_needs(
    needs: Needs, is_pip2: bool, is_senior: bool, has_child: bool, has_abe: bool, spoken: tuple[str, ...]
) -> tuple[str, ...]:
    names, why = language_names(), []
    if needs.wants_senior and is_pip2:
        why.append(
            "PIP3 should be considered, and they have it." if is_senior else "Below PIP3, which should be considered here."
        )
    if needs.has_child:
        required = ", which the policy requires" if needs.child_required else ""
        why.append("Trained in child protection." if has_child else f"Not trained in child protection{required}.")
    if needs.wants_interviewer and has_abe:
        why.append("Trained in Achieving Best Evidence interviews.")
    if spoken:
        why.append(f"Speaks {_listed(names.get(code, code) for code in spoken)}.")
    if len(spoken) < len(needs.languages):
        lacking = _listed(names.get(code, code) for code in needs.languages if code not in spoken)
        then = ", which the policy requires." if needs.language_required else ": use an interpreter."
        why.append(f"Does not speak {lacking}{then}")
    return tuple(why)


_name_key = lru_cache(maxsize=4096)(lambda name: (sort_key(name), name))


@lru_cache(maxsize=65_536)
def _read_skills(skills: Skills, day: date) -> tuple[frozenset[str], bool, bool, bool, tuple[str, ...], str]:
    """What is held on a day: the codes, whether PIP2 or higher, detective-trained and trained in child protection, the words of
    that, and all of it in one order. Detective-trained is by the force's policy of the day; before it began PIP2 is enough."""
    current = frozenset(code for code, last in skills if last is None or day <= last)
    met = policies_met(current, day)
    is_trained = ("force" if any(policy["code"] == "force" for policy in policies(day)) else FLOOR) in met
    words = tuple(_why_skills(skills, current, is_pip2=FLOOR in met))
    return current, FLOOR in met, is_trained, "child" in current, words, str(sorted(map(str, skills)))


def _why_skills(skills: Skills, current: Collection[str], *, is_pip2: bool) -> Iterable[str]:
    levels = [SKILLS[code] for code in ("pip4", "pip3", "pip2", "pip1", "trainee_detective") if code in current]
    if not levels:
        yield "No detective skill on that day."
    elif is_pip2:
        yield f"{levels[0]} on that day."
    else:
        yield f"{levels[0][0].upper()}{levels[0][1:]}, below PIP2: only by a detective inspector’s authority."
    ended = sorted((code, last) for code, last in skills if last and code in SKILLS and code not in current)
    for code, last in dict(ended).items():  # of one that ended twice the later day
        yield f"{SKILLS[code][0].upper()}{SKILLS[code][1:]} ended on {last.day} {last:%B %Y}."


@lru_cache(maxsize=16_384)
def _why_person(
    on_leave: bool | None, conflict: bool | None, open_cases: int | None, caseload: int, most: int
) -> tuple[str, ...]:
    why = [] if on_leave is False else ["On leave." if on_leave else "Leave is not known."]
    if conflict is not False:
        why.append("Has a conflict of interest in this case." if conflict else "A conflict of interest is not known.")
    if open_cases is None:
        return (*why, "How many cases they have is not known.")
    cases = {0: "No open case", 1: "One open case"}.get(open_cases, f"{open_cases} open cases")
    why.append(f"{cases}, caseload {caseload} of {most}." if open_cases else f"{cases}.")
    return (*why, "More than the largest caseload of the policy: ask their supervisor first.") if caseload > most else tuple(why)


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
