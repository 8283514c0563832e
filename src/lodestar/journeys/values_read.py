"""Values of an imported row as people type them, read as far as they can be. What cannot is None: it is kept as it was typed."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice

from lodestar.journeys.typed_days import CLOCK, DAY_NAME, as_people_write, in_the_past, offset, plain, tidy
from lodestar.kernel.days import LONDON
from lodestar.kernel.fuzzy import FIRST_YEAR, LAST_YEAR, partial_date
from lodestar.kernel.person_age import age_between
from lodestar.kernel.written import CannotRead, Written, read_partial, read_when
from lodestar.recognition.rules.born import read_birth

EARLIEST = 1940  # the year of the earliest encounter that is no slip: a workbook's empty date is in 1899
LONGEST = 200  # letters: what is longer is no day, time or age, but somebody's words, and is not searched for one
_EPOCH = datetime(1899, 12, 30)  # from which spreadsheets count days
_YEARS_TO_1904 = timedelta(days=1462)  # from which some do
_SERIAL = re.compile(r"([1-9]\d{4})(?:[.,](\d+))?")
# Five figures that are as well a day of which a spreadsheet dropped the first 0 (31208): only whoever wrote it knows.
_SERIAL_OR_DAY = re.compile(r"[1-9](?:0[1-9]|1[0-2])\d\d(?:[.,]0+)?")
# Milliseconds from 1970, as systems write in JSON: of fewer figures than thirteen by themselves nobody can tell.
_TICKS = re.compile(r"(?:/?date\()?(1\d{12}|(?<=\()-?\d{9,13})(?:(?:[+-]\d{4})?\)/?)?")
_AGO = re.compile(r"(?:about |approx )?(\d{1,2}|a|an|one|two|three|four|five|six) (day|week|hour|night)s? ago")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_WEEK = re.compile(r"(\d{4})-?w(\d{2})(?:-?([1-7]))?")
ABOUT = re.compile(
    r"^(?:(?:c|ca|circa|approx|approximately|about|abt|around|roughly|est|estimated|looks?|appears?|possibly|"
    r"on or about|claims?|claimed|says|said|states|stated)\b|c(?=\d))[.\s]*|^~\s*"
)
_PART_OF = re.compile(r"^(?:sometime in|early|mid|late|w/c|week commencing)[\s-]+(?!hours|morning|evening|night)")
_NAMED_DAY = re.compile(rf"(?:last |on |this past )?({DAY_NAME})\.?(?: ({CLOCK}))?")
_TIME_ALONE = re.compile(CLOCK)
_YEAR_OR_TIME = re.compile(r"(?:19|20)\d\d")  # of 2015, or at 2015: only whoever wrote it knows
_DAY_WITH_YEAR_OR_TIME = re.compile(r"\d{1,2}[/.-]\d{1,2} (?:19|20)[0-5]\d")
# At 10.30 of an evening, or at 1 of a night, the figures say another half of the day, or another day.
_LATE = re.compile(r"\b(?:(afternoon|evening)|(?:to)?night)\b")
_SOON = re.compile(
    r"\b(?:approx(?:imately)?|about|around|circa|(?<!last )(?:in the )?(?:early hours|early morning|late evening|morning|"
    r"afternoon|evening|night|overnight)(?: of| on)?)(?![a-z])\.?|^this (?=morning|afternoon|evening)|"
    r"(?<=\s)~\s?(?=\d)|(?<=\d)\s?-?ish\b"
)
SAID = (
    "(?:approx|est|claimed|stated|given|alleged|assumed|presumed|(?:age )?disputed|unverified|unconfirmed|"
    "(?:claims|says)(?=[).]*$))"  # nothing else, that may say otherwise
)
_SAID_AFTER = rf"\s(?:[-–] )?\(?{SAID}\b"
_SAID_TO_THE_END = re.compile(rf"{_SAID_AFTER}(\D*)$")
_NOT_SURE = re.compile(rf"\?$|\d\s?ish$|{_SAID_AFTER}")
_AGE_BESIDE = re.compile(r"\s?\((?:aged?\s)?(\d{1,3})(?:\s?(?:y|yo|yrs?|years?)(?:\sold)?)?\)$")  # 4/9/2009 (17 yrs)
# What makes somebody another age than the figures before it.
SAYS_OTHERWISE = re.compile(
    r"\d|claim|\bsa(?:y|id)|look|appear|seem|child|minor|juv|teen|under|young|assess|disput|doubt|\bnot\b"
)
# Six figures that are as well a month after its year (200905) as a day, month and year: only whoever wrote it knows.
_MONTH_OR_DAY = re.compile(r"20(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-2])")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_Z = re.compile(r"(?:(?<=:\d\d)|(?<=\s\d{4}))\s?z$")  # after a time
_ISH = re.compile(r"\s?-?ish$")
_ZONES = ((r"\b(?:gmt|utc)\b|\d\s?z$", timedelta(0)), (r"\bbst\b", timedelta(hours=1)))
_CLOCK_HERE = re.compile(r"\b(?:gmt|bst)\b(?!\s?[+-]\d)")  # as people name it who have no other
# After a space and without seconds a minus stands before the second of two times: 2026-07-02 22:00-23:00.
_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:t| (?!\d{2}:\d{2}\s*-))\d{2}:\d{2}(?::\d{2}(?:[.]\d{1,9})?)?\s*(?:z|[+-](?:0\d|1[0-4]):?\d{2})?"
)
_TWO_DAYS = re.compile(r"^(\d{1,2})\s*(?:/|-|to|and)\s*(\d{1,2})\s+(?=[a-z]{3,9}\b)")
_TO = re.compile(r"\s+(?:to|until|-|–|and)\s+")
_UNKNOWN = re.compile(r"^(?:00|0|xx|x|\?\?|\?|--|__|nk|dd)[/.\s-]+(?:(?:00|0|xx|x|\?\?|\?|--|__|nk|mm)[/.\s-]+)?(?=\d)")


def _serial(text: str) -> datetime | None:
    """The day and time that a spreadsheet counts as this number; None for what is none."""
    words = plain(text)
    if not _SERIAL.fullmatch(words) or _SERIAL_OR_DAY.fullmatch(words):
        return None
    return _EPOCH + timedelta(seconds=round(float(words.replace(",", ".")) * 86_400))


def from_1904(text: str) -> str:
    """The day and time that a workbook means by a number that counts the days from 1904; any other text as it stands."""
    serial = _serial(text)
    if serial is None:
        return text
    at = serial + _YEARS_TO_1904
    return f"{at:%Y-%m-%d}" if at.time() == time() else f"{at:%Y-%m-%d %H:%M}"


def read_moment(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """When something happened, and whether that is a whole instant. None where it cannot be read, lies in the future, or is told
    from a day (yesterday, 0225, 3 March) and `told_on`, on which it was said, is not known."""
    found = _moment(text, now, told_on) if len(text.strip()) <= LONGEST else None
    return found if found and found[0].year >= EARLIEST and found[0] <= now else None


def _moment(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    serial = _serial(text)
    if serial is not None:
        at = _later_of_two(serial.replace(tzinfo=LONDON), now)
        return at, serial.time() != datetime.min.time() and not is_repeated(at)
    whole = _instant(text)
    if whole is not None:
        return _later_of_two(whole, now), not is_repeated(whole)
    told = plain(text)
    if ticks := _TICKS.fullmatch(told):
        return datetime.fromtimestamp(int(ticks[1]) / 1000, LONDON), True
    if week := _WEEK.fullmatch(told):
        return _day_of_week(week)
    if told_on and (ago := _AGO.fullmatch(told)):
        return _ago(ago, told_on)
    return _told(told, now, told_on)


def _told(told: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """A moment in words and figures that somebody typed."""
    whole, (told, said) = told, offset(as_people_write(told))
    about = _PART_OF.sub("", ABOUT.sub("", told.rstrip("? ")))
    near = _TWO_DAYS.sub(_first_of_two, _SOON.sub(" ", about).strip())
    words, days = midnight_as_hours(tidy(_Z.sub("", near)))
    if _YEAR_OR_TIME.fullmatch(_ISH.sub("", about.strip("(),.; "))) or _DAY_WITH_YEAR_OR_TIME.fullmatch(words):
        return None
    try:
        named = _named_day(words, told_on)
        found = named or _written(words, now, told_on)
    except (CannotRead, OverflowError):
        return _from(whole, now, told_on)
    if found is None:
        return None
    at = found.at.astimezone(LONDON)
    if found.exact and not days and (late := _LATE.search(told)) and at.hour < (12 if late[1] else 18):
        return None if _TIME_ALONE.fullmatch(words) else (datetime.combine(at.date(), time(), LONDON), False)
    zone = (_zone(told.rstrip("? "), near) if said is None else said) if found.exact else None
    at = at if zone is None else at.replace(tzinfo=timezone(zone))
    is_near = named is not None or near.split() != told.split()
    exact = found.exact and not is_near and (zone is not None or not is_repeated(at))
    return at + timedelta(days=days) if days else at, exact  # what is added to forgets which of two hours is meant


def _zone(*written: str) -> timedelta | None:
    """How far the clock is from London's in winter, where any of these says so."""
    return next((offset for name, offset in _ZONES if any(re.search(name, words) for words in written)), None)


