"""Which referral a letter belongs to, by the references it holds, and what kind of letter it is. Pure."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from lodestar.referrals.rules.references import found_by

SHORTEST = 5  # characters of a reference that is looked for: what is shorter stands in any letter by chance
MOST_WORDS = 20_000
_WORD = re.compile(r"[^\s,;:()<>\[\]\"'“”‘’|]+")
DECISION = ("conclusive grounds", "reasonable grounds")
ASKS = ("further information", "additional information", "more information", "please provide", "please send")


def may_be_references(words: str) -> frozenset[str]:
    """Every word of a letter, and every two words side by side, that could be a reference: five letters and digits or more,
    one of them a digit. Whether one is says the register of references alone."""
    normalised = [found_by(word) for word in _first(_WORD.findall(words))]
    candidates = [word for word in normalised if word]
    both = (f"{word}{other}" for word, other in pairwise(candidates))
    return frozenset(word for word in (*candidates, *both) if SHORTEST <= len(word) <= 80 and any(map(str.isdigit, word)))


def _first(words: Iterable[str]) -> Iterator[str]:
    for number, word in enumerate(words):
        if number >= MOST_WORDS:
            return
        yield word


def kind_of(words: str) -> str:
    """What a letter is, by its words: a decision where one is named, else whether it asks for something. A person may say
    otherwise. In doubt a decision: such a letter is not evidence at trial."""
    text = " ".join(words.lower().split())
    if any(phrase in text for phrase in DECISION):
        return "decision"
    return "asks" if any(phrase in text for phrase in ASKS) else "other"


def is_evidence_at_trial(kind: str) -> bool:
    """Whether a letter of this kind may be before a jury: what the competent authority decided or asked is its opinion, and is
    not admissible (R v Brecani [2021] EWCA Crim 731). Of any other a lawyer says."""
    return kind not in ("decision", "asks")
