"""One spelling for words that differ in case, accents, width or letters that are filed alike; each remembers where it stood."""

import unicodedata
from dataclasses import dataclass

from lodestar.kernel.names import FILED_AS

_APOSTROPHES = frozenset("'’ʼ`´‘")


@dataclass(frozen=True)
class Word:
    """One word: folded, and from where to where it stands in the text."""

    folded: str
    start: int
    end: int


def folded(text: str) -> str:
    """The letters and digits of a text in one spelling, nothing between them; digits of every script as 0 to 9."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(FILED_AS))
    return "".join(map(_letter, plain.translate(FILED_AS)))


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in their order: runs of letters and digits. An apostrophe or a mark upon a letter parts nothing."""
    found: list[Word] = []
    start = None
    for place, character in enumerate(f"{text} "):
        if character.isalnum() or unicodedata.category(character) == "Mc":
            start = place if start is None else start
        elif start is not None and not (character in _APOSTROPHES and text[place + 1 : place + 2].isalnum()):
            if unicodedata.category(character) in ("Mn", "Me", "Cf"):
                continue
            found.append(Word(folded(text[start:place]), start, place))
            start = None
    return tuple(found)


def _letter(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character if character.isalnum() or category == "Mc" else ""
