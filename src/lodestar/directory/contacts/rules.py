"""A force's contacts as plain values: when a number answers, which are missing or were checked too long ago. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import is_working_day, london

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
POSTS = {"duty_sergeant": "supervisor", "duty_inspector": "inspector", "duty_coordinator": "coordinator"}  # of the rota
ALWAYS, OUTSIDE = "always", "outside"
DAY, NIGHT = "_day", "_night"
_NUMBER = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")
_HOURS = re.compile(r"(outside )?((?:[a-z]{3})(?:[-,][a-z]{3})*) (\d\d:\d\d)-(\d\d:\d\d)")


class CannotRead(ValueError):
    """Something of a contact that cannot be read; `str` says what, in one sentence."""


@dataclass(frozen=True)
class Hours:
    """When a number answers: on these days (0 is Monday) between these times; or, `is_outside`, at all other times. Without days:
    always. Bank holidays are no days of Monday to Friday unless Saturday or Sunday is named too."""

    days: tuple[int, ...] = ()
    begins: time = time.min
    ends: time = time.min
    is_outside: bool = False

    def answers_at(self, now: datetime) -> bool:
        """Whether somebody answers at this moment. Hours that end before they begin run past midnight."""
        if not self.days:
            return True
        here = london(now)
        day, clock = here.date(), here.time()
        if self.begins < self.ends:
            is_within = self._counts(day) and self.begins <= clock < self.ends
        else:
            begun_before = self._counts(day - timedelta(days=1)) and clock < self.ends
            is_within = begun_before or (self._counts(day) and clock >= self.begins)
        return is_within != self.is_outside

    def _counts(self, day: date) -> bool:
        is_holiday = day.weekday() < 5 and not is_working_day(day) and not {5, 6} & set(self.days)
        return day.weekday() in self.days and not is_holiday

    @property
    def code(self) -> str:
        """The hours as a file has them: `always`, `mon-fri 08:30-17:00`, `outside mon-fri 08:30-17:00`."""
        if not self.days:
            return ALWAYS
        days = (
            "-".join(DAYS[day] for day in (self.days[0], self.days[-1]))
            if self._is_run
            else ",".join(DAYS[day] for day in self.days)
        )
        return f"{OUTSIDE + ' ' if self.is_outside else ''}{days} {self.begins:%H:%M}-{self.ends:%H:%M}"

    @property
    def words(self) -> str:
        """The hours as a page says them."""
        if not self.days:
            return "day and night"
        if self._is_run:
            days = f"{DAY_NAMES[self.days[0]]} to {DAY_NAMES[self.days[-1]]}"
        else:
            days = ", ".join(DAY_NAMES[day] for day in self.days)
        times = f"{self.begins:%H:%M} to {self.ends:%H:%M}, {days}"
        return f"at all times but {times}" if self.is_outside else times

    @property
    def _is_run(self) -> bool:
        return len(self.days) > 1 and self.days == tuple(range(self.days[0], self.days[-1] + 1))


def is_telephone_number(text: str) -> bool:
    """Whether a text can be dialled: 3 to 15 digits (ITU-T E.164) with single spaces between, a plus sign in front or none."""
    return bool(_NUMBER.fullmatch(text)) and 3 <= sum(character.isdigit() for character in text) <= 15


def read_time(text: str) -> time:
    """A time of the day, as 0830, 08:30 or 8.30. Raises CannotRead."""
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise CannotRead(f"“{text[:20]}” is no time: write it like 0830")
    return time(int(found[1]), int(found[2]))


def read_hours(text: str) -> Hours:
    """Hours as a file has them. Raises CannotRead."""
    typed = " ".join(text.lower().split())
    if typed in ("", ALWAYS):
        return Hours()
    found = _HOURS.fullmatch(typed)
    try:
        if found is None:
            raise ValueError
        begins, ends = time.fromisoformat(found[3]), time.fromisoformat(found[4])
        days: set[int] = set()
        for part in found[2].split(","):
            first, _, last = part.partition("-")
            days |= set(range(DAYS.index(first), DAYS.index(last or first) + 1))
        if not days or begins == ends:
            raise ValueError
    except ValueError:
        raise CannotRead(f"hours: write always, mon-fri 08:30-17:00 or outside mon-fri 08:30-17:00, not “{text[:40]}”") from None
    return Hours(tuple(sorted(days)), begins, ends, found[1] is not None)


@dataclass(frozen=True)
class Kind:
    """A kind of contact that a force sets."""

    code: str
    name: str
    phrase: str
    hours: Hours
    instead: tuple[str, ...]
    by_district: bool


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of contact that a force sets, by its code, in the order of the list."""
    return {
        row["code"]: Kind(
            row["code"], row["name"], row["phrase"], read_hours(row["hours"]), tuple(row["instead"]),
            row.get("by_district", False),
        )
        for row in reference_list("contacts", "contact_kinds").rows
    }  # fmt: skip


