"""A name as it was written, taken apart into words that can be compared, and two of them laid beside each other."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, product

from lodestar.platform.names.name_readings import (
    ARABIC_PARTICLES,
    FAMILY_READINGS,
    JOINED_TO_LAST,
    JOINED_TO_NEXT,
    KOREAN_FAMILIES,
    KOREAN_IN_LATIN,
    NO_NAME,
    NO_NAME_OTHER,
    NO_NAME_TOGETHER,
    OF_A_SORT,
    PARTICLES,
    PERHAPS_PARTICLES,
    SOUTHERN_SIGNS,
    TITLES,
    TWO_SIGN_FAMILIES,
    WEAK,
)
from lodestar.platform.names.phonetics import SYLLABLE, is_chinese, nuclei, skeleton, wade
from lodestar.platform.names.scripts import Word, in_latin, script_of
from lodestar.platform.text.reference_lists import reference_list

MOST_WORDS = 6
MIDDLES = ("thi", "van")
LONG, LONG_LETTERS = 5, 10  # sounds, or letters, of a word that is a whole name by itself
_APART = re.compile(
    r"[^\w'’ʼ`´‘\u0300-\u036f\u0591-\u05bd\u05bf-\u05f4\u064b-\u0670\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+|_"
)
_ALIAS = re.compile(r"\b(?:a\.?k\.?a\.?|also known as|alias|nee|née|formerly)\b|[/;|=]", re.IGNORECASE)
_SIGNS_ALONE = ("CJK", "HANGUL")
_KOREAN_ONE = r"(?:ch|[gkndtrlmbpsjchw])?h?[yw]?[aeiou]{1,3}(?:ng|ck|[nmklpt])?"
_KOREAN = re.compile(rf"(?:{_KOREAN_ONE}){{1,2}}")
_ZAI = re.compile(r"(?<=[dt])(?=z[aeo][iy]$)")  # Ahmad-zai, of which d and z are two sounds
_LAST_APART = re.compile(rf"(?<!\w)(\w++)[\s-]++({'|'.join(sorted(JOINED_TO_LAST))})(?!\w)", re.IGNORECASE)
_ABD = re.compile(r"^abd[aeiou]{0,2}l?(?=..)")


@dataclass(frozen=True)
class Part:
    """One word of a name: how it may be written in Latin letters (the likeliest first), its script, whether that leaves vowels
    unwritten, whether the word tells nobody apart, and for how many words of a name it stands."""

    latins: tuple[str, ...]
    script: str
    is_bare: bool
    is_weak: bool
    counts: int
    full: tuple[str, ...] = ()  # of which names it is a short form
    is_long: bool = False  # a whole name by itself
    is_middle: bool = False  # tells nobody apart, and no other stands in its place
    pinyin: str = ""  # the one syllable of a Chinese name that it is
    nucleus: str = ""  # the vowels of the one syllable of a Vietnamese name that it is, by their quality
    with_particle: str = ""  # written as one word with what stands before it, which another may have done or left out

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
    words = [word for word in (_bare(word) for word in _APART.split(text)) if script_of(word)]
    words = [word for word in words if word not in TITLES]
    if len(words) == 1 and script_of(words[0]) in _SIGNS_ALONE:
        words = _by_family(words[0])
    parts = _of_vietnam(_of_korea(_of_china(_read(words))))
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


def ends_joined(name: str) -> tuple[str, ...]:
    """The name with what may be only the end of one put onto the word before it, and as it is written: Ahmad Zai is Ahmadzai,
    and Mina Zai is as well Zai Mina."""
    return _LAST_APART.sub(_onto_last, name), name


def _onto_last(ending_match: re.Match[str]) -> str:
    before = ending_match[1].casefold()
    is_whole = SYLLABLE.fullmatch(before) is not None or (ending_match.start() == 0 and before in TITLES)
    return ending_match[0] if is_whole else ending_match[1] + ending_match[2]


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
    before = ""  # what was left out or is written onto the next word
    for place, word in enumerate(words):
        is_last = place == len(words) - 1
        script = script_of(word)
        if not script:
            continue
        latin = in_latin(word).latin
        is_latin = script == "LATIN"
        if is_latin and latin in JOINED_TO_NEXT and not is_last:
            before = latin
            continue
        if ((is_latin and latin in PARTICLES) or word in ARABIC_PARTICLES) and not (is_last and not parts):
            before = before or (latin if is_latin and not is_last else "")
            continue
        if _is_servant(word, latin) and not is_last:
            before = "abd"
            continue
        part = _part(word, before, is_first=place == 0, alone=len(words) == 1)
        if is_latin and latin in PERHAPS_PARTICLES and len(words) > 2:
            part = replace(part, is_weak=True, is_middle=True)
        parts.append(part)
        before = ""
    return parts


def _of_china(parts: list[Part]) -> list[Part]:
    """The words with the syllables of pinyin that they are, where they are a Chinese name in Latin letters."""
    if any(part.script != "LATIN" for part in parts) or not is_chinese([part.latins[0] for part in parts]):
        return parts
    return [replace(part, pinyin=part.latins[0]) if SYLLABLE.fullmatch(part.latins[0]) else part for part in parts]


def _of_korea(parts: list[Part]) -> list[Part]:
    """The words, where the first or last is a family name of Korea and the others have one or two syllables, with how else
    families write that name."""
    ends = {0, len(parts) - 1} if 2 <= len(parts) <= 3 and all(part.script == "LATIN" for part in parts) else ()
    korean_parts = list(parts)
    for place in ends:
        others = KOREAN_IN_LATIN.get(parts[place].latins[0], ())
        if others and all(_KOREAN.fullmatch(part.latins[0]) for number, part in enumerate(parts) if number != place):
            korean_parts[place] = replace(parts[place], latins=tuple(dict.fromkeys((*parts[place].latins, *others))))
    return korean_parts


def _of_vietnam(parts: list[Part]) -> list[Part]:
    """The words with their vowels, where they are a Vietnamese name in Latin letters."""
    if any(part.script != "LATIN" for part in parts):
        return parts
    vowels = nuclei([part.latins[0] for part in parts])
    return [replace(part, nucleus=part_vowels) for part, part_vowels in zip(parts, vowels, strict=True)] if vowels else parts


@lru_cache(maxsize=65_536)
def _is_servant(word: str, latin: str) -> bool:
    """Whether it is the first half of a name such as Abd al-Rahman."""
    return word in ("عبد", "עבד") or re.fullmatch(r"abd(?:[aeiou]{0,2}[lrsnztd]?)?", latin) is not None


@lru_cache(maxsize=65_536)
def _part(word: str, before: str, *, is_first: bool, alone: bool) -> Part:
    read = in_latin(word)
    latins = list(_latins(word, read, is_first=is_first and not alone))
    if before == "abd":
        latins = ["abd" + latin for latin in latins]
    elif before in JOINED_TO_NEXT:
        latins = [before + latins[0], *latins]
    with_particle = before + latins[0] if before and before != "abd" and before not in JOINED_TO_NEXT else ""
    if with_particle:
        latins.append(with_particle)
    is_two = before in ("abd", *JOINED_TO_NEXT) or latins[0].startswith("abd")
    full = tuple(name for latin in latins[:1] for name in _short_forms().get(latin, ()))
    return Part(
        latins=tuple(dict.fromkeys(latins)), script=read.script, is_bare=read.is_bare, is_weak=latins[0] in WEAK, full=full,
        is_middle=latins[0] in MIDDLES, counts=2 if is_two else 1, is_long=_is_long(latins[0]), with_particle=with_particle,
        pinyin=latins[0] if read.script == "CJK" and SYLLABLE.fullmatch(latins[0]) else "",
    )  # fmt: skip


def _is_long(latin: str) -> bool:
    return len(latin) >= LONG_LETTERS or len(skeleton(latin)) >= LONG


def _latins(word: str, read: Word, *, is_first: bool) -> tuple[str, ...]:
    latin = read.latin
    if read.script == "HANGUL":
        if is_first and word in KOREAN_FAMILIES:
            return (*KOREAN_FAMILIES[word].split(), latin)
        return (latin, *read.others)
    if read.script == "CJK":
        southern = "".join(SOUTHERN_SIGNS.get(sign, (part,))[0] for sign, part in zip(read.signs, read.parts, strict=False))
        more = SOUTHERN_SIGNS.get(word, ()) if is_first else ()
        pinyin = FAMILY_READINGS.get(word, latin) if is_first else latin
        return (pinyin, *dict.fromkeys((southern, "".join(map(wade, read.parts)), *more)))
    if read.script == "ARABIC":
        return _arabic(word, read)
    if latin.startswith("abd") and len(latin) > 6:
        return ("abd" + _ABD.sub("", latin), latin)
    if read.script == "LATIN" and re.match(r"[ae]l[bcdfghjkmnpqrstvwxyz]", latin) and len(latin) > 6:
        return (latin, latin[2:])
    apart = _ZAI.sub("'", latin) if read.script == "LATIN" else latin
    return (latin, apart, *read.others)


def _arabic(word: str, read: Word) -> tuple[str, ...]:
    for start in ("عبدال", "عبد"):
        if word.startswith(start) and len(word) - len(start) >= 2:
            return ("abd" + in_latin(word[len(start) :]).latin,)
    if word.startswith("ال") and len(word) > 4:
        rest = in_latin(word[2:])
        return (rest.latin, *rest.others, read.latin)
    return (read.latin, *read.others)


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
    counts = max(left.counts, right.counts)  # the words of another may be joined as well
    return Part(latins, left.script, left.is_bare, left.is_weak and right.is_weak, counts)
