"""How a name sounds, as far as that can be told from how it was written down: consonants in classes, with what each letter
may also have stood for. Two spellings of one name differ in vowels, in doubled letters and within a class."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from lodestar.platform.names.name_readings import WADE
from lodestar.platform.text.reference_lists import reference_list

MOST_READINGS = 8  # of one name; more would make a search of hundreds of marks

# What letters stand for: class, narrower class, and what else may be meant by them; vowels in a row are one sound.
_LETTERS = reference_list("names", "letters").rows
_SOUND = re.compile("|".join([*(f"({row['code']})" for row in _LETTERS), "([aeiou][aeiouy]*|y+)"]))
_APART = re.compile(r"(?<=[aeiouy])['+]|['+](?=[aeiouy])")  # they keep apart consonants alone
_SILENT_END = re.compile(r"(?<=[aeiou])h+$")  # Hannah, Sarah
_TWICE = re.compile(r"([^aeiou])\1+")
_QUALITY = {"e": "i", "i": "i", "y": "i", "a": "a", "o": "u", "u": "u"}


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
    plain = _TWICE.sub(r"\1", _SILENT_END.sub("", _APART.sub("", latin)))
    return tuple(_phone(sound[0], sound.lastindex or 0) for sound in _SOUND.finditer(plain))


def _phone(letters: str, number: int) -> Phone:
    if number > len(_LETTERS):
        also = ("4",) if "y" in letters[1:] else ()  # what one writes with y another writes with j
        return Phone(letters, "", _qualities(letters), also, is_vowel=True)
    row = _LETTERS[number - 1]
    return Phone(letters, row["coarse"], row["narrow"], tuple(row["also"]))


@lru_cache(maxsize=65_536)
def sung(latin: str) -> str:
    """The narrower classes with the vowels between them, by their quality; b as p, g as k and the like, which Korean and Chinese
    names are written with as often as not."""
    return _once("".join(phone.narrow for phone in phones(latin)))


@lru_cache(maxsize=65_536)
def skeletons(latin: str) -> tuple[str, ...]:
    """The classes of the consonants in their order, neighbours of one class once: what stands for a name in the index; and what
    that would be where letters were meant otherwise. At most `MOST_READINGS`, likeliest first."""
    choices = [(phone.coarse, *phone.also) for phone in phones(latin) if phone.coarse or phone.also]
    if sum(1 for choice in choices if len(choice) > 1) > 5:
        choices = [choice if number < 6 else choice[:1] for number, choice in enumerate(choices)]
    readings = sorted(product(*[list(enumerate(choice)) for choice in choices]), key=lambda read: sum(n for n, _ in read))
    variants = dict.fromkeys(_once("".join(text for _, text in read)) or "_" for read in readings[:64])
    return tuple(variants)[:MOST_READINGS]


def _once(text: str) -> str:
    return "".join(letter for place, letter in enumerate(text) if not place or letter != text[place - 1])


def wade(syllable: str) -> str:
    """A syllable of pinyin as Wade and Giles spelt it, without their apostrophes."""
    return next((their + syllable[len(ours) :] for ours, their in WADE.items() if syllable.startswith(ours)), syllable)


@lru_cache(maxsize=1024)
def _qualities(letters: str) -> str:
    qualities = "".join(_QUALITY[letter] for letter in letters)
    return "u" if qualities[-1] == "u" else _once(qualities)
