"""A time that stands in a column of its own, beside that of the day: as force systems write an export."""

import re
from collections.abc import Sequence
from datetime import datetime

from lodestar.journeys.typed_days import dashed, plain
from lodestar.journeys.values_read import LONGEST, read_moment
from lodestar.kernel.days import london_date
from lodestar.kernel.month_names import in_english
from lodestar.kernel.table_text import known_name

# How a column is called that holds the time of the one of this name.
_NAMES = {
    "happened_at": frozenset((
        "time", "happened_time", "time_happened", "happened_at_time", "time_of_incident", "incident_time",
    )),
    "reported_at": frozenset(("time_reported", "reported_time", "reported_at_time", "report_time", "time_of_report")),
}  # fmt: skip
# A day without a time, as people and systems write it; midnight stands beside a day for want of a time.
_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[.,]?\s+)?(?:\d{1,2}[\s/.-]+\d{1,2}[\s/.-]+(?:\d{2}|\d{4})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{8}|[1-9]\d{4}(?:[.,]0+)?|"
    r"\d{1,2}(?:st|nd|rd|th)?[\s/.-]*(?:of\s+)?[a-z]{3,9}[\s/.,-]*(?:\d{2}|\d{4})|[a-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
    r"(?:[t\s]+00:00(?::00(?:\.0+)?)?)?"
)
_NO_DAY = re.compile(r"^(?:30/12/1899|1899-12-30|0?1/0?1/1900|1900-01-0[01])[t\s]+(?=\d)")  # before a time that has none
_OF_A_DAY = re.compile(r"0[.,]\d{3,}")  # a part of it, as a spreadsheet counts a time
# Midnight stands for want of a time; a fraction of two figures may be one of a day, or minutes.
_TELLS_NOTHING = re.compile(r"00?(?:[:.]?00){1,2}(?:\.0+)?(?:\s?h(?:ou)?rs?)?|12(?:[:.]00){0,2}\s?a\.?m\.?|0[.,]\d\d?")
# From when until when: in a column of times a minus is no offset, which no clock of this country has.
_UNTIL = re.compile(r"(\d{1,2}[:.]\d\d(?:[:.]\d\d)?)\s?[-–—]\s?\d{1,2}[:.]\d\d(?:[:.]\d\d)?")
_UTC = re.compile(r"(?<![a-z])(?:utc|gmt|z(?:ulu)?)\W*$")
_ANOTHER_CLOCK = re.compile(r"(?<![a-z])(?:cet|cest|eet|eest|msk|pkt|ist)(?![a-z])|(?:utc|gmt)\s?[+-]\s?\d")
_CLOCK_SAID = re.compile(r"(?:utc|gmt|bst|z|[+-]\d\d:?\d\d)$")
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}|\d{4}|\d\s?[ap]\.?m|\b(?:noon|midday|midnight)\b")


def is_of_a_time(name: str) -> bool:
    """Whether a column of this name may hold the time of a day that stands in another."""
    return any(known_name(name, names) in names for names in _NAMES.values())


def joined(told: dict[str, str], held: Sequence[tuple[str, str]], now: datetime) -> dict[str, str]:
    """Puts to each day that is told the time that a column of its own gives, which is kept as text all the same. What is no day
    alone, or no time, stays as it is. Returns what to tell whoever imports it, by the names of the columns of the times."""
    notes = {}
    for name, names in _NAMES.items():
        words, label, clock = _with_time(told.get(name, ""), names, held, now)
        if label:
            told[name] = words
            notes[label] = f"the time of {name} was taken from {label}: {clock}"
    return notes


def _with_time(
    words: str, names: frozenset[str], held: Sequence[tuple[str, str]], now: datetime
) -> tuple[str, str, str]:  # fmt: skip
    """A day with its time, and the column from which that was taken as it is read; the last two empty where there is none."""
    if not words or len(words) > LONGEST or not _DAY.fullmatch(in_english(dashed(plain(words)))):
        return words, "", ""
    label, typed = next(((one, text) for one, text in held if known_name(one, names) in names), ("", ""))
    if not typed or len(typed) > LONGEST:
        return words, "", ""
    day, clock = read_moment(words, now, None), _clock(typed)
    if day is None or not _TIME.search(clock) or _TELLS_NOTHING.fullmatch(clock) or _ANOTHER_CLOCK.search(label.casefold()):
        return words, "", ""
    clock += " utc" if _UTC.search(label.casefold()) and not _CLOCK_SAID.search(clock) else ""
    whole = f"{london_date(day[0])} {clock}"
    return (whole, label, clock) if read_moment(whole, now, None) else (words, "", "")


def _clock(typed: str) -> str:
    """A time as it is read, whatever day a system put before it for want of one; of a stretch of time its beginning."""
    words = _NO_DAY.sub("", plain(typed))
    if until := _UNTIL.fullmatch(words):
        return until[1]
    if not _OF_A_DAY.fullmatch(words):
        return words
    minutes = round(float(words.replace(",", ".")) * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"
