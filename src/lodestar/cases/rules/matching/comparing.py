"""Two names laid beside each other: which of their words are one name, and what is left over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from lodestar.cases.rules.matching.names import Part, parts_of, units
from lodestar.cases.rules.matching.sounds import distance, phones, skeletons

# The distance up to which words of three consonants and more, shorter ones, and words written as one, sound alike.
NEAR, NEAR_SHORT, NEAR_JOINED = 0.27, 0.2, 0.2


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
    found = [paired(one, other) for one in left for other in right]
    return min(found, key=lambda pairing: pairing.rank, default=NOTHING)


@lru_cache(maxsize=16_384)
def paired(left: str, right: str) -> Pairing:
    """Two names laid beside each other, in whatever order and however their words are joined."""
    one, other = parts_of(left), parts_of(right)
    if not one or not other:
        return NOTHING
    pairing = _laid(one, other)
    if not pairing.hows or (pairing.is_whole and not pairing.left_over and not pairing.right_over):
        return pairing
    joined = [*((some, other) for some in _joined(one)), *((one, others) for others in _joined(other))]
    return min((pairing, *(_laid(some, others) for some, others in joined)), key=lambda each: each.rank)


def _joined(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """The words with each two neighbours as one, as the other may have written them."""
    return [
        (*parts[: min(places)], part, *parts[max(places) + 1 :]) for places, part in units(parts) if len(places) == 2
    ]


def _laid(left: tuple[Part, ...], right: tuple[Part, ...]) -> Pairing:
    ways = sorted(
        (how, abs(i - j), i, j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (how := how_alike(one, other)) is not None
    )
    taken: dict[int, tuple[int, How]] = {}
    used: set[int] = set()
    for how, _, i, j in ways:
        if i not in taken and j not in used:
            taken[i] = (j, how)
            used.add(j)
    strong = sum(
        min(left[i].counts, right[j].counts) for i, (j, _) in taken.items() if not (left[i].is_weak and right[j].is_weak)
    )
    order = [taken[i][0] for i in sorted(taken)]
    return Pairing(
        hows=tuple(taken[i][1] for i in sorted(taken)),
        strong=strong,
        left_over=_left_over(left, taken, right, used),
        right_over=_left_over(right, used, left, taken),
        is_long=any(left[i].is_long and right[j].is_long for i, (j, _) in taken.items()),
        is_swapped=len(order) > 1 and order != sorted(order),
        other_script=any(left[i].script != right[j].script for i, (j, _) in taken.items()),
    )


def _left_over(
    parts: tuple[Part, ...], used: Collection[int], others: tuple[Part, ...], others_used: Collection[int]
) -> int:
    """How many words are left that tell people apart. Thi and Van tell nobody apart, but speak against another in their place."""
    left = [part for place, part in enumerate(parts) if place not in used and not part.is_initial]
    against = any(place not in others_used and not part.is_weak for place, part in enumerate(others))
    return sum(not part.is_weak or (against and part.is_middle) for part in left)


def how_alike(one: Part, other: Part) -> How | None:
    """How two words are one name, or None."""
    if one.latins[0].replace("+", "") == other.latins[0].replace("+", ""):
        return How.SAME
    if one.is_initial or other.is_initial:
        first = one if one.is_initial else other
        whole = other if one.is_initial else one
        return How.INITIAL if any(latin[:1] == first.latins[0] for latin in whole.latins) else None
    if _sounds_alike(one.latins, other.latins, one.is_bare or other.is_bare):
        return How.ALIKE
    if set(one.full) & set(other.full) or _short(one, other) or _short(other, one):
        return How.SHORT_FORM
    return None


def _short(one: Part, other: Part) -> bool:
    return bool(one.full) and _sounds_alike(one.full, other.latins, other.is_bare)


def _sounds_alike(some: tuple[str, ...], others: tuple[str, ...], is_bare: bool) -> bool:
    return any(_is_near(one, other, is_bare) for one in some for other in others)


@lru_cache(maxsize=131_072)
def _is_near(one: str, other: str, is_bare: bool) -> bool:
    if one == other:
        return True
    is_joined = "+" in one or "+" in other
    weight = min(sum(bool(phone.coarse) for phone in phones(word)) for word in (one, other))
    if weight >= 4 or set(skeletons(one)) & set(skeletons(other)):
        most = NEAR if weight >= 3 else NEAR_SHORT
        return distance(one, other, is_bare) <= (min(most, NEAR_JOINED) if is_joined else most)
    return False
