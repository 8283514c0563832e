"""A name as it was written, taken apart into words that can be compared, and two of them laid beside each other."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from lodestar.platform.names.name_readings import (
    ARABIC_PARTICLES,
    FAMILY_READINGS,
    JOINED_TO_NEXT,
    KOREAN_FAMILIES,
    NO_NAME,
    NO_NAME_OTHER,
    NO_NAME_TOGETHER,
    OF_A_SORT,
    PARTICLES,
    SOUTHERN_SIGNS,
    TITLES,
    TWO_SIGN_FAMILIES,
    WEAK,
)
from lodestar.platform.names.phonetics import skeletons, wade
from lodestar.platform.names.scripts import Word, in_latin, script_of
from lodestar.platform.text.reference_lists import reference_list

MOST_WORDS = 6
MIDDLES = ("thi", "van")
LONG = 5  # sounds of a word that is a whole name by itself
_APART = re.compile(
    r"[^\w'’ʼ`´‘\u0300-\u036f\u0591-\u05bd\u05bf-\u05f4\u064b-\u0670\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_"
)
_SERVANT = r"abd(?:[aeiou]{0,2}[lrsnztd]?)?|عبد|עבד|আব্দুল|আবদুল|अब्दुल|ਅਬਦੁਲ"  # the first half of a name such as Abd al-Rahman
_JOINED = re.compile(rf"(?<!\w)({'|'.join(sorted(JOINED_TO_NEXT))}|{_SERVANT})[\s-]++(?:al[\s-]++)?(?=\w)")
_ALIAS = re.compile(r"\b(?:a\.?k\.?a\.?|also known as|alias|nee|née|formerly)\b|[/;|=]", re.IGNORECASE)
_SIGNS_ALONE = ("CJK", "HANGUL")


@dataclass(frozen=True)
class Part:
    """One word of a name: how it may be written in Latin letters (the likeliest first), its script, whether that leaves vowels
    unwritten, and whether the word tells nobody apart."""

    latins: tuple[str, ...]
    script: str
    is_bare: bool
    is_weak: bool
    full: tuple[str, ...] = ()  # of which names it is a short form
    is_long: bool = False  # a whole name by itself
    is_middle: bool = False  # tells nobody apart, and no other stands in its place

    @property
    def is_initial(self) -> bool:
        return len(self.latins[0]) == 1 and self.script not in _SIGNS_ALONE


@lru_cache(maxsize=65_536)
def parts_of(name: str) -> tuple[Part, ...]:
    """The words of one name without titles and particles. Empty where nobody is named by it."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold()).strip()
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")  # marks that are not seen
    if _says_nobody(text):
        return ()
    words = [word for word in (_bare(word) for word in _APART.split(_JOINED.sub(r"\1", text))) if script_of(word)]
    words = [word for word in words if word not in TITLES]
    if len(words) == 1 and script_of(words[0]) in _SIGNS_ALONE:
        words = _by_family(words[0])
    parts = _read(words)
    if all(part.is_initial for part in parts):
        return ()
    if all(part.is_weak for part in parts):  # where nothing else is known of them, it is their name
        parts = [replace(part, is_weak=False, is_middle=False) for part in parts]
    return tuple(parts[:MOST_WORDS])


def aliases(text: str) -> tuple[str, ...]:
    """The names in a field where somebody wrote several: `Ana Pop aka Anca`, `Katarzyna (Kasia) Nowak`,
    or one in two scripts."""
    names = [alias.strip() for alias in _ALIAS.split(text)]
    bracket = re.search(r"\(([^()]+)\)", text)
    if bracket:
        without = f"{text[: bracket.start()]} {text[bracket.end() :]}".strip()
        names = [*(alias.strip() for alias in _ALIAS.split(without)), bracket[1].strip()]
    names += [alias for name in names for alias in _by_script(name)]
    return tuple(dict.fromkeys(alias for alias in names if alias))


def _by_script(name: str) -> list[str]:
    """A name that somebody wrote in two scripts, each by itself: `Wang Xiaoming 王小明`."""
    runs: dict[str, list[str]] = {}
    for word in name.split():
        if script := script_of(word):
            runs.setdefault(script, []).append(word)
    return [" ".join(words) for words in runs.values()] if len(runs) > 1 else []


