"""Two names laid beside each other: which of their words are one name, and what is left over."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache

from lodestar.platform.names.name_readings import OPPOSED
from lodestar.platform.names.names import Part, parts_of, units
from lodestar.platform.names.phonetics import phones, skeletons, sung

# How much of two words is the same from which they sound alike: of three consonants and more, of fewer, where a script leaves
# vowels unwritten, and where a letter was misheard or left out of a long one.
NEAR, NEAR_SHORT, NEAR_BARE, NEAR_MISHEARD = 0.75, 0.81, 0.5, 0.84


class How(IntEnum):
    """How two words of names are one, the surest first."""

    SAME = 0
    ALIKE = 1
    SHORT_FORM = 2
    INITIAL = 3


@dataclass(frozen=True)
class Pairing:
    """What two names have in common: how each pair of words is one, in the order of the first name; how many that tell
    people apart are among them; what each has besides; and whether the order is another."""

    hows: tuple[How, ...]
    strong: int
    left_over: int
    right_over: int
    is_long: bool = False  # one word that is a whole name by itself
    is_swapped: bool = False
    other_script: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether it is one whole name: at least two words, and not something else on both sides."""
        full = sum(how != How.INITIAL for how in self.hows)
        if self.left_over and self.right_over:
            return False
        if not self.left_over and not self.right_over and self.strong >= 1 and full >= 1:
            return len(self.hows) >= 2 or self.is_long or self.strong >= 2
        return self.strong >= 2 and full >= 1

    @property
    def is_only_name(self) -> bool:
        """Whether both are known by one word only, and it is one."""
        return len(self.hows) == 1 and not self.left_over and not self.right_over and self.strong == 1

    @property
    def rank(self) -> tuple[int, ...]:
        return (not self.is_whole, -self.strong, self.left_over + self.right_over, sum(self.hows))


NOTHING = Pairing((), 0, 1, 1)


def best(left: Sequence[str], right: Sequence[str]) -> Pairing:
    """The best pairing of any name of one with any name of the other."""
    pairings = [paired(name, other) for name in left for other in right]
    return min(pairings, key=lambda pairing: pairing.rank, default=NOTHING)


@lru_cache(maxsize=16_384)
def paired(left: str, right: str) -> Pairing:
    """Two names laid beside each other, in whatever order and however their words are joined."""
    parts, other = parts_of(left), parts_of(right)
    if not parts or not other:
        return NOTHING
    pairing = _laid(parts, other)
    if pairing.is_whole and not pairing.left_over and not pairing.right_over:
        return pairing
    joined = [*((some, other) for some in _joined(parts, other)), *((parts, others) for others in _joined(other, parts))]
    return min((pairing, *(_laid(some, others) for some, others in joined)), key=lambda each: each.rank)


def _joined(parts: tuple[Part, ...], other: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """The words with each two neighbours as one, and four as two, as whoever wrote fewer may have written them."""
    if len(parts) <= len(other) and _count_distinctive(parts) <= _count_distinctive(other):
        return []
    twos = {min(places): part for places, part in units(parts) if len(places) == 2}
    variants = [(*parts[:place], part, *parts[place + 2 :]) for place, part in twos.items()]
    return [*variants, (twos[0], twos[2])] if len(parts) == 4 and {0, 2} <= twos.keys() else variants


def _count_distinctive(parts: tuple[Part, ...]) -> int:
    return sum(not part.is_weak for part in parts)


def _laid(left: tuple[Part, ...], right: tuple[Part, ...]) -> Pairing:
    ways = sorted(
        (how, abs(i - j), i, j)
        for i, part in enumerate(left)
        for j, other in enumerate(right)
        if (how := how_alike(part, other)) is not None
    )
    taken: dict[int, tuple[int, How]] = {}
    used: set[int] = set()
    for how, _, i, j in ways:
        if i not in taken and j not in used:
            taken[i] = (j, how)
            used.add(j)
    strong = sum(not (left[i].is_weak and right[j].is_weak) for i, (j, _) in taken.items())
    order = [taken[i][0] for i in sorted(taken)]
    return Pairing(
        hows=tuple(taken[i][1] for i in sorted(taken)),
        strong=strong,
        left_over=_left_over(left, taken, right, used),
        right_over=_left_over(right, used, left, taken),
        is_long=any(left[i].is_long and right[j].is_long for i, (j, _) in taken.items()),
        is_swapped=order != sorted(order),
        other_script=any(left[i].script != right[j].script for i, (j, _) in taken.items()),
    )


def _left_over(parts: tuple[Part, ...], used: Collection[int], others: tuple[Part, ...], others_used: Collection[int]) -> int:
    """How many words are left that tell people apart. Thi and Van tell nobody apart, but speak against another in their place."""
    left = [part for place, part in enumerate(parts) if place not in used and not part.is_initial]
    theirs = [part for place, part in enumerate(others) if place not in others_used]
    against = any(not part.is_weak for part in theirs)
    opposed = {word for part in theirs for word in OPPOSED.get(part.latins[0], ())}
    return sum(not part.is_weak or (against and part.is_middle) or part.latins[0] in opposed for part in left)


@lru_cache(maxsize=131_072)
def how_alike(part: Part, other: Part) -> How | None:
    """How two words are one name, or None."""
    if part.latins[0].replace("+", "") == other.latins[0].replace("+", ""):
        return How.SAME
    if part.is_initial or other.is_initial:
        first = part if part.is_initial else other
        whole = other if part.is_initial else part
        return How.INITIAL if any(latin[:1] == first.latins[0] for latin in whole.latins) else None
    if _sounds_alike(part.latins, other.latins, part.is_bare or other.is_bare):
        return How.ALIKE
    if set(part.full) & set(other.full) or _short(part, other) or _short(other, part):
        return How.SHORT_FORM
    return None


def _short(part: Part, other: Part) -> bool:
    return bool(part.full) and _sounds_alike(part.full, other.latins, other.is_bare)


def _sounds_alike(some: tuple[str, ...], others: tuple[str, ...], is_bare: bool) -> bool:
    return any(_is_near(latin, other, is_bare) for latin in some for other in others)


@lru_cache(maxsize=131_072)
def _is_near(latin: str, other: str, is_bare: bool) -> bool:
    if latin == other:
        return True
    weight = min(_weight(latin), _weight(other))
    some, others = _skeletons(latin), _skeletons(other)
    most = NEAR_BARE if is_bare else NEAR if weight >= 3 else NEAR_SHORT
    if not some & others:
        if weight < 4 or not {read[:1] for read in some} & {read[:1] for read in others}:
            return False  # letters that were misheard or left out are seldom the first
        most = NEAR_MISHEARD
    first, second = (re.sub("[aiu]", "", sung(word)) if is_bare else sung(word) for word in (latin, other))
    return SequenceMatcher(a=first, b=second, autojunk=False).ratio() >= most


@lru_cache(maxsize=65_536)
def _skeletons(latin: str) -> frozenset[str]:
    return frozenset(skeletons(latin))


@lru_cache(maxsize=65_536)
def _weight(latin: str) -> int:
    return sum(bool(phone.coarse) for phone in phones(latin))
