"""A review gives directions, and each review's want an answer (College of Policing APP supervisors)."""

from collections.abc import Sequence

from lodestar.cases.rules import Reading
from lodestar.kernel.obligations import Owed, as_instant, owe

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
    said = "".join(letter if letter.isalnum() else " " for letter in words.casefold()).split()
    return bool(set(said) - EMPTY_WORDS)


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
    told = [(name, at) for name, at in read.encounter.case.events if name.startswith(f"{DIRECTED} ")]
    found: list[Owed] = []
    for name, at in told:
        number = int(name.removeprefix(f"{DIRECTED} "))
        events = {**read.events, "directions_given": (as_instant(at),)}
        found += owe(
            "answer_directions",
            events,
            read.day,
            person=None,
            moment=of_review(number),
            why=answer_directions([number]),
        )
    return found