def _first_of_two(days: re.Match[str]) -> str:
    """The first of two days of a month; of 30-1 July the first is not of that month, and both stay."""
    return f"{days[1]} " if int(days[1]) <= int(days[2]) else days[0]


def _written(words: str, now: datetime, told_on: datetime | None) -> Written | None:
    """What the kernel reads; of what is told from a day (yesterday, 0225) from that on which it was said, and None without it.
    Raises CannotRead."""
    found, later = read_when(words, now), read_when(words, now + timedelta(days=400))
    if found is None or later is None or found.at == later.at:
        return found
    return read_when(words, told_on) if told_on else None


def _day_of_week(week: re.Match[str]) -> tuple[datetime, bool] | None:
    """The day of a week by its number (2025-W05-3), or its first where none is said; None where the year has no such week."""
    try:
        day = date.fromisocalendar(int(week[1]), int(week[2]), int(week[3] or 1))
    except ValueError:
        return None
    return datetime.combine(day, time(), LONDON), False


def _ago(ago: re.Match[str], told_on: datetime) -> tuple[datetime, bool]:
    """When something was that somebody says was so long ago."""
    count = _COUNTS.get(ago[1]) or int(ago[1])
    if ago[2] == "hour":
        return told_on - timedelta(hours=count), False
    back = timedelta(days=count * (7 if ago[2] == "week" else 1))
    return datetime.combine(told_on.astimezone(LONDON).date() - back, time(), LONDON), False