@dataclass(frozen=True)
class Contact:
    """One contact of a force as it is now. `district` is empty where it is for the whole force."""

    kind: str
    district: str = ""
    name: str = ""
    telephone: str = ""
    second_telephone: str = ""
    email: str = ""
    hours: Hours = field(default_factory=Hours)
    checked_on: date | None = None
    owner: str = ""  # the code of a role, or the name with which a member signs in
    note: str = ""

    @property
    def label(self) -> str:
        """What it is called: its own name, else that of its kind, with the district."""
        called = self.name or kinds()[self.kind].name
        return f"{called}: {self.district}" if self.district else called

    def days_since_check(self, today: date) -> int | None:
        """Days since somebody last checked it; None where nobody did."""
        return (today - self.checked_on).days if self.checked_on else None


@dataclass(frozen=True)
class Duty:
    """Who is on duty in a post, and until when."""

    name: str
    to_at: datetime


@dataclass(frozen=True)
class Book:
    """The contacts of one force, and by kind who is on duty there now. `is_known` is false where nobody knows which force it is
    that asks."""

    contacts: tuple[Contact, ...] = ()
    stale_days: int = 90
    is_known: bool = True
    on_duty: Mapping[str, Duty] = field(default_factory=dict)

    def find(self, kind: str, district: str = "") -> Contact | None:
        """The contact of a kind for a district; None where no number is set."""
        return next((one for one in self.contacts if (one.kind, one.district) == (kind, district)), None)

    def is_stale(self, contact: Contact, today: date) -> bool:
        """Whether nobody has checked it within the days that the force sets."""
        days = contact.days_since_check(today)
        return days is None or days > self.stale_days

    @property
    def districts(self) -> tuple[str, ...]:
        """Every district that a contact of the force names."""
        return tuple(sorted({one.district for one in self.contacts if one.district}, key=str.casefold))

    def districts_of(self, *codes: str) -> tuple[str, ...]:
        """The districts for which these kinds are shown: each of the force, and the whole force where that has one. A district
        without its own is left to that of the whole force."""
        of_all = any(self.find(code) for code in codes)
        if not any(kinds()[code].by_district for code in codes) or not self.districts:
            return ("",)
        own = tuple(place for place in self.districts if not of_all or any(self.find(code, place) for code in codes))
        return ("", *own) if of_all else own


def missing(book: Book) -> list[tuple[Kind, str]]:
    """Each kind, with the district, for which the force has set no number."""
    return [
        (kind, district)
        for kind in kinds().values()
        for district in book.districts_of(kind.code)
        if book.find(kind.code, district) is None
    ]


def stale(book: Book, today: date) -> list[Contact]:
    """The contacts that nobody has checked within the days that the force sets, those never checked first."""
    rows = [one for one in book.contacts if book.is_stale(one, today)]
    return sorted(rows, key=lambda one: (one.checked_on or date.min, one.label))


def answering(service: str, district: str, book: Book, now: datetime) -> tuple[str, Contact | None]:
    """Of a service with a day and a night number, the kind to ring at this hour and its contact; None where it is not set."""
    day, night = (book.find(f"{service}{hour}", district) for hour in (DAY, NIGHT))
    for one in (day, night):
        if one and one.hours.answers_at(now):
            return one.kind, one
    is_day = night is not None if (day is None) != (night is None) else kinds()[f"{service}{DAY}"].hours.answers_at(now)
    return f"{service}{DAY if is_day else NIGHT}", None


def ordered(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    """Contacts in the order of the list of kinds, then by district."""
    order = list(kinds())
    known = (one for one in contacts if one.kind in order)
    return tuple(sorted(known, key=lambda one: (order.index(one.kind), one.district.casefold())))
