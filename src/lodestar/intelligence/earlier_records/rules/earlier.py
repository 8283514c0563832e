"""What an earlier record of another system tells, as the rules read it. Where somebody comes from, what they speak and what
they believe stands in none of it: no sign can rest on that."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lodestar.intelligence.identities.rules.match_reasons import Code, Described, match_reasons
from lodestar.platform.names.contact_normalisation import changed_over
from lodestar.platform.text.sorting import NO_NAME, sort_key
from lodestar.platform.time.days import add_months

KINDS = {"custody": "Custody", "missing": "Missing", "stop": "Stop", "address": "Address", "call": "Call"}
ADULT = 18  # years
DAY_OF_BIRTH = len("2009-09-04")
SURE, MAY_BE, NOT = "sure", "may_be", "not"
_NOBODY = frozenset(
    {"unknown", "not known", "not given", "refused", "name refused", "n k", "nk", "john doe", "jane doe", "anonymous"}
)


@dataclass(frozen=True)
class EarlierFacts:
    """One earlier record. `id` tells it from others, `reference` is the other system's own; ages are those of that day, in
    completed years, None where not known."""

    id: str
    kind: str
    reference: str = ""
    happened_on: date | None = None
    words: str = ""
    offence: str = ""
    age_min: int | None = None
    age_max: int | None = None

    @property
    def is_child(self) -> bool:
        """Whether they were a child on that day, or may have been: an upper bound that is not known shows none."""
        return self.age_max is not None and self.age_min is not None and self.age_min < ADULT

    @property
    def name(self) -> str:
        """What the record is called in a sentence: `MP/22 of 3 March 2026` without its kind."""
        day = f"{self.happened_on.day} {self.happened_on:%B %Y}" if self.happened_on else "a day not known"
        return f"{self.reference or 'a record'} of {day}"


@dataclass(frozen=True)
class PossibleSign:
    """A sign that a record may show: its code and sentence, and the very words or facts it rests on. It has no weight."""

    code: str
    sentence: str
    rests_on: str
    rule: str  # how it was seen: words, or the code of the row of record_patterns.toml


@dataclass(frozen=True)
class NameAndBirth:
    """A name and a day of birth, as a record or a case has them."""

    name: str
    birth_date: str


@dataclass(frozen=True)
class RecordInput:
    """A record as it comes in. `key` tells that it came before, `source_row` is all of it as it came, `reach` is where they
    live and their telephone, `address` an address by which others at the same are found; `notes` are for whoever imports it."""

    key: str
    kind: str
    source_row: str
    reference: str = ""
    happened_at: datetime | None = None
    happened_as: str = ""
    name: str = ""
    birth_date: str = ""
    age_min: int | None = None
    age_max: int | None = None
    place: str = ""
    address: str = ""
    offence: str = ""
    words: str = ""
    reach: str = ""
    source: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def person_key(self) -> str:
        """What tells whom it is about: name and birth, or without both the record alone."""
        return person_key(self.name, self.birth_date) or self.key


def person_key(name: str, birth_date: str) -> str:
    """What rows of the same letters of a name, in whatever order, and the same day of birth have in common. Empty where either is
    missing, and for 1 January, which is written where the year alone is known."""
    filed = " ".join(sorted(plain_name(name).split()))
    if not filed or len(birth_date) != DAY_OF_BIRTH or birth_date.endswith("-01-01"):
        return ""
    return hashlib.sha256(f"{filed}\n{birth_date}".encode()).hexdigest()


def how_alike(first: NameAndBirth, other: NameAndBirth) -> str:
    """SURE by the same key (`person_key`). MAY_BE where the names are alike, in any spelling or script, and the day of birth is
    the same or has day and month changed over: a person decides. NOT otherwise."""
    key = person_key(first.name, first.birth_date)
    if key and key == person_key(other.name, other.birth_date):
        return SURE
    if other.birth_date not in births_sought(first.birth_date) or not (plain_name(first.name) and plain_name(other.name)):
        return NOT
    described = [Described(names=(called.name,), born=called.birth_date) for called in (first, other)]
    return MAY_BE if {Code.NAME_SAME, Code.NAME_ALIKE} & set(match_reasons(*described)) else NOT


def births_sought(birth_date: str) -> tuple[str, ...]:
    """The days of birth among which somebody born then is looked for; none where no day is known."""
    if len(birth_date) != DAY_OF_BIRTH:
        return ()
    over = changed_over(birth_date)
    return (birth_date, over) if over else (birth_date,)


def plain_name(name: str) -> str:
    """The letters of a name, small and without accents; empty where it has none, or says that it is not known."""
    filed = sort_key(name).partition("\t")[0]
    return "" if filed == NO_NAME or filed in _NOBODY else filed


def address_key(address: str) -> str:
    """What two ways of writing one address have in common; empty where no number of a house tells it from a street or town."""
    letters = "".join(letter if letter.isalnum() else " " for letter in address.casefold())
    parts = [word for word in letters.split() if word not in ("flat", "apartment", "the", "of")]
    if len(parts) < 2 or not any(word[0].isdigit() for word in parts):
        return ""
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()


DAYS_OF_A_YEAR = 365
LOOKS_BACK = timedelta(days=DAYS_OF_A_YEAR)  # before a concern records of each kind must be held for so long (policy)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Coverage:
    """Of what time earlier records are held: by kind and month (its first day) the first day of which there is one.
    `kept_months`: the fewest months after they came in for which the clock has ever kept them."""

    months: Mapping[tuple[str, date], date] = field(default_factory=dict)
    kept_months: int = 120

    @property
    def late_after(self) -> timedelta:
        """How long after a meeting the clock may have let go a record of the year before it."""
        return timedelta(days=self.kept_months * DAYS_OF_A_YEAR // 12) - LOOKS_BACK

    def is_too_late(self, day: date, recorded_on: date | None = None) -> bool:
        """Whether the clock may have let records of the year before a day go before somebody who was met that day was written
        down: from then on it keeps theirs."""
        return (recorded_on or day) - day > self.late_after

    def missing(self, kind: str, day: date) -> tuple[date, ...]:
        """The months of the year before a day of which there is no record of a kind. A record of the day itself or after it says
        nothing of before it."""
        return tuple(month for month in months_before(day) if not self._has(kind, month, day - _ONE_DAY))

    def missing_kinds(self, day: date) -> dict[str, tuple[date, ...]]:
        """What is missing of each kind of which any month is."""
        return {kind: months for kind in KINDS if (months := self.missing(kind, day))}

    def is_whole(self, day: date) -> bool:
        """Whether the records of every kind are held for the whole year before a day, for whoever is written down on it."""
        return not self.is_too_late(day) and not self.missing_kinds(day)

    def _has(self, kind: str, month: date, ends: date) -> bool:
        seen = self.months.get((kind, month))
        return seen is not None and seen <= ends


def months_before(day: date) -> tuple[date, ...]:
    """The months that the year before a day touches, each by its first day."""
    return tuple(_months(day - LOOKS_BACK, day - _ONE_DAY))


def _months(begins: date, ends: date) -> Iterable[date]:
    month = begins.replace(day=1)
    while month <= ends:
        yield month
        month = add_months(month, 1)
