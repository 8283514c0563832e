"""How somebody's name is the one that was searched for: whole or a part of it, in whatever order and spelling. Pure."""

from dataclasses import dataclass

from lodestar.intelligence.identities.rules.match_reasons import Described
from lodestar.platform.names.compare_names import How, Pairing, best

_WORDS = {
    How.SAME: "the same name", How.ALIKE: "a name that sounds alike", How.SHORT_FORM: "a short form of the name",
    How.INITIAL: "an initial that fits",
}  # fmt: skip


@dataclass(frozen=True, order=True)
class NameFit:
    """How a name fits: what comes first in a list, and the words for it."""

    rank: tuple[int, ...]
    words: str


def name_fit(sought: Described, recorded: Described) -> NameFit | None:
    """How a recorded name is the one sought: each word of the one sought has its word there, and not by initials alone. None
    where it is another name, or has less than was asked for."""
    pairing = best(sought.name_variants, recorded.name_variants)
    if not pairing.hows or pairing.left_over or min(pairing.hows) == How.INITIAL:
        return None
    how = max(pairing.hows)
    return NameFit((how, pairing.right_over, pairing.is_swapped), _words(pairing, how))


def _words(pairing: Pairing, how: How) -> str:
    words = "a part of the name" if how == How.SAME and pairing.right_over else _WORDS[how]
    turned = ", in another order" if pairing.is_swapped else ""
    return f"{words}{turned}{', in another script' if pairing.other_script else ''}"
