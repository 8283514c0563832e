"""A name of any script in the letters a reader of English would write it with, close enough to be compared by sound.

Each letter is read by `anyascii`, but for those that `reference/letters.toml` reads otherwise; there too stand the customs of a
script, as what is written in place of what before its letters are read. Nothing here is a transliteration that anybody is shown.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from anyascii import anyascii

from lodestar.platform.text.reference_lists import reference_list

Customs = Sequence[tuple[str, str]]  # each a pattern and what is written in its place
_TWO_READ_AS_ONE = (
    "kh", "gh", "th", "dh", "ph", "bh", "ch", "zh", "sh", "rz", "ts", "tz", "dz", "cs", "sz", "dj", "gj", "kj", "tj", "sj", "wr",
)  # fmt: skip
_VOWELS = tuple("aeiou")
_OF_INDIA = ("DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM")
_INDIC_BLOCK, _FIRST_OF_INDIA = 0x80, 0x0900  # their blocks lie alike, the letters of each in the same places
_SIGN_BY_SIGN = ("CJK", "HANGUL")
_JOIN = re.compile(r"(ng?) (?=g)")  # one syllable ends in n or ng and the next begins with g: Min-gyeong


@dataclass(frozen=True)
class Word:
    """One word of a name: in Latin letters, its script, and whether that script leaves vowels unwritten. `parts` are the
    syllables where every sign is one (Han, Hangul), whose joins are a matter of habit."""

    latin: str
    script: str
    is_bare: bool = False
    parts: tuple[str, ...] = ()
    signs: str = ""
    others: tuple[str, ...] = ()  # how else it is written by custom


@dataclass(frozen=True)
class _Script:
    """How a script is read: its letters that are read otherwise than by `anyascii`, what is written otherwise before they are
    read and after, and in which other ways it is written by custom. In one whose letters are `apart` two sounds stay two."""

    letters: Mapping[str, str] = field(default_factory=dict)
    before: Customs = ()
    after: Customs = ()
    others: Sequence[Customs] = ()
    apart: bool = False
    bare: bool = False


_SCRIPTS: dict[str, Any] = {name: _Script(**read) for name, read in reference_list("names", "letters").header["read"].items()}


@lru_cache(maxsize=65_536)
def script_of(word: str) -> str:
    """The script of a word's first letter, as Unicode names it: LATIN, CYRILLIC, CJK, HANGUL."""
    first = next((character for character in word if character.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0] if first else ""


@lru_cache(maxsize=65_536)
def in_latin(word: str) -> Word:
    """A word, NFC and casefolded, in Latin letters."""
    script = script_of(word)
    if script in _SIGN_BY_SIGN:
        parts = tuple(_apply_customs(_letter(sign), _SCRIPTS.get(script, _Script()).after) for sign in word if sign.isalpha())
        joins = _JOIN.sub(r"\1'", " ".join(parts)).replace(" ", "")
        return Word("".join(parts), script, parts=parts, signs=word, others=(joins,) if "'" in joins else ())
    read = _SCRIPTS.get("INDIA" if script in _OF_INDIA and script != "TAMIL" else script, _Script())
    plain = unicodedata.normalize("NFC", word)
    if script in _OF_INDIA:
        plain = "".join(chr(ord(letter) % _INDIC_BLOCK + _FIRST_OF_INDIA) for letter in plain)
    latin, *others = dict.fromkeys(_read(plain, read, other) for other in ((), *read.others))
    return Word(latin, script, is_bare=read.bare, others=tuple(others))


def _read(word: str, script: _Script, other: Customs) -> str:
    sounds = [script.letters.get(letter, _letter(letter)) for letter in _apply_customs(word, (*script.before, *other))]
    return _apply_customs(_apart(sounds) if script.apart else "".join(sounds), script.after)


def _apply_customs(word: str, customs: Customs) -> str:
    for pattern, instead in customs:
        word = re.sub(pattern, instead, word)
    return word


def _letter(letter: str) -> str:
    """What `anyascii` makes of a letter or of a sign upon one, without what is no letter."""
    is_read = letter.isalpha() or unicodedata.category(letter) in ("Mc", "Mn")
    return re.sub(r"[^a-z]", "", anyascii(letter).casefold()) if is_read else ""


def _apart(sounds: Sequence[str]) -> str:
    """The sounds in a row; what would be read as one letter with the one before stands apart, and so does the second of two
    that are one after the other because no vowel is written between them."""
    apart = ""
    for sound in sounds:
        is_apart = apart[-1:] + sound[:1] in _TWO_READ_AS_ONE or (sound and sound[:1] == apart[-1:] not in _VOWELS)
        apart += "'" + sound if is_apart else sound
    return apart
