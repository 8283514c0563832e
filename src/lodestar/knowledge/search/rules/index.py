"""What search keeps of a version: for each term the passages it stands in and its weight there, packed small.

The weight is that of BM25 without the rarity of the term: it grows with how often the term stands in the passage and its
heading, ever more slowly, and a little less in long passages. Rarity depends on the library and comes in as one searches.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from lodestar.knowledge.library.rules.passages import Piece, plain
from lodestar.platform.text.reference_lists import reference_list

_STEMMER = snowballstemmer.stemmer("english")
LONGEST = 60  # characters of a term

_NOT_A_LETTER = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "–": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "—": " ", "―": " ", "\x02": "-"}
)
# Eleven digits after 0 or +44, with a space, line end, bracket or hyphen between; Childline's eight stay apart from what follows.
_PHONE = re.compile(r"(?<![\d.])(?!0800 ?11 ?11(?!\d))(?:\(?\+44\)?\s?(?:\(0\)\s?)?|\(?0)(?=[1-9])(?:\d[\s)-]{0,2}){9}\d(?!\d)")
_SECTION = re.compile(r"(?<!')\b(?:ss?|secs?|sects?|sections?)\.?\s?(\d{1,3}[a-z]?)\b")
_SCHEDULE = re.compile(r"\b(?:schedules?|sched|sch)\.?\s?(\d{1,2})\b")
_AGE = re.compile(r"\b(\d{1,2})\s?(?:yo|y/o|yrs? old|years? old|year olds?|yrs)\b")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_IZE = re.compile(r"iz(?=(?:e|ed|es|er|ers|ing|ation|ations)$)")

# Words that tell no passage from another, and those with which people tell what happened, which count little.
COMMON, FAINT = (frozenset(row["words"].split()) for row in reference_list("search", "plain_words").rows)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The term a word is searched by."""
    return str(_STEMMER.stemWord(_IZE.sub("is", word)))[:LONGEST]


def _forms(text: str) -> str:
    normalised = plain(text).lower().translate(_NOT_A_LETTER).replace("&", " and ")
    normalised = _PHONE.sub(lambda match: f" {phone(match[0])} ", normalised)
    normalised = _SECTION.sub(r" s\1 ", normalised)
    normalised = _SCHEDULE.sub(r" schedule\1 ", normalised)
    return _AGE.sub(r" \1 yearsold ", normalised)


def phone(text: str) -> str:
    """A telephone number as digits only, beginning with 0."""
    digits = "".join(letter for letter in text if letter.isdigit())
    return "0" + digits[2:].lstrip("0") if digits.startswith("44") else digits


def bare_words(text: str) -> Iterator[str]:
    """The words of a text in their order, as they are spelt; of one with a hyphen its parts."""
    for match in _WORD.finditer(_forms(text)):
        yield from match[0].removesuffix("'s").replace("'", "").split("-")


def words(text: str) -> Iterator[str]:
    """The same, and of a word with a hyphen also the whole as one word."""
    for match in _WORD.finditer(_forms(text)):
        word = match[0].removesuffix("'s").replace("'", "")
        if "-" not in word:
            yield word
            continue
        parts = word.split("-")
        yield from parts
        if len(word) <= LONGEST and not word.replace("-", "").isdigit():
            yield "".join(parts)


def significant_words(text: str) -> list[str]:
    """Those words of a text that tell something, as they are spelt."""
    return [word for word in words(text) if is_significant(word)]


def is_significant(word: str) -> bool:
    """Whether a word tells one passage from another."""
    return word not in COMMON and (len(word) > 1 or word.isdigit())


def terms(text: str) -> list[str]:
    """The terms of a text, in its order."""
    return [stem(word) for word in significant_words(text)]


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
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    spelt: Counter[str] = Counter()
    for number, passage in enumerate(passages[:MOST_PASSAGES]):
        if passage.heading.lower().strip(" .:0123456789") in _REFERENCES:
            continue
        words = [word[:LONGEST] for word in significant_words(_searched(passage.text))]
        spelt.update(set(words))
        counts: Counter[str] = Counter()
        for word in words:
            counts[stem(word)] += 1
        for word in significant_words(passage.heading):
            counts[stem(word)] += OF_HEADING  # type: ignore[assignment]  # a count may be a part of one
        length = SOON_ENOUGH * (1 - BY_LENGTH + BY_LENGTH * len(words) / USUAL)
        for term, count in counts.items():
            postings[term].append((number, count * _FULL / (count + length)))
    for word in {*significant_words(title), *significant_words(file_name.rsplit(".", 1)[0].replace("_", " ").replace("-", " "))}:
        postings[stem(word[:LONGEST])].append((TITLE, 1.0))
        spelt.setdefault(word[:LONGEST], 0)
    return {term: _posted(places) for term, places in postings.items()}, spelt


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


@dataclass(frozen=True)
class Step:
    """One step: its code, which stands in an address, what it is called, its topics, and the words that find its passages."""

    code: str
    title: str
    topics: tuple[str, ...]
    ask: str


STEPS = tuple(
    Step(row["code"], row["title"], tuple(row["topics"]), row["ask"]) for row in reference_list("search", "journey").rows
)
