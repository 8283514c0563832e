"""The order of names, in any script, without a database's collation: a key that is stored and compared byte by byte."""

import unicodedata
from dataclasses import dataclass

# Letters that have no decomposition in Unicode, filed where a reader of English looks for them.
FILED_AS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "ə": "e", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ɛ": "e", "ɔ": "o",
    }
)  # fmt: skip
_BETWEEN = "\t"  # sorts before a space and every letter, so that a short name comes before a longer one that begins with it
NO_NAME = "\U0010fffd"  # sorts after every name


def sort_key(name: str) -> str:
    """A key by which names sort the same everywhere: letters first, accents and case only to part equals.

    Scripts keep their own order, one after another, by code point. An empty name, or one without a letter or digit, comes last.
    Compare keys as bytes or code points (in PostgreSQL: collation "C").
    """
    written = unicodedata.normalize("NFC", name).casefold().strip()
    plain = unicodedata.normalize("NFKD", written.translate(FILED_AS)).translate(FILED_AS)
    letters = "".join(_filed_character(character) for character in plain)
    filed = " ".join(letters.split())
    return f"{filed}{_BETWEEN}{written}" if filed else f"{NO_NAME}{_BETWEEN}{written}"


def isolated(name: str) -> str:
    """A name that may stand in any sentence: one written from right to left is set apart by marks that are not seen, so
    that it does not change the order of the numbers and commas beside it."""
    is_from_right = any(unicodedata.bidirectional(character) in ("R", "AL", "RLE", "RLO") for character in name)
    return f"\u2068{name}\u2069" if is_from_right else name


def _filed_character(character: str) -> str:
    """The character as it is filed: letters and digits as they are, a hyphen as a space, accents and apostrophes as nothing."""
    kind = unicodedata.category(character)
    if kind[0] in "LN" or kind == "Mc":
        return character
    return " " if kind[0] == "Z" or kind == "Pd" else ""


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
    parsed_words: list[Word] = []
    start = None
    for place, character in enumerate(f"{text} "):
        if character.isalnum() or unicodedata.category(character) == "Mc":
            start = place if start is None else start
        elif start is not None and not (character in _APOSTROPHES and text[place + 1 : place + 2].isalnum()):
            if unicodedata.category(character) in ("Mn", "Me", "Cf"):
                continue
            parsed_words.append(Word(folded(text[start:place]), start, place))
            start = None
    return tuple(parsed_words)


def _letter(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character if character.isalnum() or category == "Mc" else ""