def _says_nobody(text: str) -> bool:
    """Whether a word says that nobody is named, or none says anything but what sort of person it is: Man is a name, and
    `a man` is none."""
    plain = " ".join(re.sub(r"[^\w]+", " ", text).split())
    words = [word for word in plain.split() if word not in TITLES]
    if NO_NAME.intersection(words) or NO_NAME_OTHER.intersection(words):
        return True
    if any(f" {phrase} " in f" {plain} " for phrase in NO_NAME_TOGETHER):
        return True
    return all(word in OF_A_SORT or word.isdigit() or (len(word) == 1 and script_of(word) == "LATIN") for word in words)


def _bare(word: str) -> str:
    """The word without apostrophes and marks that only tell how it is said; letters of India and Thailand keep theirs."""
    return "".join(c for c in word if c.isalnum() or unicodedata.category(c) in ("Mc", "Mn"))


def _by_family(word: str) -> list[str]:
    if len(word) < 2 or len(word) > 5:
        return [word]
    length = 2 if word[:2] in TWO_SIGN_FAMILIES and len(word) > 2 else 1
    return [word[:length], word[length:]]


def _read(words: list[str]) -> list[Part]:
    parts: list[Part] = []
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        script = script_of(word)
        if not script:
            continue
        latin = in_latin(word).latin
        is_particle = (script == "LATIN" and latin in PARTICLES) or word in ARABIC_PARTICLES
        if is_particle and not (is_last and not parts):
            continue
        parts.append(_part(word, is_first=place == 0 and len(words) > 1))
    return parts


@lru_cache(maxsize=65_536)
def _part(word: str, *, is_first: bool) -> Part:
    read = in_latin(word)
    latins = tuple(dict.fromkeys(_latins(word, read, is_first=is_first)))
    full = tuple(name for latin in latins[:1] for name in _short_forms().get(latin, ()))
    return Part(
        latins=latins, script=read.script, is_bare=read.is_bare, is_weak=latins[0] in WEAK, full=full,
        is_middle=latins[0] in MIDDLES, is_long=len(skeletons(latins[0])[0]) >= LONG,
    )  # fmt: skip


def _latins(word: str, read: Word, *, is_first: bool) -> tuple[str, ...]:
    latin = read.latin
    if is_first and word in KOREAN_FAMILIES:
        return (*KOREAN_FAMILIES[word].split(), latin)
    if read.script == "CJK":
        southern = "".join(SOUTHERN_SIGNS.get(sign, (part,))[0] for sign, part in zip(read.signs, read.parts, strict=False))
        more = SOUTHERN_SIGNS.get(word, ()) if is_first else ()
        pinyin = FAMILY_READINGS.get(word, latin) if is_first else latin
        return (pinyin, *dict.fromkeys((southern, "".join(map(wade, read.parts)), *more)))
    return (latin, *read.others)


@lru_cache(maxsize=1)
def _short_forms() -> dict[str, tuple[str, ...]]:
    names_by_short_form: dict[str, list[str]] = {}
    for row in reference_list("names", "short_names").rows:
        for short in row["called"]:
            names_by_short_form.setdefault(short, []).append(row["code"])
    return {short: tuple(names) for short, names in names_by_short_form.items()}


def units(parts: tuple[Part, ...]) -> tuple[tuple[frozenset[int], Part], ...]:
    """The words, and each two neighbours written as one, with the places they take: Xiao Ming is also Xiaoming."""
    alone = [(frozenset({place}), part) for place, part in enumerate(parts)]
    if len(parts) < 3:
        return tuple(alone)
    joined = [
        (frozenset({place, place + 1}), _joined(left, right))
        for place, (left, right) in enumerate(pairwise(parts))
        if len(left.latins[0]) + len(right.latins[0]) <= 14 and left.script == right.script
    ]
    return (*alone, *joined)


def _joined(left: Part, right: Part) -> Part:
    latins = tuple(f"{latin}+{other}" for latin, other in product(left.latins[:2], right.latins[:2]))
    return Part(latins, left.script, left.is_bare, left.is_weak and right.is_weak)
