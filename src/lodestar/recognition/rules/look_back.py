"""Whether signs stood in earlier records before the first concern, and whether that can be told at all. It finds no fault with
anybody: what stands in a record is easier to read afterwards."""

from collections.abc import Collection
from datetime import timedelta

from lodestar.recognition.rules.earlier import KINDS

SEEN, NOTHING_RECORDED, CANNOT_TELL = "seen", "nothing_recorded", "cannot_tell"
LOOKS_BACK = timedelta(days=365)  # for how long before a concern records of a kind must be held for it to be told (policy)


def looked(*, seen: int, kinds_held: Collection[str], people: int, people_known: int) -> str:
    """What can be told. `seen` are the records with a sign before the first concern; `people_known` those of the case whose name
    and day of birth are known, by which alone earlier records are found. What is not held, or cannot be looked for, is never
    *nothing recorded*."""
    if seen:
        return SEEN
    return NOTHING_RECORDED if people and people_known == people and set(kinds_held) >= set(KINDS) else CANNOT_TELL
