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

# Words that stand in most sentences, and those with which people ask: they tell no passage from another.
COMMON = frozenset(
    word
    for line in (
        "a an and any are as at be been being but by can cannot could did do does doing done for from get gets getting give",
        "got had has have having he her hers him his how i if in into is it its just me my no nor not of off on or our ours",
        "out over please she so some such than that the their theirs them then there these they this those to too up us very",
        "was we were what when where which while who whom whose why will with would you your yours im ive id ill hes shes",
        "theyre theyve weve youre thats whats wheres hows dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt werent",
        "havent hasnt shouldnt also need needs needed want wants wanted tell know meant like thing things stuff something",
        "anything someone somebody anyone anybody bit lot much many really actually still yet ok okay hi hello thanks ta pls",
        "plz gonna gotta lemme etc re via per sure goes go going dunno gunna wanna whos theyd youd hed itll theyll youll",
        "thatll wouldve shouldve couldve mustve aint innit cos coz cuz tho thru abt bout wot wat shud cud wud ur yeah yh nah",
        "lol cheers b4 theres heres whys soz erm prob probs deffo",
    )
    for word in line.split()
)

# Words with which people tell what happened: they seldom tell what guidance is about, and count little.
FAINT = frozenset(
    word
    for line in (
        "able about above across add advice after afterwards again against ago ahead all allowed alone along already always",
        "amount another answer appear appears around ask asked asking asks away back bad bag based basically became because",
        "become before began begin begins behind best better big bits bloke bother bothered bothering break breaks bring",
        "broke brought busy call called calls came case catch caught cause chap choose chosen clear close clue come comes",
        "comment common confused convinced correct count counts couple day days deal dealt decent decide decided definitely",
        "difference different doubt doubts down drop dropped during each early easiest easy effect either else end enough",
        "even ever every everyone everything exact exactly example expect explain fact fair far fast feel few figure fill",
        "final finally find fine finish finished first fit five follow following follows forget form forward found four full",
        "further gave given gives gone good great guidance guy guys half hand handle happen happened happening happens happy",
        "hard hear heard help hold hope hour hours however idea info information inside instead involve issue item job join",
        "keep keeping keeps kept kind kinda knew knows laid land lands last late later least leaves left less let lets",
        "letting likely list little lives loads long look looked looking looks lots love made main make makes making manage",
        "managed manages manner matter may maybe mean meaning means mention mentioned mentions mess middle might mine minute",
        "minutes miss moment month months more morning most move must name named near nearly never new next nice night nobody",
        "none normal note nothing notice noticed notices now number obvious odd often old once one ones only onto onwards",
        "open opened opening opens opposite order other others otherwise own pair part particular pass passed passes passing",
        "past pick piece place plenty point popped possible previous probably problem proper properly pulled push put puts",
        "question quick quickest quickly quite raise rather ready real realise reason reasons recently regarding related",
        "relevant remember result right ring rings rough round route routes run said same saw saying says second see seem",
        "seems seen send sending sends sent set several shortly should show shown shows simple simply sit sits situation",
        "sleeps slightly slow small soon sort sorted speak spend spent spotted stand stands start started starting starts",
        "state step steps stood stop stopped straight struggling stuck stupid suddenly suggest suppose supposed surely switch",
        "take taken takes taking talk talking telling tells ten think thinks thought three threw throw throws til till time",
        "times today together told tomorrow tonight took total tough toward tried tries try trying turn turned turning turns",
        "twice two type under unless unlikely unsure until use used useful usual usually various walk walked way ways week",
        "weeks weird well went whatever whenever whether whichever whole without wonder wondering words work working worried",
        "worry worse worth wrong wrote year years yes yesterday",
    )
    for word in line.split()
)


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
