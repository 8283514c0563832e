"""Values of an imported row as people type them, read as far as they can be. What cannot is None: it is kept as it was typed."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from itertools import chain

from lodestar.kernel.days import LONDON
from lodestar.kernel.fuzzy import FIRST_YEAR, LAST_YEAR
from lodestar.kernel.reference_lists import reference_list
from lodestar.kernel.written import CannotRead, read_partial, read_when
from lodestar.recognition.rules.born import read_birth

OLDEST = 130  # years
EARLIEST = 1940  # the year of the earliest encounter that is no slip: a workbook's empty date is in 1899
_EPOCH = datetime(1899, 12, 30)  # from which spreadsheets count days
_SERIAL = re.compile(r"([1-9]\d{4})(?:\.(\d+))?")
_ABOUT = re.compile(
    r"^(?:(?:c|ca|circa|approx|approximately|about|abt|around|roughly|est|estimated|looks?|appears?|possibly|"
    r"on or about|claims?|claimed|stated)\b|c(?=\d))[.\s]*|^~\s*"
)
_PART_OF = re.compile(r"^(?:sometime in|early|mid|late|w/c|week commencing)[\s-]+(?!hours|morning|evening|night)")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s*")
_TIME_FIRST = re.compile(
    r"^(\d{1,2}[:.]\d{2}(?:\s*[ap]m)?|\d{4}\s*hrs?|\d{4}(?=\s+\d{1,2}[/.-]\d{1,2}[/.-]\d)|\d{1,2}\s*[ap]m)\s*(?:hrs?)?[,\s]\s*(?:on\s+)?(?=\S*[/.\s-])(.*\d.*)$"
)
_SOON = re.compile(
    r"\b(?:approx(?:imately)?|about|around|circa|(?<!last )(?:in the )?(?:early hours|early morning|late evening|morning|"
    r"afternoon|evening|night|overnight)(?: of| on)?)(?![a-z])\.?|^this (?=morning|afternoon|evening)"
)
_SAID = "(?:approx|est|claimed|stated|given|alleged|unverified|unconfirmed)"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ZONES = ((r"\b(?:gmt|utc)$|\((?:gmt|utc)\)$|\d\s?z$", timedelta(0)), (r"\bbst$|\(bst\)$", timedelta(hours=1)))
_MONTH_FIRST = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+((?:19|20)\d\d)\b")
_TWO_DAYS = re.compile(r"^(\d{1,2})\s*(?:/|-|to|and)\s*(\d{1,2})\s+(?=[a-z]{3,9}\b)")
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
        (r"(?:over|above|at least|min|o|>=?)\s*(\d{1,3})", "least"),
        (r"(\d{1,3})\s*(?:\+|plus|or over|or older|or more|and over)", "least"),
        (r"(?:at most|up to|max|<=)\s*(\d{1,3})", "most"),
        (r"(\d{1,3})\s*(?:ish|\?)", "about"),
    )
)
_AGE_WORDS: Mapping[str, tuple[int | None, int | None]] = {
    "child": (None, 17), "juvenile": (None, 17), "minor": (None, 17), "youth": (None, 17), "under age": (None, 17),
    "teenager": (13, 19), "teens": (13, 19), "teenage": (13, 19), "baby": (0, 1), "adult": (18, None), "juv": (None, 17),
    "teen": (13, 19), "late teens": (16, 19), "early teens": (13, 15), "mid teens": (14, 17), "young person": (None, 17),
    "infant": (0, 1), "newborn": (0, 0), "new born": (0, 0), "toddler": (1, 3), "yp": (None, 17),
    "ten": (10, 10), "eleven": (11, 11), "twelve": (12, 12), "thirteen": (13, 13), "fourteen": (14, 14), "fifteen": (15, 15),
    "sixteen": (16, 16), "seventeen": (17, 17), "eighteen": (18, 18), "nineteen": (19, 19), "twenty": (20, 20),
}  # fmt: skip
_ROLES = {
    "possible victim": "possible_victim", "victim": "possible_victim",
    "pv": "possible_victim", "potential victim": "possible_victim", "aggrieved": "possible_victim",
    "injured party": "possible_victim", "suspect": "suspect", "suspected": "suspect", "offender": "suspect",
    "accused": "suspect", "detained person": "suspect", "exploiter": "exploiter", "trafficker": "exploiter",
    "controller": "exploiter", "witness": "witness", "v": "possible_victim", "vic": "possible_victim", "ip": "possible_victim",
    "injured person": "possible_victim", "ap": "possible_victim", "aggrieved person": "possible_victim",
    "complainant": "possible_victim", "s": "suspect", "sus": "suspect", "susp": "suspect", "dp": "suspect",
    "detainee": "suspect", "arrested person": "suspect", "perp": "suspect", "perpetrator": "suspect",
    "alleged offender": "suspect", "suspected exploiter": "exploiter", "w": "witness", "wit": "witness",
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
    words = re.sub(r"[(),@]|\b(?:gmt|bst|utc|uk time|local time|at)\b", " ", plain(text).replace(" of ", " "))
    words = " ".join((_WEEKDAY.sub("", words.strip()) or words).split())
    words = re.sub(r"(\d{1,2}:\d{2}):\d{2}(?:\.\d+)?(?:\s*[+-]00:?00)?", r"\1", words)
    words = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", _MONTH_FIRST.sub(r"\2 \1 \3", words))
    words = re.sub(r"^(\S*\d)t(\d{1,2}:?\d{2})z?$", r"\1 \2", words)
    words = re.sub(r"^((?:19|20)\d{6})(\d{4})(?:\d\d)?$", r"\1 \2", words)
    words = re.sub(r"(\d{4})h$", r"\1", words)
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
    found = _moment(text, now, told_on)
    return found if found and found[0].year >= EARLIEST and found[0] <= now else None


def _moment(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    serial = _serial(text)
    if serial is not None:
        return serial.replace(tzinfo=LONDON), serial.time() != datetime.min.time()
    whole = _instant(text)
    if whole is not None:
        return whole, not is_repeated(whole)
    told = plain(text)
    if re.fullmatch(r"(?:19|20)\d\d", told):
        return None  # a year, or a time of day: only whoever wrote it knows
    zone = next((offset for name, offset in _ZONES if re.search(name, told)), None)
    near = _TWO_DAYS.sub(r"\1 ", _SOON.sub(" ", _PART_OF.sub("", _ABOUT.sub("", told.rstrip("? ")))).strip())
    is_near = near.split() != told.split()
    words, days = midnight_as_hours(_tidy(near))
    try:
        found, later = read_when(words, now), read_when(words, now + timedelta(days=400))
        if found is None or later is None:
            return None
        if found.at != later.at:
            found = read_when(words, told_on) if told_on else None
    except (CannotRead, OverflowError):
        return _from(text, now, told_on) or _weekday(words, told_on)
    if found is None:
        return None
    at = found.at if zone is None or not found.exact else found.at.replace(tzinfo=timezone(zone))
    exact = found.exact and not is_near and (zone is not None or not is_repeated(at))
    return at + timedelta(days=days), exact


def _weekday(words: str, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """The latest day of this name before the day on which it was said."""
    match = re.fullmatch(r"(?:last|on|this past)?\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?", words)
    if match is None or told_on is None:
        return None
    said = told_on.astimezone(LONDON).date()
    back = (said.weekday() - _DAYS.index(match[1])) % 7 or 7
    return datetime.combine(said - timedelta(days=back), time(), LONDON), False


def midnight_as_hours(words: str) -> tuple[str, int]:
    """Noon and midnight as hours, and how many days are to be added: 2400 of a day is 0000 of the next."""
    words = re.sub(r"^(midnight|noon|midday)\s+(?:on\s+)?(\S.*)$", r"\2 \1", words)
    words = re.sub(r"\b(?:noon|midday)$", "12:00", words)
    if match := re.fullmatch(r"(.+?)\s*(?:midnight|24:?00(?:hrs?)?)", words):
        return f"{match[1]} 00:00", 0 if words.endswith("midnight") else 1
    return words, 0


def is_repeated(at: datetime) -> bool:
    """Whether the clocks of London show this time twice, so that it is one of two."""
    return at.tzinfo is LONDON and at.utcoffset() != at.replace(fold=1).utcoffset() and at.dst() != timedelta(0)


def _from(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """When something began that went on from one time to another; None where the words are no two times."""
    told = re.sub(r"(\d{4}|\d{1,2}:\d{2})\s*-\s*(?=(?:\d{4}|\d{1,2}:\d{2})\s*(?:hrs?)?$)", r"\1 to ", plain(text))
    told = re.sub(r"^(\S+\d)\s+(?:between|from)\s+", r"\1 ", told)
    parts = _TO.split(re.sub(r"^(?:between|from)\s+", "", told))
    if len(parts) != 2:
        return None
    if re.fullmatch(r"\d{4}(?:\s?hrs?)?|\d{1,2}:\d{2}", parts[1]) and len(first_words := parts[0].rsplit(" ", 1)) == 2:
        parts[1] = f"{first_words[0]} {parts[1]}"  # the same day
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
    words = re.sub(r"^(?:born|dob|d\.o\.b\.?)\b[:\s]*(?:on|in)?\s*", "", words)
    is_guess = bool(_ABOUT.search(words) or _PART_OF.search(words)) or bool(re.search(rf"\?$|\d\s?ish$|\s\(?{_SAID}\b", words))
    words = re.sub(rf"\s\(?{_SAID}\b.*$|(?<=\d)\s?ish$", "", words)
    words = re.sub(r"^(\d\d)(\d\d)(\d\d)$", r"\1/\2/\3", _PART_OF.sub("", _ABOUT.sub("", words)).rstrip("? "))
    words = _UNKNOWN.sub("", _tidy(words))
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
    words = re.sub(r"^(?:between|from)\s+", "", plain(text))
    if days := _TWO_DAYS.match(words):
        words = f"{days[1]} {words[days.end() :]} to {days[2]} {words[days.end() :]}"
    parts = re.split(r"\s+(?:to|until|-|–|and)\s+|\s*–\s*|(?<=\d{4})-(?=\d{1,2}/|\d{4}$)", words)
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
    is_guess = bool(_ABOUT.search(words)) or words.endswith(("approx", "approx."))
    words = re.sub(r"\s+approx\.?$", "", re.sub(r"(?<=\d)[½¼¾]", "", _ABOUT.sub("", words)))
    if (aside := re.fullmatch(r"(\d{1,3})\s*\(\D*(\d{1,3})\D*\)", words)) and int(aside[2]) <= OLDEST:
        told = sorted((int(aside[1]), int(aside[2])))  # 18 (claims 16): neither is known to be wrong
        return _bounds("about", told, is_guess=True)
    words = re.sub(r"^[mf](?=\d)|(?<=\d)\s?[mf]$", "", re.sub(r"\s*\([^)]*\)$", "", words))
    if re.fullmatch(r"(?:[1-9]|1[01])/12", words):
        return Age(0, 12, is_guess=True)  # months, as doctors write them; or years
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
    """The parts that somebody has in the incident, and the words that name none; where none does, as they were typed."""
    found: list[str] = []
    unread: list[str] = []
    if plain(text) in _NOTHING:
        return (), ""
    for part in re.split(r"\s*(?:[,;/&+|()]|\s[-–]\s|\band\b)\s*", text.strip()):
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
    return tuple(dict.fromkeys(found)), ", ".join(unread) if found else text.strip() if unread else ""


def is_british(nationality: str) -> bool | None:
    """True where British is among what is told. Another nationality does not say that they have no British one."""
    words = re.sub(r"\b(?:white|black|asian|dual|citizen|national|nationality)\b", " ", plain(nationality))
    if re.search(r"\b(?:non|not|no)\b", words):
        return None
    parts = {" ".join(part.split()).strip(" .") for part in re.split(r"[,;/&+|-]|\band\b", words)}
    return True if parts & _BRITISH else None


# What officers call forces for short, beside the names of the list.
_SHORT_AREAS = {
    "lincs": "lincolnshire", "met": "metropolitan", "mps": "metropolitan", "gmp": "greater-manchester", "wmp": "west-midlands",
    "west-mids": "west-midlands", "colp": "city-of-london", "psni": "northern-ireland", "notts": "nottinghamshire",
    "cambs": "cambridgeshire", "tvp": "thames-valley", "dandc": "devon-and-cornwall", "beds": "bedfordshire",
    "herts": "hertfordshire", "leics": "leicestershire", "northants": "northamptonshire", "lancs": "lancashire",
    "wilts": "wiltshire", "staffs": "staffordshire", "derbys": "derbyshire", "hants": "hampshire", "glos": "gloucestershire",
    "wyp": "west-yorkshire", "syp": "south-yorkshire", "nyp": "north-yorkshire", "asp": "avon-and-somerset",
}  # fmt: skip


@lru_cache(maxsize=1)
def _areas() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name in ("tenants", "police_areas"):
        for row in reference_list("reference", name).rows:
            found[row["slug"]] = row["slug"]
            found[_area(str(row.get("name", "")))] = row["slug"]
    found |= {short: slug for short, slug in _SHORT_AREAS.items() if slug in found.values()}
    found.pop("", None)
    return found


def _area(text: str) -> str:
    words = re.sub(r"\b(?:police|constabulary|force|service)\b", " ", plain(text).replace("&", "and"))
    return "-".join(words.split())


def read_areas(text: str) -> tuple[tuple[str, ...], str]:
    """The police areas that are named, by slug, and the words that name none; where none does, as they were typed."""
    whole = _areas().get(_area(text))
    if whole:
        return (whole,), ""
    found, unread = [], []
    parts = [part.strip() for part in re.split(r"[,;/|]", text)]
    each = [[part] if _area(part) in _areas() else re.split(r"\s+(?:and|&)\s+", part) for part in parts]
    for part in filter(None, chain.from_iterable(each)):
        slug = _areas().get(_area(part))
        if slug:
            found.append(slug)
        else:
            unread.append(part)
    return tuple(dict.fromkeys(found)), ", ".join(unread) if found else text.strip() if unread else ""
