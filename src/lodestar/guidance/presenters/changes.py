"""What changed between two versions, as a page shows it: some places at a time, each within reach of an eye."""

from collections.abc import Sequence
from dataclasses import dataclass

from lodestar.guidance.models import Version
from lodestar.guidance.presenters.passages import anchor, warnings
from lodestar.guidance.rules.difference import Change, changes
from lodestar.guidance.rules.superseded import Fact, stated

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


def told(found: Sequence[Change], start: int, version: Version, facts: Sequence[Fact]) -> list[Told]:
    """Places that changed, from one on, as many as have room."""
    end = next_after(found, start) or len(found)
    return [
        Told(
            number + 1,
            f"/guidance/versions/{version.id}?at={one.passage}#{anchor(one.passage)}",
            tuple((kind, words if len(words) <= LONGEST else f"{words[:LONGEST]} …") for kind, words in one.parts),
            warnings(_stated(one, facts)),
        )
        for number, one in enumerate(found[start:end], start)
    ]


def _stated(change: Change, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a place states, as it was or as it is."""
    before, after = (" ".join(words for kind, words in change.parts if kind != other) for other in ("new", "gone"))
    return [fact for fact in facts if stated(before, [fact]) or stated(after, [fact])]


def next_after(found: Sequence[Change], start: int) -> int | None:
    """Where the next page begins; None where this is the last."""
    room = ROOM
    for number in range(start, min(len(found), start + EACH)):
        room -= sum(min(len(words), LONGEST) + 60 for _, words in found[number].parts) + 120
        if room < 0 and number > start:
            return number
    return start + EACH if len(found) > start + EACH else None
