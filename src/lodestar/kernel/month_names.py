"""Days whose month is written in another language, as they stand in the papers of people from elsewhere, put into English for
whoever reads days: 4 de septiembre de 2009, 4 września 2009, 4 tháng 9 năm 2009, 2009年9月4日.

The names are those of the list `reference/month_names`. A name that is two months in two languages is none here. Only Thai
counts other years of the same days; calendars with months of their own are not read, and so are kept as they were written.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from lodestar.kernel.reference_lists import reference_list

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_SHORTEST = 4  # letters of a name in Latin letters that is not written out: fewer are words of English, or two months
_BETWEEN = re.compile(r"([\s/.,\u2013-]+)")
_IN_FIGURES = (
    (re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]"), r"\1-\2-\3 "),
    (re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,)?(?:\s+năm)?\s+(\d{4})"), r"\1/\2/\3"),
)
# What stands beside a day, month or year and says no more than that it is one.
_BESIDE = frozenset(("de", "del", "di", "г", "года", "р", "року", "год", "m", "d", "พ", "ศ", "ค", "วันที่"))
_YEAR_FIRST = re.compile(r"^(\d{4})[\s.,]+([a-z]+)[\s.,]+(\d{1,2})\b[.,]?")
_BUDDHIST = range(2400, 2700)  # years of Thailand's calendar, which began 543 years before the common one
_BEFORE_OURS = 543
_MARKS = re.compile(r"^\s*[.,]\s*$")
_IN_TIME = re.compile(r"\d{1,2}\.\d{2}(?:[ap]m|hrs?)?")  # 2.25am beside the month: its mark is none between day and month


class _Month(NamedTuple):
    number: int
    is_thai: bool


def day_in_words(written: str) -> str:
    """A day as far as it is known, as people write it: `4 September 2009`, `September 2009`, `2009`, from 2009-09-04,
    2009-09 or 2009."""
    parts = written.split("-")
    if len(parts) == 1:
        return written
    month = MONTHS[int(parts[1]) - 1].capitalize()
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


def in_english(words: str) -> str:
    """The words, in small letters on one line, with an English month for one of another language; unchanged without one."""
    if words.isascii() and words.replace(" ", "").isdigit():
        return words
    for written, order in _IN_FIGURES:
        words = written.sub(order, words)
    parts = _BETWEEN.split(words)
    found = _replaced(parts)
    if found is None:
        return " ".join(words.split())
    told = "".join(
        "" if part in _BESIDE else part if _IN_TIME.fullmatch("".join(parts[at - 1 : at + 2])) else _MARKS.sub(" ", part)
        for at, part in enumerate(parts)
    )
    told = _YEAR_FIRST.sub(r"\3 \2 \1", " ".join(told.split()))
    return _of_our_years(told) if found.is_thai else told


def _replaced(parts: list[str]) -> _Month | None:
    """Puts the English name where one of the list stands, alone or as two words; None where none does."""
    names = _names()
    for place in range(0, len(parts), 2):
        two = "".join(parts[place : place + 3])
        for length, name in ((3, two), (1, parts[place])):
            month = names.get(_bare(name))
            if month is not None and len(parts) >= place + length:
                parts[place : place + length] = [MONTHS[month.number - 1]]
                return month
    return None


def _of_our_years(words: str) -> str:
    return re.sub(
        r"\b\d{4}$", lambda year: str(int(year[0]) - (_BEFORE_OURS if int(year[0]) in _BUDDHIST else 0)), words
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, _Month]:
    """Each name with its month, and each beginning of one in Latin letters that is no whole name; without those that are two."""
    whole, begun = dict[str, set[_Month]](), dict[str, set[_Month]]()
    for row in reference_list("reference", "month_names").rows:
        for number, names in enumerate(row["months"], 1):
            month = _Month(number, row["language"] == "Thai")
            for name in map(_bare, names):
                whole.setdefault(name, set()).add(month)
                for length in range(_SHORTEST, len(name)) if name.isascii() and " " not in name else ():
                    begun.setdefault(name[:length], set()).add(month)
    told = (begun | whole).items()
    return {name: month for name, (month, *others) in told if not others and _is_none_of_ours(name, month)}


def _is_none_of_ours(name: str, month: _Month) -> bool:
    """Whether in English the name is that month too, or none."""
    return all(number == month.number for number, ours in enumerate(MONTHS, 1) if ours.startswith(name))


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Letters without their marks, where they are of Europe: many leave those out, or have no keys for them."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i").replace("ł", "l"))
    if plain[:1] < "\u0590":
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return plain
