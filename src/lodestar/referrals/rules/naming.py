"""Where a text holds something by which a person of the case could be identified, in whatever spelling.

Modern Slavery Act 2015 s52(3): a notification must not identify an adult who has not agreed to it. Each occurrence is
shown to the officer, who says whether it stays: a name may be that of somebody else.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from lodestar.kernel.fuzzy import PartialDate, partial_date
from lodestar.kernel.spelling import Word, folded, may_be_joined, words
from lodestar.kernel.uk_dates import MONTHS
from lodestar.referrals.rules.called import called, name_places
from lodestar.referrals.rules.handles import LEAST_HANDLE
from lodestar.referrals.rules.houses import house_places, is_no_house, parted

_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_BETWEEN = r"(?:\s*[/.,-]\s*|\s+)"
_NAMED = r"(?P<month>\d{1,2}|[a-z]{3,9})"
_DAY_OF = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?"
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY_OF}{_BETWEEN}{_NAMED}{_BETWEEN}(?P<year>\d{{4}}|\d\d)\b",
        rf"\b(?P<year>\d{{4}}){_BETWEEN}{_NAMED}{_BETWEEN}{_DAY_OF}\b",
        rf"\b(?P<month>[a-z]{{3,9}})\.?\s+{_DAY_OF}{_BETWEEN}(?P<year>\d{{4}})\b",
    )
)

LEAST = 2  # letters of a part of a name that is looked for; one alone is an initial
LEAST_WITHIN = 3  # letters of a part that is looked for within longer words
ENDING = 3  # letters that a case ending adds at most
COUNTRY = 6  # digits of a country and of what is left out after it that may stand before
NUMBER_TELLS = 9  # last digits by which a telephone number is told, however its country is written
LEAST_NUMBER = 6  # digits or letters of a number or reference that is looked for
LEAST_POSTCODE = 5  # M1 1AE
_LEAST = {"postcode": LEAST_POSTCODE, "handle": LEAST_HANDLE}
_OF_A_PLACE = frozenset(("address", "house", "postcode"))


@dataclass(frozen=True)
class Identifier:
    """Something held of a person of the case: `kind` is name, telephone, email, handle, address, house (`houses_in`), postcode,
    birth or reference. `shared` are words of a name that are not looked for, since whoever the text is of has them too."""

    kind: str
    value: str
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Occurrence:
    """Where an identifier stands: `text[start:end]` is what was typed there."""

    identifier: Identifier
    start: int
    end: int
    typed: str


@dataclass(frozen=True)
class _Text:
    """A text with its words, what they are side by side, and its words with figures apart from letters."""

    typed: str
    words: Sequence[Word]
    joined: str
    parted: Sequence[Word]


def occurrences(text: str, identifiers: Iterable[Identifier], *, is_wide: bool = False) -> tuple[Occurrence, ...]:
    """Every place where one of the identifiers stands, in the order of the text, each place once: a part of an address within
    a longer one that stands there is no place of its own."""
    read = words(text)
    told = _Text(text, read, "".join(word.folded for word in read), parted(text, read))
    places = {place: identifier for identifier in identifiers for place in _places(identifier, told, is_wide=is_wide)}
    found = sorted(places.items(), key=itemgetter(0))
    houses = [place for place, held in found if held.kind in _OF_A_PLACE]
    return tuple(
        Occurrence(held, start, end, text[start:end])
        for (start, end), held in found
        if held.kind not in _OF_A_PLACE or not any(_is_within((start, end), house) for house in houses)
    )


def _is_within(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return place != other and other[0] <= place[0] and place[1] <= other[1]


def _places(identifier: Identifier, told: _Text, *, is_wide: bool) -> Iterator[tuple[int, int]]:
    if identifier.kind == "name":
        sought = called(identifier.value, identifier.shared)
        yield from name_places(sought, told.typed, told.words, _name_places, is_wide=is_wide)
    elif identifier.kind == "birth":
        yield from _birth_places(partial_date(identifier.value), told.typed)
    elif identifier.kind == "house":
        yield from house_places(identifier.value, told.typed, told.parted)
    else:
        is_number = identifier.kind == "telephone"
        wanted = folded(identifier.value)
        if is_number:
            wanted = wanted[-NUMBER_TELLS:]
        if len(wanted) >= _LEAST.get(identifier.kind, LEAST_NUMBER) and wanted in told.joined:
            found = _run_places(wanted, told.parted if is_number else told.words, is_number=is_number)
            yield from (one for one in found if identifier.kind != "address" or not is_no_house(told.typed, one[0]))


def _name_places(part: str, read: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where a part of a name is a word, or within one where its script writes words together or with endings."""
    if len(part) >= LEAST:
        before, after = may_be_joined(part)
        for word in read:
            if _is_name(part, word.folded, before=before, after=after):
                yield word.start, word.end


def _is_name(part: str, word: str, *, before: bool, after: bool) -> bool:
    if before:
        return part in word
    longer = word.removeprefix(part)
    if longer == word:
        return False
    if after and len(part) >= LEAST_WITHIN:
        return len(longer) <= ENDING
    return longer in ("", "s")  # Anna’s


def _run_places(wanted: str, read: Sequence[Word], *, is_number: bool) -> Iterator[tuple[int, int]]:
    """Where words set side by side hold it, whatever stands between them: a number in groups, a reference with dashes."""
    first = 0
    while left := read[first:]:
        last = _last_of_run(wanted, left, is_number=is_number)
        if last is None:
            first += 1
        else:
            yield left[0].start, left[last].end
            first += last + 1


def _last_of_run(wanted: str, read: Sequence[Word], *, is_number: bool) -> int | None:
    """The place of the word with which a run from the first is the one wanted; a number may begin with its country."""
    run = ""
    for place, word in enumerate(read):
        run += word.folded
        if run.endswith(wanted) if is_number else run == wanted:
            return place
        if len(run) >= len(wanted) + COUNTRY or (is_number and not run.isdecimal()):
            return None
    return None


def _birth_places(born: PartialDate, text: str) -> Iterator[tuple[int, int]]:
    """Where a day of birth is written, in figures or words. A month or a year alone tells nobody apart."""
    if not born.is_exact:
        return
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if _is_day(match["year"], match["month"], match["day"], born.earliest):
                yield match.span()


def _is_day(year: str, month: str, day: str, born: date) -> bool:
    written = month if month.isdecimal() else str(_MONTH_NUMBERS.get(month.casefold()[:3], 0))
    years = (born.year,) if len(year) == len("2009") else (born.year % 100,)
    return (int(written), int(day)) == (born.month, born.day) and int(year) in years
