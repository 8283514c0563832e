"""What changed between two versions, as a page shows it: some places at a time, each within reach of an eye."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lodestar.guidance.models import Version
from lodestar.guidance.presenters.passages import anchor, warnings
from lodestar.guidance.rules.difference import Change, changes
from lodestar.guidance.rules.stale import Fact, quotes, stated

EACH = 20  # places on a page
ROOM = 15_000  # characters of a page
LONGEST = 1_200  # characters of one run of words; what is longer is cut, and stands in the version itself

changes_between = changes


@dataclass(frozen=True)
class Told:
    """One place that changed, with a link to it in the newer version."""

    number: int
    href: str
    parts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def told(
    found: Sequence[Change], start: int, version: Version, facts: Sequence[Fact], stale: Mapping[int, Sequence[str]]
) -> list[Told]:
    """Places that changed, from one on, as many as have room. `stale`: of passages of the newer version, by their numbers, the
    codes of the facts that they state and that no longer hold."""
    end = next_after(found, start) or len(found)
    return [
        Told(
            number + 1,
            f"/guidance/versions/{version.id}?at={one.passage}#{anchor(one.passage)}",
            tuple((kind, words if len(words) <= LONGEST else f"{words[:LONGEST]} …") for kind, words in one.parts),
            warnings(_stated(one, facts, stale.get(one.passage, ()))),
        )
        for number, one in enumerate(found[start:end], start)
    ]


def _stated(change: Change, facts: Sequence[Fact], of_passage: Sequence[str]) -> list[Fact]:
    """The facts that the words of a place state, as they were or as they are: each side is read whole, and what is cut out of a
    sentence goes by the passage that it stands in."""
    sides = [" ".join(words for kind, words in change.parts if kind != other) for other in ("gone", "new")]
    said = {fact.code for side in sides for fact in stated(side, facts)}
    said |= {fact.code for fact in facts if fact.code in of_passage and any(quotes(side, fact) for side in sides)}
    return [fact for fact in facts if fact.code in said]


def next_after(found: Sequence[Change], start: int) -> int | None:
    """Where the next page begins; None where this is the last."""
    room = ROOM
    for number in range(start, min(len(found), start + EACH)):
        room -= sum(min(len(words), LONGEST) + 60 for _, words in found[number].parts) + 120
        if room < 0 and number > start:
            return number
    return start + EACH if len(found) > start + EACH else None