def _named_day(words: str, told_on: datetime | None) -> Written | None:
    """The latest day of this name before the day on which it was said, and its time where one stands beside it. Raises
    CannotRead."""
    match = _NAMED_DAY.fullmatch(words)
    if match is None or told_on is None:
        return None
    said = told_on.astimezone(LONDON).date()
    day = said - timedelta(days=(said.weekday() - _DAYS.index(match[1][:3])) % 7 or 7)
    return read_when(f"{day} {match[2] or ''}", told_on)


def midnight_as_hours(words: str) -> tuple[str, int]:
    """Noon and midnight as hours, and how many days are to be added: 2400 of a day is 0000 of the next."""
    words = re.sub(r"^(midnight|noon|midday)\s+(?:on\s+)?(\S.*)$", r"\2 \1", words)
    words = re.sub(r"\b(?:noon|midday)$", "12:00", words)
    if match := re.fullmatch(r"(.+?)\s*(?:midnight|(?:24:?00|(?<=\s)24\.00)(?:hrs?)?)", words):
        return f"{match[1]} 00:00", 0 if words.endswith("midnight") else 1
    return words, 0


def is_repeated(at: datetime) -> bool:
    """Whether the clocks of London show this time twice, so that it is one of two."""
    first, second = (at.replace(fold=one).astimezone(UTC) for one in (0, 1))
    return at.tzinfo is LONDON and first < second


def _later_of_two(at: datetime, now: datetime) -> datetime:
    """Of a time that the clocks show twice the later, unless that is still to come: no clock starts sooner than it may have."""
    later = at.replace(fold=1)
    return later if is_repeated(at) and later.astimezone(UTC) <= now else at


def _from(text: str, now: datetime, told_on: datetime | None) -> tuple[datetime, bool] | None:
    """When something began that went on from one time to another; None where the words are no two times."""
    told = re.sub(r"(\d{4}|\d{1,2}:\d{2})\s*-\s*(?=(?:\d{4}|\d{1,2}:\d{2})\s*(?:hrs?)?$)", r"\1 to ", plain(text))
    told = re.sub(r"^(.*\d)\s+(?:between|from)\s+(?=\d)", r"\1 ", told)
    parts = _TO.split(re.sub(r"^(?:between|from)\s+", "", told))
    if len(parts) != 2:
        return None
    if re.fullmatch(r"\d{4}(?:\s?hrs?)?|\d{1,2}:\d{2}", parts[1]) and len(first_words := parts[0].rsplit(" ", 1)) == 2:
        parts[1] = f"{first_words[0]} {parts[1]}"  # the same day
    first, last = (read_moment(part, now, told_on) for part in parts)
    return (first[0], False) if first and last and first[0] <= last[0] else None


def _instant(text: str) -> datetime | None:
    """An instant as systems write it; without an offset it is London's."""
    words = plain(text)
    if not _INSTANT.fullmatch(words):
        return None
    try:
        found = datetime.fromisoformat(re.sub(r"\s+(?=[z+-])", "", words).upper())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def _zoned(text: str, today: date) -> datetime | None:
    """An instant by a clock that is named, however it is written; None for what names no clock, or no time by it."""
    told = plain(text)
    if ticks := _TICKS.fullmatch(told):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(ticks[1]))
    found = _instant(text)
    if found is not None:
        return found if found.tzinfo is not LONDON else None
    told = in_the_past(as_people_write(told), today)
    if (_zone(told) is None and offset(told)[1] is None) or _TO.search(told):
        return None
    read = _told(told, datetime.combine(today, time(12), UTC) + timedelta(days=1), None)
    return read[0] if read and read[0].tzinfo is not LONDON else None


