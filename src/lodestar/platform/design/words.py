"""Small matters of wording that templates share."""

import re
import unicodedata
from collections.abc import Sequence

SMALL = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
MOST_COUNTED = 200  # lists read no more rows to count them: how they grow would be how slow they are
REPEATED = 40  # characters of what was typed that an error says again


def in_words(number: int) -> str:
    """A small number as it begins a sentence: `Two`; from ten on in figures."""
    return SMALL[number] if number < len(SMALL) else str(number)


def count(number: int) -> str:
    """A count as lists show it: exact to two hundred, then `over 200`, because nobody waits for the last digit."""
    return f"{number}" if number <= MOST_COUNTED else f"over {MOST_COUNTED}"


def quoted(typed: object) -> str:
    """What was typed, as an error repeats it: in quotation marks, and only its beginning when it is long."""
    text = str(typed)
    return f"“{text}”" if len(text) <= REPEATED else f"“{text[:REPEATED]}…”"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: `Kieran`, `Kieran and Jaz`, `Kieran, Jaz and Mina`."""
    names = list(names)
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def curly(words: str) -> str:
    """Straight quotation marks and apostrophes as print has them: `a parent or ‘aunt’ who isn’t theirs`."""
    return re.sub(r"(^|[\s(])'", "\\1\u2018", words).replace("'", "\u2019")


def shortened(words: str, longest: int) -> str:
    """Words on one line, cut with an ellipsis where they are longer than so many characters."""
    plain = " ".join(words.split())
    return plain if len(plain) <= longest else f"{plain[: longest - 1].rstrip()}…"


def full_sentence(words: str) -> str:
    """Words that end as a sentence does; nothing stays nothing."""
    plain = words.rstrip()
    return plain if not plain or plain[-1] in ".!?…" else f"{plain}."


def dial(number: str) -> str:
    """A telephone number as a `tel:` link wants it: digits, and a plus sign in front if there is one."""
    digits = re.sub(r"\D", "", number)
    return f"+{digits}" if number.strip().startswith("+") else digits


def slug(text: str) -> str:
    """An identifier for use within one page. Letters of other alphabets stay; spaces and signs become hyphens."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\W+", "-", plain).strip("-") or "part"


FILTERS = {"in_words": in_words, "count_words": count, "listed": listed, "dial": dial, "slug": slug, "shortened": shortened}
