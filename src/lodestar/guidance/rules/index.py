"""What search keeps of a version: for each term the passages it stands in and its weight there, packed small.

The weight is that of BM25 without the rarity of the term: it grows with how often the term stands in the passage and its
heading, ever more slowly, and a little less in long passages. Rarity depends on the library and comes in as one searches.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lodestar.guidance.rules.passages import Piece
from lodestar.guidance.rules.words import LONGEST, stem, told

TITLE = 65_535  # the place of what stands in the title or the file's name
MOST_PASSAGES = 65_000
SOON_ENOUGH = 1.2  # BM25's k1
BY_LENGTH = 0.6  # BM25's b
USUAL = 60  # terms of a passage, about
OF_HEADING = 0.8  # a word of the heading above counts as so much of a word
# Parts of a paper that answer nothing: lists of what else there is to read, and lines on where the paper comes from.
_REFERENCES = frozenset((
    "references", "bibliography", "endnotes", "footnotes", "works cited", "acknowledgements", "contents",
))  # fmt: skip
_LABEL = re.compile(
    r"\W{0,5}(?:source|url|retrieved|downloaded|published|(?:last )?updated|author|licence|version|isbn)\s?:", re.IGNORECASE
)
_RIGHTS = ("crown copyright", "open government licence", "publication is available at", "all rights reserved")
LONGEST_LABELLED = 150  # characters of a line that a label is for
_FULL = SOON_ENOUGH + 1
_WEIGHTS = [byte * _FULL / 255 for byte in range(256)]


@dataclass(frozen=True)
class Posted:
    """One term of a version: the greatest weight, in how many passages, and the packed places."""

    best: float
    spread: int
    places: bytes


def index(passages: Sequence[Piece], title: str, file_name: str) -> tuple[dict[str, Posted], Counter[str]]:
    """The terms of a version, and in how many of its passages each word, as it is spelt, stands."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    spelt: Counter[str] = Counter()
    for number, passage in enumerate(passages[:MOST_PASSAGES]):
        if passage.heading.lower().strip(" .:0123456789") in _REFERENCES:
            continue
        words = [word[:LONGEST] for word in told(_searched(passage.text))]
        spelt.update(set(words))
        counts: Counter[str] = Counter()
        for word in words:
            counts[stem(word)] += 1
        for word in told(passage.heading):
            counts[stem(word)] += OF_HEADING  # type: ignore[assignment]  # a count may be a part of one
        length = SOON_ENOUGH * (1 - BY_LENGTH + BY_LENGTH * len(words) / USUAL)
        for term, count in counts.items():
            found[term].append((number, count * _FULL / (count + length)))
    for word in {*told(title), *told(file_name.rsplit(".", 1)[0].replace("_", " ").replace("-", " "))}:
        found[stem(word[:LONGEST])].append((TITLE, 1.0))
        spelt.setdefault(word[:LONGEST], 0)
    return {term: _posted(places) for term, places in found.items()}, spelt


def _searched(text: str) -> str:
    """A text without its lines on where the paper comes from."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not _is_provenance(line))


def _is_provenance(line: str) -> bool:
    small = line.lower()
    return (len(line) <= LONGEST_LABELLED and bool(_LABEL.match(line))) or any(words in small for words in _RIGHTS)


def _posted(places: Sequence[tuple[int, float]]) -> Posted:
    within = [weight for number, weight in places if number != TITLE]
    return Posted(max(within, default=0.0) + (0.5 if len(within) < len(places) else 0), len(within), pack(places))


def pack(places: Iterable[tuple[int, float]]) -> bytes:
    """Numbers as two bytes each, then weights as one byte each."""
    listed = list(places)
    numbers = array("H", [number for number, _ in listed])
    return numbers.tobytes() + bytes(min(255, round(weight / _FULL * 255)) for _, weight in listed)


def unpack(packed: bytes | memoryview) -> Mapping[int, float]:
    """The weight of each place."""
    count = len(packed) // 3
    numbers = array("H")
    numbers.frombytes(packed[: 2 * count])
    return dict(zip(numbers, map(_WEIGHTS.__getitem__, packed[2 * count :]), strict=True))
