"""What likeness of meaning adds to the order that words make, where an operator supplies a sentence model (docs/adr/0029).

Words decide. A passage that means much the same as the question raises its document among those that have its words, and a
document that has none of them is listed only where its meaning is plain.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from lodestar.guidance.rules.ranking import Ranked, Standing

PLAIN = 0.4  # likeness from which a passage may be on the matter
ADDED = 10  # versions that come in for their meaning alone, at most
OF_MEANING = 0.6  # what the nearest passage adds, as a share of the best score that words gave


class Near(NamedTuple):
    """The passage of a version that is nearest to a question, and how near it is (-1 to 1)."""

    passage: int
    likeness: float


def plainly_near(near: Mapping[UUID, Near], but: Collection[UUID]) -> list[UUID]:
    """The versions that are plainly near in meaning and not among those that words found (`but`), the nearest first."""
    plain = [version for version, one in near.items() if one.likeness >= PLAIN and version not in but]
    return sorted(plain, key=lambda version: (-near[version].likeness, str(version)))


def fused(found: Sequence[Ranked], near: Mapping[UUID, Near], standing: Mapping[UUID, Standing]) -> list[Ranked]:
    """The order anew, with what likeness of meaning adds, less where a document is not in force. `near`: of those found, and
    of those that are looked at for their meaning alone, the nearest passage. A version that has no word of the question shows
    none of it."""
    if not near:
        return list(found)
    most = max((one.score for one in found), default=0.0) or 1.0
    by_words = {one.version for one in found}
    alone = [Ranked(version, 0.0, 0.0, [(one.passage, 0.0)]) for version, one in near.items() if version not in by_words]
    every = [*found, *(one for one in alone if near[one.version].likeness >= PLAIN)]
    for one in every:
        if one.version in near:
            likeness = max(0.0, near[one.version].likeness)
            one.score += most * OF_MEANING * likeness * standing.get(one.version, Standing()).factor()
    return sorted(every, key=lambda one: (-one.score, str(one.version)))