def _day_of_instant(text: str, today: date) -> tuple[date, ...] | None:
    """The day of birth that is written as an instant of some zone: that of London where its midnight is meant or nobody's can
    be, or where people name its clock; else the one written where a day begins, ends or is half over. Empty where only whoever
    wrote it knows; None for what is no such instant."""
    at = _zoned(text, today)
    if at is None:
        return None
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return ()
    here = at.astimezone(LONDON)
    # At other minutes no clock on earth shows midnight, or the last minute before it.
    if at.minute % 15 not in (0, 14) or (_CLOCK_HERE.search(plain(text)) and here.utcoffset() == at.utcoffset()):
        return (here.date(),)
    days = (told.date() for told in (here, at) if (told.hour, told.minute) in ((0, 0), (12, 0), (23, 59)))
    return tuple(islice(days, 1))


def read_born(text: str, today: date) -> tuple[str, bool] | None:
    """A date of birth as 2009, 2009-09 or 2009-09-04, and whether it is a guess; None where it cannot be read."""
    if len(text.strip()) > LONGEST:
        return None
    serial = _serial(text)
    words = plain(text)
    words = re.sub(r"^(?:(?:born|dob|d\.o\.b\.?)\b[:\s]*|b(?:\.\s*|\s+|(?=\d)))(?:on|in)?\s*", "", words)
    instant = _day_of_instant(words, today)
    aged = _AGE_BESIDE.search(words)
    words = re.sub(r"(?<=\d)\.?(?:\s*[гr]\.?)?$", "", _AGE_BESIDE.sub("", words))
    if _MONTH_OR_DAY.fullmatch(words) or instant == ():
        return None
    is_guess = any(pattern.search(words) for pattern in (ABOUT, _PART_OF, _NOT_SURE))
    said = _SAID_TO_THE_END.search(words)
    words = words[: said.start()] if said and not SAYS_OTHERWISE.search(said[1]) else re.sub(r"(?<=\d)\s?ish$", "", words)
    words = re.sub(r"^(\d\d)(\d\d)(\d\d)$", r"\1/\2/\3", _PART_OF.sub("", ABOUT.sub("", words)).rstrip("? "))
    words = _UNKNOWN.sub("", tidy(words))
    words = re.sub(r"(?:-(?:00|xx|\?\?))+$", "", words)
    words = re.sub(r"[t ]\d{1,2}:\d{2}(?:\s?[ap]m)?$", "", words)
    day = instant[0] if instant else serial and serial.date()
    words = day.isoformat() if day else words
    try:
        found = read_birth(words, today)
    except (CannotRead, OverflowError, ValueError):
        return None
    return (found, is_guess) if found and (aged is None or _is_as_old(found, int(aged[1]), today)) else None


def _is_as_old(birth: str, years: int, today: date) -> bool:
    """Whether somebody of this birth is so many years old, or becomes it this year, as whoever subtracts years reckons."""
    youngest, _ = age_between(partial_date(birth), today, today)
    return youngest <= years <= today.year - int(birth[:4])


def read_day(text: str, today: date) -> tuple[str, str] | None:
    """A day, month or year, or from one to another, as two partial dates; None where it cannot be read. A year of two figures
    is the latest such year that has come; an instant is the day that it was in the United Kingdom."""
    if len(text.strip()) > LONGEST:
        return None
    serial, instant = _serial(text), _zoned(text, today) or _instant(text)
    if instant is not None and not FIRST_YEAR <= instant.year <= LAST_YEAR:
        return None
    if instant is not None:
        day, *_ = _day_of_instant(text, today) or (instant.astimezone(LONDON).date(),)
        return day.isoformat(), day.isoformat()
    if serial is not None:
        return serial.date().isoformat(), serial.date().isoformat()
    whole = _partial(text, today)
    if whole:
        return whole, whole
    words = re.sub(r"^(?:between|from)\s+", "", plain(text))
    if days := _TWO_DAYS.match(words):
        words = f"{days[1]} {words[days.end() :]} to {days[2]} {words[days.end() :]}"
    parts = re.split(r"\s+(?:to|until|-|–|and)\s+|\s*–\s*|(?<=\d{4})-(?=\d{1,2}/|\d{4}$)", words)
    if len(parts) != 2:
        return None
    start, end = _partial(parts[0], today), _partial(parts[1], today)
    return (start, end) if start and end and start <= end else None


def _partial(text: str, today: date) -> str:
    words = in_the_past(re.sub(r"[t ](?:\d{1,2}[:.]\d{2}|\d{4}\s?hrs)$", "", tidy(text)), today)
    try:
        found = read_partial(words)
    except (ValueError, OverflowError):
        return ""
    return found if found and FIRST_YEAR <= int(found[:4]) <= LAST_YEAR else ""
