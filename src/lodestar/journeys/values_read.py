"""Values of an imported row as people type them, read as far as they can be. What cannot is None: it is kept as it was typed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from lodestar.kernel.days import LONDON
from lodestar.kernel.fuzzy import FIRST_YEAR, LAST_YEAR
from lodestar.kernel.reference_lists import reference_list
from lodestar.kernel.written import CannotRead, read_partial, read_when
from lodestar.recognition.rules.born import read_birth

OLDEST = 130  # years
_EPOCH = datetime(1899, 12, 30)  # from which spreadsheets count days
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.(\d+))?")
_ABOUT = re.compile(r"^(?:c|ca|circa|approx|approximately|about|abt|around|roughly|est|estimated|looks?|possibly)\b[.\s]*|^~\s*")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*")
_TIME_FIRST = re.compile(
    r"^(\d{1,2}[:.]\d{2}(?:\s*[ap]m)?|\d{4}\s*hrs?|\d{4}(?=\s+\d{1,2}[/.-]\d{1,2}[/.-]\d)|\d{1,2}\s*[ap]m)\s*(?:hrs?)?[,\s]\s*(?:on\s+)?(?=\S*[/.\s-])(.*\d.*)$"
)
_SOON = re.compile(
    r"\b(?:approx(?:imately)?|about|around|circa|(?<!last )(?:in the )?(?:early hours|early morning|late evening|morning|"
    r"afternoon|evening|night|overnight)(?: of| on)?)(?![a-z])\.?"
)
_TO = re.compile(r"\s+(?:to|until|-|–|and)\s+")
_UNKNOWN = re.compile(r"^(?:00|0|xx|x|\?\?|\?|--|__|nk|dd)[/.\s-]+(?:(?:00|0|xx|x|\?\?|\?|--|__|nk|mm)[/.\s-]+)?(?=\d)")
_YEARS = r"\s*(?:y|yrs?|years?|yo|y/o|years?\s+old|yrs?\s+old)?\.?"
_AGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern + _YEARS), kind)
    for pattern, kind in (
        (r"(?:aged?\s*)?(\d{1,3})(?:[.,]\d{1,2})?", "just"),
        (r"(\d{1,3})\s*(?:years?|yrs?|y)\s*(?:and\s*)?\d{1,2}\s*(?:months?|mths?|m)", "just"),
        (r"(?:between\s+)?(\d{1,3})\s*(?:-|–|to|/|or|and)\s*(\d{1,3})", "span"),
        (r"(?:under|below|younger than|less than|u|<)\s*(\d{1,3})", "under"),
        (r"(?:over|above|at least|min|>=?)\s*(\d{1,3})", "least"),
        (r"(\d{1,3})\s*(?:\+|plus|or over|or older|or more|and over)", "least"),
        (r"(?:at most|up to|max|<=)\s*(\d{1,3})", "most"),
        (r"(\d{1,3})\s*(?:ish|\?)", "about"),
    )
)
_AGE_WORDS: Mapping[str, tuple[int | None, int | None]] = {
    "child": (None, 17), "juvenile": (None, 17), "minor": (None, 17), "youth": (None, 17), "under age": (None, 17),
    "teenager": (13, 19), "teens": (13, 19), "teenage": (13, 19), "baby": (0, 1), "adult": (18, None),
}  # fmt: skip
_ROLES = {
    "possible victim": "possible_victim", "victim": "possible_victim",
    "pv": "possible_victim", "potential victim": "possible_victim", "aggrieved": "possible_victim",
    "injured party": "possible_victim", "suspect": "suspect", "suspected": "suspect", "offender": "suspect",
    "accused": "suspect", "detained person": "suspect", "exploiter": "exploiter", "trafficker": "exploiter",
    "controller": "exploiter", "witness": "witness",
}  # fmt: skip
_NAMED = re.compile(r"\b(victim|suspect|witness|exploiter|trafficker)")
_NOTHING = {"n/a", "na", "n/k", "nk", "unknown", "not known", "none", "-", "?"}
_BRITISH = {"british", "britain", "uk", "gb", "gbr", "united kingdom", "english", "scottish", "welsh", "great britain"}


@dataclass(frozen=True)
class Age:
    """Bounds in completed years, and whether they are a guess."""

    low: int | None
    high: int | None
    is_guess: bool = False


def plain(text: str) -> str:
    """The text in small letters on one line, its figures those of English, whatever script they were typed in."""
    told = text if text.isascii() else "".join(
        str(unicodedata.decimal(letter)) if not letter.isascii() and letter.isdecimal() else letter for letter in text
    )
    return " ".join(told.replace("\u2212", "-").casefold().split())


def _tidy(text: str) -> str:
    """A day and time in the order and with the marks that the kernel reads."""
    words = re.sub(r"[(),]|\b(?:gmt|bst|uk time|local time|at)\b", " ", plain(text).replace(" of ", " "))
    words = " ".join(_WEEKDAY.sub("", words.strip()).split())
    words = re.sub(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?", r"\1", words)
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


def _serial(text: str) -> datetime | None:
    """The day and time that a spreadsheet counts as this number; None for what is none."""
    words = plain(text)
    if not _SERIAL.fullmatch(words):
        return None
    return _EPOCH + timedelta(seconds=round(float(words) * 86_400))


def read_moment(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """When something happened, and whether that is a whole instant. None where it cannot be read, lies in the future, or is told
    from a day (yesterday, 0225, 3 March) and `told_on`, on which it was said, is not known."""
    serial = _serial(text)
    if serial is not None:
        at, exact = serial.replace(tzinfo=LONDON), serial.time() != datetime.min.time()
        return (at, exact) if at.year >= FIRST_YEAR and at <= now else None
    whole = _instant(text)
    if whole is not None:
        return (whole, True) if whole <= now and whole.year >= FIRST_YEAR else None
    words = _tidy(_SOON.sub(" ", plain(text)))
    is_near = bool(_SOON.search(plain(text)))
    try:
        found, later = read_when(words, now), read_when(words, now + timedelta(days=400))
        if found is None or later is None:
            return None
        if found.at != later.at:
            found = read_when(words, told_on) if told_on else None
    except (CannotRead, OverflowError):
        return _from(text, now, told_on)
    return (found.at, found.exact and not is_near) if found and found.at <= now else None


def _from(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """When something began that went on from one time to another; None where the words are no two times."""
    parts = _TO.split(re.sub(r"^(?:between|from)\s+", "", plain(text)))
    if len(parts) != 2:
        return None
    first, last = (read_moment(part, now, told_on) for part in parts)
    return (first[0], False) if first and last and first[0] <= last[0] else None


def _instant(text: str) -> datetime | None:
    """An instant as systems write it; without an offset it is London's."""
    words = plain(text).upper()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.]\d{1,6})?)?\s*(Z|[+-]\d{2}:?\d{2})?", words):
        return None
    try:
        found = datetime.fromisoformat(words.replace(" +", "+").replace(" Z", "Z"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def read_born(text: str, today: date) -> tuple[str, bool] | None:
    """A date of birth as 2009, 2009-09 or 2009-09-04, and whether it is a guess; None where it cannot be read."""
    serial = _serial(text)
    words = plain(text)
    is_guess = bool(_ABOUT.search(words)) or bool(re.search(r"\?$|\s\(?(?:approx|est)\b", words))
    words = re.sub(r"\s\(?(?:approx|est)\b.*$", "", words)
    words = _UNKNOWN.sub("", _tidy(_ABOUT.sub("", words).rstrip("? ")))
    words = re.sub(r"(?:-(?:00|xx|\?\?))+$", "", words)
    words = re.sub(r"[t ]\d{2}:\d{2}$", "", words)
    if serial is not None:
        words = serial.date().isoformat()
    try:
        found = read_birth(words, today)
    except (CannotRead, OverflowError, ValueError):
        return None
    return (found, is_guess) if found else None


def read_day(text: str) -> tuple[str, str] | None:
    """A day, month or year, or from one to another, as two partial dates; None where it cannot be read."""
    serial = _serial(text)
    if serial is not None:
        return serial.date().isoformat(), serial.date().isoformat()
    whole = _partial(text)
    if whole:
        return whole, whole
    parts = re.split(r"\s+(?:to|until|-|–|and)\s+|\s*–\s*", re.sub(r"^(?:between|from)\s+", "", plain(text)))
    if len(parts) != 2:
        return None
    start, end = _partial(parts[0]), _partial(parts[1])
    return (start, end) if start and end and start <= end else None


def _partial(text: str) -> str:
    words = re.sub(r"[t ](?:\d{1,2}[:.]\d{2}|\d{4}\s?hrs)$", "", _tidy(text))
    try:
        found = read_partial(words)
    except (ValueError, OverflowError):
        return ""
    return found if found and FIRST_YEAR <= int(found[:4]) <= LAST_YEAR else ""


def read_age(text: str) -> Age | None:
    """An age as bounds in completed years; None where it cannot be read or no human is that old."""
    words = plain(text)
    is_guess = bool(_ABOUT.search(words))
    words = re.sub(r"\s*\([^)]*\)$", "", _ABOUT.sub("", words))
    if decade := re.fullmatch(r"(early|mid|late)?[\s-]*([2-9])0'?s", words):
        first, last = {"early": (0, 4), "mid": (3, 7), "late": (6, 9)}.get(decade[1], (0, 9))
        return Age(int(decade[2]) * 10 + first, int(decade[2]) * 10 + last, is_guess=True)
    if words.rstrip("?s") in _AGE_WORDS or words in _AGE_WORDS:
        low, high = _AGE_WORDS.get(words) or _AGE_WORDS[words.rstrip("?s")]
        return Age(low, high, is_guess=True)
    if re.fullmatch(r"\d{1,2}\s*(?:months?|mths?|weeks?)(?:\s+old)?", words):
        return Age(0, 1, is_guess)
    for pattern, kind in _AGES:
        match = pattern.fullmatch(words)
        if match:
            return _bounds(kind, [int(figures) for figures in match.groups()], is_guess)
    return None


def _bounds(kind: str, years: list[int], is_guess: bool) -> Age | None:
    first, last = years[0], years[-1]
    if last > OLDEST or first > last or (kind == "under" and not first):
        return None
    if kind in ("just", "about", "span"):
        return Age(first, last, is_guess or kind == "about")
    if kind == "under":
        return Age(None, first - 1, is_guess)
    return Age(first, None, is_guess) if kind == "least" else Age(None, first, is_guess)


def read_roles(text: str) -> tuple[tuple[str, ...], str]:
    """The parts that somebody has in the incident, and the words that name none."""
    found: list[str] = []
    unread: list[str] = []
    if plain(text) in _NOTHING:
        return (), ""
    for part in re.split(r"\s*(?:[,;/&+|]|\band\b)\s*", text.strip()):
        words = plain(part)
        words = words.replace("-", " ").replace("_", " ")
        role = _ROLES.get(words) or _ROLES.get(words.removesuffix("s"))
        named = _NAMED.findall(words)
        if role is None and len(set(named)) == 1 and not re.search(r"\b(?:not|no|non|former|ex)\b", words):
            role = _ROLES[named[0]]
        if role:
            found.append(role)
        elif words:
            unread.append(part)
    return tuple(dict.fromkeys(found)), ", ".join(unread)


def is_british(nationality: str) -> bool | None:
    """True where British is among what is told. Another nationality does not say that they have no British one."""
    parts = {part.strip(" .") for part in re.split(r"[,;/&+|-]|\band\b", plain(nationality))}
    return True if parts & _BRITISH else None


@lru_cache(maxsize=1)
def _areas() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in ("tenants", "police_areas"):
        for row in reference_list("reference", name).rows:
            found[row["slug"]] = row["slug"]
            found[_area(str(row.get("name", "")))] = row["slug"]
    found.pop("", None)
    return found


def _area(text: str) -> str:
    words = re.sub(r"\b(?:police|constabulary|force|service)\b", " ", plain(text).replace("&", "and"))
    return "-".join(words.split())


def read_areas(text: str) -> tuple[tuple[str, ...], str]:
    """The police areas that are named, by slug, and the words that name none."""
    whole = _areas().get(_area(text))
    if whole:
        return (whole,), ""
    found, unread = [], []
    for part in filter(None, (part.strip() for part in re.split(r"[,;/|]", text))):
        slug = _areas().get(_area(part))
        if slug:
            found.append(slug)
        else:
            unread.append(part)
    return tuple(dict.fromkeys(found)), ", ".join(unread)
