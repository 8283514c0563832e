"""Whether the words of an account hold a name: in any spelling of capitals and accents, in any script."""

import unicodedata
from collections.abc import Iterable

SHORTEST = 2  # letters of a name's part that is looked for


def first_named(names: Iterable[str], words: Iterable[str]) -> str | None:
    """The first of the words that is a part of one of the names, as it is written; None where there is none.

    A word in small letters is no name (`grace`, `will`). Scripts that do not part their words are searched within.
    """
    parts = {part for name in names for part in _plain(name).split() if len(part) >= SHORTEST}
    unparted = {part for part in parts if not _has_case(part)}
    for word in words:
        plain = _plain(word)
        if plain in parts and not word[0].islower():
            return word
        if any(part in plain for part in unparted):
            return word
    return None


def _plain(text: str) -> str:
    """Without accents, capitals, hyphens."""
    letters = unicodedata.normalize("NFKD", text).casefold().replace("-", " ")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _has_case(part: str) -> bool:
    return part.upper() != part
