"""The dated policies on who may have an investigation, and whether words direct anything."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from lodestar.platform.obligations.encounter_reading import Reading
from lodestar.platform.obligations.obligations import Owed, as_instant, owe
from lodestar.platform.text.reference_lists import rows_on

AUTHORITY_HOURS = 24  # a detective inspector's authority lasts so long (force policy)
FLOOR = "app"  # the policy below which Lodestar authorises nothing by itself


def policies(day: date) -> tuple[Mapping[str, Any], ...]:
    """The allocation policies that hold on a day, the force's and APP's apart: code, name, words, skills, under_pip2."""
    return rows_on("investigations", "allocation_policies", day)


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


DIRECTED = "investigation_directed"  # the name of the event, before the number of the review
EMPTY_WORDS = frozenset(
    {
        "a", "all", "and", "as", "at", "checked", "continue", "fine", "further", "good", "is", "it", "keep", "n", "na", "no",
        "none", "noted", "nothing", "of", "ok", "okay", "on", "read", "review", "reviewed", "seen", "so", "supervised",
        "supervision", "the", "this", "to", "up", "update", "updated", "with", "work",
    }
)  # fmt: skip


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
