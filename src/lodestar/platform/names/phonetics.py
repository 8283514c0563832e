"""How a name sounds, as far as that can be told from how it was written down: consonants in classes, with what each letter
may also have stood for. Two spellings of one name differ in vowels, in doubled letters and within a class."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from lodestar.platform.names.name_readings import CHINESE_FAMILIES, VIETNAMESE_NAMES, VIETNAMESE_TELLS, WADE
from lodestar.platform.text.reference_lists import reference_list

VOWELS = "aeiou"
MOST_READINGS = 8  # of one name; more would make a search of hundreds of marks

_LIST = reference_list("names", "letters")
# What letters stand for: class, narrower class, and what else may be meant by them.
_LETTERS = {row["code"]: (row["coarse"], row["narrow"], tuple(row["also"])) for row in _LIST.rows}
_APART = re.compile(r"(?<=[aeiouy])['+]|['+](?=[aeiouy])")  # they keep apart consonants alone
_SILENT_END = re.compile(r"(?<=[aeiou])h+$")  # Hannah, Sarah
_LONGEST = max(map(len, _LETTERS))
_NARROW = {"T": "s", "Z": "z", "C": "c", "J": "j", "S": "s"}


@dataclass(frozen=True)
class Phone:
    """One sound: the letters, its class, its narrower class, what else it may be, and whether it is a vowel."""

    letters: str
    coarse: str
    narrow: str
    also: tuple[str, ...] = ()
    is_vowel: bool = False


@lru_cache(maxsize=65_536)
def phones(latin: str) -> tuple[Phone, ...]:
    """The sounds of a word in Latin letters, runs of one letter as one."""
    latin = _SILENT_END.sub("", _APART.sub("", latin)).replace("wh", "hw")  # Hwa is written Wha as well
    if latin[:1] == "i" and latin[1:2] in tuple("aou"):
        latin = "y" + latin[1:]  # Iulia is Yulia, and in a passport Yuliya is Iuliia
    sounds: list[Phone] = []
    place = 0
    while place < len(latin):
        letter = latin[place]
        if place and letter == latin[place - 1] and letter not in VOWELS:
            place += 1
            continue
        if _is_vowel(latin, place):
            end = place
            while end < len(latin) and _is_vowel(latin, end):
                end += 1
            also = ("4",) if "y" in latin[place + 1 : end] else ()  # what one writes with y another writes with j
            sounds.append(Phone(latin[place:end].replace("y", "i"), "", "", also, is_vowel=True))
            place = end
            continue
        lengths = range(_LONGEST, 0, -1)
        length = next((n for n in lengths if latin[place : place + n] in _LETTERS), 0)
        if length:
            letters = latin[place : place + length]
            sounds.append(_phone(letters, latin[place + length : place + length + 1], before=latin[place - 1 : place]))
        place += length or 1
    return tuple(sounds)


def _is_vowel(latin: str, place: int) -> bool:
    """A y is one but at the beginning of a syllable that follows none."""
    letter = latin[place]
    if letter != "y":
        return letter in VOWELS
    return latin[place + 1 : place + 2] not in tuple(VOWELS) or latin[place - 1 : place] in tuple(VOWELS)


def _phone(letters: str, follows: str, *, before: str) -> Phone:
    coarse, narrow, also = _LETTERS[letters]
    is_first = not before
    if letters in ("c", "ç", "sc") and follows in tuple("eiy"):
        coarse, narrow, also = "4", "s", ("2",)
    elif letters == "c" and follows == "v":
        coarse, narrow, also = "4", "T", ("2",)  # of Serbs, Croats and Bulgars: Cvetana is Tsvetana
    elif letters == "g" and follows in tuple("eiy"):
        also = ("4", "")
    elif letters == "x" and (is_first or follows in tuple("iu")):
        coarse, narrow, also = "4", "s", ("24",)
    elif letters == "r" and is_first:
        also = ("4", "7")
    elif letters == "l" and is_first:
        also = ("",)
    elif letters == "j" and before in tuple("pbfvm"):
        coarse, narrow, also = "", "", ("4",)
    elif letters in ("j", "y") and not is_first:
        also = tuple(sound_class for sound_class in also if sound_class != "2")
    elif letters == "h" and not is_first and follows not in tuple(VOWELS):
        also = ()
    return Phone(letters, coarse, "".join(_NARROW.get(narrow_class, narrow_class) for narrow_class in narrow), also)


def skeleton(latin: str) -> str:
    """The classes of the consonants in their order, neighbours of one class once: what stands for a name in the index."""
    return _once("".join(phone.coarse for phone in phones(latin))) or "_"


def narrow_skeleton(latin: str) -> str:
    """The narrower classes in their order, neighbours once: spellings in one language and one alphabet agree in it."""
    return _once("".join(phone.narrow for phone in phones(latin))) or "_" + latin[:1]


@lru_cache(maxsize=65_536)
def voiced(latin: str) -> str:
    """The narrower classes with the vowels between them, by their quality: of short names that is all there is to go by."""
    return _once("".join(_qualities(phone.letters) if phone.is_vowel else phone.narrow for phone in phones(latin)))


_UNVOICED = str.maketrans("gdbjzv", "ktpcsf")


@lru_cache(maxsize=65_536)
def sung(latin: str) -> str:
    """`voiced` with b as p, g as k and the like, which Korean and Chinese names are written with as often as not."""
    return _once(voiced(latin).translate(_UNVOICED))


@lru_cache(maxsize=65_536)
def skeletons(latin: str) -> tuple[str, ...]:
    """`skeleton`, and what it would be where letters were meant otherwise; at most `MOST_READINGS`, likeliest first."""
    choices = [(phone.coarse, *phone.also) for phone in phones(latin) if phone.coarse or phone.also]
    if sum(1 for choice in choices if len(choice) > 1) > 5:
        choices = [choice if number < 6 else choice[:1] for number, choice in enumerate(choices)]
    readings = sorted(product(*[list(enumerate(choice)) for choice in choices]), key=lambda read: sum(n for n, _ in read))
    variants = dict.fromkeys(_once("".join(text for _, text in read)) or "_" for read in readings[:64])
    return tuple(variants)[:MOST_READINGS]


def _once(text: str) -> str:
    return "".join(letter for place, letter in enumerate(text) if not place or letter != text[place - 1])


# --- how far two spellings are apart -------------------------------------------------------------------------------------

_VOWEL, _BARE_VOWEL = 0.22, 0.04
_SAME_VOWEL, _OTHER_VOWEL, _OTHER_VOWEL_SHORT = 0.05, 0.15, 0.36
_M_FOR_N = 0.5
_WITHIN_NARROW, _VOICED, _WITHIN, _ALSO, _WEAK, _SILENT, _OTHER = 0.06, 0.15, 0.3, 0.35, 0.3, 0.15, 1.0
_PARTNERS: dict[str, set[str]] = {}
for _letters in map(str.split, _LIST.header["for_one_sound"]):
    for _letter in _letters:
        _PARTNERS.setdefault(_letter, set()).update(_letters)
_VOICE = {frozenset(pair) for pair in ("kg", "td", "pb", "cj", "sz", "fv", "pf")}
_QUALITY = {"e": "i", "i": "i", "y": "i", "a": "a", "o": "u", "u": "u"}


def distance(latin: str, other: str, is_bare: bool, most: float = 1.0) -> float:
    """How far two spellings are apart, for each sound of the longer: 0 the same, 1 nothing in common. `is_bare`: one of
    the scripts leaves vowels unwritten. Further than `most` is told as 1."""
    left, right = phones(latin), phones(other)
    if not left or not right:
        return 0.0 if latin == other else 1.0
    weight = max(sum(not phone.is_vowel and bool(phone.coarse) for phone in side) for side in (left, right))
    costs = _Costs(is_bare, is_short=weight < 3)
    row = [0.0]
    for phone in right:
        row.append(row[-1] + costs.alone(phone))
    for phone in left:
        cost = costs.alone(phone)
        fresh = [row[0] + cost]
        for place, against in enumerate(right):
            fresh.append(min(
                row[place] + costs.instead(phone, against), row[place + 1] + cost, fresh[place] + costs.alone(against)
            ))  # fmt: skip
        row = fresh
        if min(row) > most * max(weight, 1.5):  # no way on from here is shorter
            return 1.0
    return min(1.0, row[-1] / max(weight, 1.5))


class _Costs:
    """What it costs where two spellings differ: little for vowels, less where a script leaves them unwritten."""

    def __init__(self, is_bare: bool, *, is_short: bool) -> None:
        self.is_bare = is_bare
        self.vowel = _BARE_VOWEL if is_bare else _VOWEL
        self.other_vowel = _BARE_VOWEL if is_bare else (_OTHER_VOWEL_SHORT if is_short else _OTHER_VOWEL)

    def alone(self, phone: Phone) -> float:
        """Where one has the sound and the other has nothing."""
        if phone.is_vowel:
            return self.vowel
        if phone.letters == "h":
            return _SILENT
        return _WEAK if not phone.coarse or "" in phone.also else _OTHER

    def instead(self, phone: Phone, other: Phone) -> float:
        """Where each has a sound of its own in one place."""
        if phone.letters == other.letters:
            return 0.0
        if phone.is_vowel and other.is_vowel:
            some, others = _qualities(phone.letters), _qualities(other.letters)
            if "i" in (some, others) and "ui" in (phone.letters, other.letters):  # of Korea, written either way
                return min(2 * _SAME_VOWEL, self.other_vowel)
            return min(_SAME_VOWEL, self.other_vowel) if some == others else self.other_vowel
        if phone.is_vowel or other.is_vowel:
            consonant, vowel = (other, phone) if phone.is_vowel else (phone, other)
            fits = {"w": "ou", "v": "ou", "y": "ie", "j": "ie", "h": "a"}.get(consonant.letters, "")
            return self.vowel / 2 if any(letter in fits for letter in vowel.letters) else _OTHER
        return _consonants(phone, other)


@lru_cache(maxsize=1024)
def _qualities(letters: str) -> str:
    qualities = "".join(_QUALITY[letter] for letter in letters)
    return "u" if qualities[-1] == "u" else _once(qualities)


def _consonants(phone: Phone, other: Phone) -> float:
    if phone.narrow and phone.narrow == other.narrow:
        return _WITHIN_NARROW
    if frozenset((phone.narrow, other.narrow)) in _VOICE:
        return _VOICED
    if {phone.narrow, other.narrow} == {"m", "n"}:
        return _M_FOR_N
    if other.letters in _PARTNERS.get(phone.letters, ()):
        return _ALSO
    return _WITHIN if phone.coarse and phone.coarse == other.coarse else _OTHER


_SYLLABLE = re.compile(r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")


def nuclei(name: Sequence[str]) -> tuple[str, ...]:
    """The vowels of each word by their quality, where Vietnamese has it as a name; empty where the name is no Vietnamese one."""
    if len(name) < 2 or not VIETNAMESE_TELLS.intersection(name) or not all(map(_SYLLABLE.fullmatch, name)):
        return ()
    return tuple(re.sub(r"[^aiu]", "", voiced(word)) if word in VIETNAMESE_NAMES else "" for word in name)


SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|an|ai|ao|en|ei|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)"
)
# What speakers of the south, and whoever listens to them, do not tell apart.
_MISHEARD = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = re.compile(r"(?<=[ie])ng$")
_WHOLE = re.compile(rf"(?:{SYLLABLE.pattern}){{1,2}}")


def wade(syllable: str) -> str:
    """A syllable of pinyin as Wade and Giles spelt it, without their apostrophes."""
    return next((their + syllable[len(ours) :] for ours, their in WADE.items() if syllable.startswith(ours)), syllable)


def other_syllable(syllable: str, other: str) -> bool:
    """Whether two syllables of pinyin are two, and not one that was misheard or spelt as Wade and Giles did: Jun is not Juan,
    and Zhu may be Zu. Min and Ming are misheard as well, but so many have either that one is taken for the other only where the
    beginning shows that somebody wrote by ear: Zhen may be Zeng."""
    if syllable == wade(other) or other == wade(syllable):
        return False
    some, others = _heard(syllable), _heard(other)
    if (some == syllable) == (others == other):
        return some != others
    return _NASAL.sub("n", some) != _NASAL.sub("n", others)


def _heard(syllable: str) -> str:
    for written, heard in _MISHEARD:
        if syllable.startswith(written):
            return heard + syllable[len(written) :]
    return syllable


def is_chinese(name: Sequence[str]) -> bool:
    """Whether it is a Chinese name: a family name first or last, and nothing but syllables of pinyin."""
    is_named = 2 <= len(name) <= 3 and not CHINESE_FAMILIES.isdisjoint((name[0], name[-1]))
    return is_named and all(_WHOLE.fullmatch(word) for word in name)
