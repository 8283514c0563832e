"""One spelling for what is written in many ways: case, accents, full width, letters that stand for one another, and the
marks that are not seen. Every folded letter remembers where it stood in the text as it was typed."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lodestar.kernel.names import FILED_AS

_VIRAMA = 9  # the combining class of the sign that joins letters in the scripts of India: it tells names apart
# Letters that writers of one script use for one another.
_SAME = str.maketrans(
    {
        "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا",
        "ם": "מ", "ן": "נ", "ץ": "צ", "ף": "פ", "ך": "כ", "ё": "е", "ѐ": "е", "ґ": "г",
    }
)  # fmt: skip
# Ethiopic letters of one sound: eight orders each, from the first of a row to the first of the row it is folded into.
_ETHIOPIC = ((0x1210, 0x1200), (0x1280, 0x1200), (0x1220, 0x1230), (0x12D0, 0x12A0), (0x1340, 0x1338))
_ONE_SOUND = {0x1203: 0x1200, 0x12A3: 0x12A0}  # the fourth order of ha and a sounds as the first
_JOINED = (
    "THAI",
    "LAO",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "KHMER",
    "MYANMAR",
)  # written without spaces, or with
# endings that are not set apart
_LETTERED = ("ARABIC", "HEBREW", "ETHIOPIC")  # articles and prepositions are written onto the word, before and after
_ENDED = ("CYRILLIC", "GREEK", "DEVANAGARI", "BENGALI", "GURMUKHI", "TAMIL", "ARMENIAN", "GEORGIAN")  # endings only


@dataclass(frozen=True)
class Word:
    """One word: folded, and from where to where it stands in the text."""

    folded: str
    start: int
    end: int


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in their order: letters and digits, folded; apostrophes and unseen marks part nothing."""
    found: list[Word] = []
    letters, start, end = "", 0, 0
    for place, character in enumerate(text):
        kept = _letter(character)
        if kept:
            start = start if letters else place
            letters, end = letters + kept, place + 1
        elif letters and not _is_within_a_word(character):
            found.append(Word(letters, start, end))
            letters = ""
        elif letters:
            end = place + 1 if unicodedata.combining(character) else end
    return tuple([*found, Word(letters, start, end)] if letters else found)


@lru_cache(maxsize=8192)  # the letters of one text are few, and long texts are read again and again
def _letter(character: str) -> str:
    return folded(character)


def folded(text: str) -> str:
    """The letters and digits of a text in one spelling, nothing between them."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(FILED_AS))
    return "".join(map(_kept, plain.translate(FILED_AS).translate(_SAME)))


def may_be_joined(part: str) -> tuple[bool, bool]:
    """Whether more letters may stand before, and after, a name in its script without its being another word."""
    script = unicodedata.name(part[0], "")
    if script.startswith((*_JOINED, *_LETTERED)):
        return True, True
    return False, script.startswith(_ENDED)


def _kept(character: str) -> str:
    kind, order = unicodedata.category(character), unicodedata.combining(character)
    if character == "\u0640" or kind[0] not in "LNM" or (kind[0] == "M" and order not in (0, _VIRAMA)):
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(character))
    number = ord(character)
    for first, other in _ETHIOPIC:
        if first <= number < first + 8:
            number += other - first
    return chr(_ONE_SOUND.get(number, number))


def _is_within_a_word(character: str) -> bool:
    """Apostrophes, marks on the letter before, and what is not seen at all."""
    return character in "'’ʼ`´‘" or unicodedata.category(character) in ("Mn", "Me", "Cf")
