"""A day and time as it was typed, put into the order and the marks in which it is read."""

import re
import unicodedata
from datetime import date, timedelta

from lodestar.kernel.month_names import in_english
from lodestar.kernel.typed import without_unseen

DAY_NAME = "(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
CLOCK = r"\d{1,2}(?:[:.h]?\d{2})?\s?(?:[ap]\.?\s?m\.?)?\s?(?:h(?:ou)?rs?)?"
_WEEKDAY = re.compile(rf"^{DAY_NAME}\b[.,]?+\s*+(?!{CLOCK}$)")  # beside a time alone it is the day that is meant
_TIME_FIRST = re.compile(
    r"^(\d{1,2}[:.]\d{2}(?:\s*[ap]m)?|\d{4}\s*hrs?|\d{4}(?=\s+\d{1,2}[/.-]\d{1,2}[/.-]\d)|\d{1,2}\s*[ap]m)\s*(?:hrs?)?[,\s]\s*(?:on\s+)?(?=\S*[/.\s-])(.*\d.*)$"
)
_MONTH_FIRST = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+((?:19|20)\d\d)\b")
# How far the clock is from London's in winter; a minus after a time without seconds stands before the second of two times.
_OFFSET = re.compile(
    r"^(.*(?::\d\d(?:\.\d+)?|\s\d{4}|[ap]m))\s*(\+)(0\d|1[0-4]):?([0-5]\d)$|"
    r"^(.*(?::\d\d:\d\d(?:\.\d+)?|(?:\.\d\d){2}\.\d+(?: [ap]m)?))\s*([+-])(0\d|1[0-4]):?([0-5]\d)$"
)
_ZONE_OF_A_DAY = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:z|[+-]\d{2}:\d{2})$")  # as XML writes a day
# As a program prints an instant: Thu Jul 24 23:00:00 UTC 2008
_YEAR_LAST = re.compile(r"^(?:[a-z]{3} )?([a-z]{3} \d{1,2}) (\d{2}:\d{2}(?::\d{2})?)( [a-z]{3,4}| [+-]\d{4})? (\d{4})$")
_SHORT_YEAR = re.compile(r"(?<![\d:])(\d{1,2}(?:st|nd|rd|th)?[\s/.-]+(?:\d{1,2}|[a-z]{3,9})[\s/.,-]+)(\d\d)(?=\s|$)")
_WIDE = {letter + 0xFEE0: letter for letter in range(0x21, 0x7F)}  # signs as wide as Chinese letters: ／
_DAY_OF_DASHES = re.compile(
    r"\b(\d{1,2}|\d{4})\s?[\u2010-\u2014]\s?(\d{1,2}|[a-z]{3,9})\s?[\u2010-\u2014]\s?(\d{4}|\d{2})\b"
)


def plain(text: str) -> str:
    """The text in small letters on one line, its figures those of English, whatever script they were typed in."""
    told = text if text.isascii() else "".join(
        str(unicodedata.decimal(letter)) if not letter.isascii() and letter.isdecimal() else letter for letter in text
    )
    return " ".join(without_unseen(told).translate(_WIDE).replace("\u2212", "-").casefold().split())


def dashed(words: str) -> str:
    """The words with the dashes within a day as a keyboard has them: 04–09–2009."""
    return _DAY_OF_DASHES.sub(r"\1-\2-\3", words)


def is_month_first(text: str) -> bool:
    """Whether these figures can only be a day of which the month is written first: 12/31/2025."""
    found = re.match(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})\b", dashed(plain(text)))
    return bool(found and int(found[1]) <= 12 < int(found[2]) <= 31)


def as_people_write(told: str) -> str:
    """What a program prints as the text of an instant, in the order in which people write: Thu Jul 24 2008 00:00:00 GMT+0100
    (British Summer Time)."""
    words = re.sub(r"\s\((?:[a-z]+ )+time\)$", "", told)
    words = re.sub(r"\b(?:gmt|utc)\s?(?=[+-]\d\d:?\d\d$)", "", words)
    return _YEAR_LAST.sub(r"\1 \4 \2\3", words)


def in_the_past(words: str, today: date) -> str:
    """A day whose year has two figures with the latest such year that has come: 01/01/90."""
    short = _SHORT_YEAR.search(words)
    if short is None or 2000 + int(short[2]) <= today.year:
        return words
    return f"{words[: short.end(1)]}19{words[short.end(1) :]}"


def tidy(text: str) -> str:
    """A day and time in the order and with the marks that the kernel reads."""
    words = re.sub(r"^(\d{1,2})[\\_](\d{1,2}|[a-z]{3,9})[\\_](\d{2,4})\b", r"\1/\2/\3", in_english(dashed(plain(text))))
    words = re.sub(r"^(\d{8})t(\d{4})(?:\d\d)?z?$", r"\1 \2", re.sub(r"\s*\b(?:uhr|h)$", "", words))
    words = re.sub(r"(?:@|\bat\b)\s*(\d{4})(?![\d/.-]|\s?h)", r" \1hrs", words)  # and no year
    words = re.sub(r"[(),@]|\b(?:gmt|bst|utc|uk time|local time|at)\b", " ", words.replace(" of ", " "))
    words = " ".join((_WEEKDAY.sub("", words.strip()) or words).split())
    words = re.sub(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?", r"\1", _ZONE_OF_A_DAY.sub(r"\1", words))
    words = re.sub(r"\b(\d{1,2})\.(\d{2})\.\d{2}\.\d{3,9}\b", r"\1:\2", words)  # as some databases write it
    words = re.sub(r"([/-]\d{2,4}|[a-z] \d{4}) - (?=\d{1,2}:\d{2}\b)", r"\1 ", words)
    words = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", _MONTH_FIRST.sub(r"\2 \1 \3", words))
    words = re.sub(r"^(\S*\d)t(\d{1,2}:?\d{2})z?$", r"\1 \2", words)
    words = re.sub(r"^((?:19|20)\d{6})(\d{4})(?:\d\d)?$", r"\1 \2", words)
    words = re.sub(r"(\d{4})h$", r"\1", words)
    words = re.sub(r"(?<=\d{4})[.;]$", "", words)
    words = re.sub(r"\b(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b", r"\1-\2-\3", words)
    words = re.sub(r"^(\d{1,2})([a-z]{3,9})(\d{2,4})\b", r"\1 \2 \3", words)
    if match := re.match(r"^(\d{8})\b(.*)$", words):
        words = _eight(match[1]) + match[2]
    words = re.sub(r"(\d)\s+(am|pm|hrs?)\b", r"\1\2", re.sub(r"\bhours?\b", "hrs", words))
    if match := _TIME_FIRST.match(words):
        words = f"{match[2]} {match[1]}"
    return " ".join(words.split())


def _eight(figures: str) -> str:
    """Eight figures in a row: 20090904, or else 04092009."""
    if figures[:2] in ("19", "20") and "01" <= figures[4:6] <= "12":
        return f"{figures[:4]}-{figures[4:6]}-{figures[6:]}"
    return f"{figures[:2]}/{figures[2:4]}/{figures[4:]}"


def offset(told: str) -> tuple[str, timedelta | None]:
    """A time without the offset after it, and that offset."""
    found = _OFFSET.match(told)
    if found is None:
        return told, None
    words, sign, hours, minutes = (part for part in found.groups() if part is not None)
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    return words, -ahead if sign == "-" else ahead
