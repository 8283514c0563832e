"""What in a text that is to leave shows who somebody is or where: known values exactly, and shapes of numbers. Pure.

A name is found whole and by its parts, in every spelling that the comparison of names folds; a telephone number however it is
written; an address by its pieces. Nothing else is guessed, and nothing is cut: a person edits the text or keeps the match.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from phonenumbers import PhoneNumberMatch

from lodestar.platform.names.compare_names import How, how_alike
from lodestar.platform.names.contact_normalisation import POSTCODE, SHORT_FOR, numbers_in
from lodestar.platform.names.names import Part, aliases, parts_of
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.text.sorting import Word, words
from lodestar.platform.time.uk_dates import MONTHS

LEAST_REFERENCE = 5  # letters and digits of a reference that is looked for
WHOLE_DAY = len("2009-09-04")
_SHAPES = (  # United Kingdom: HMRC manual NIM39110, passports, DVLA INF104
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}")),
    ("national_insurance", re.compile(r"\b[A-Z]{2}\s?\d\d\s?\d\d\s?\d\d\s?[A-D]\b", re.IGNORECASE)),
    ("passport", re.compile(r"\b(?:[A-Z]{1,2}\d{6,8}|[1-9]\d{8})\b", re.IGNORECASE)),
    ("plate", re.compile(r"\b(?:[A-Z]{2}\d\d\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3})\b", re.IGNORECASE)),
    ("postcode", POSTCODE),
)  # fmt: skip
# What texts leave for. On an anonymous notification the person concerned may not be shown.
ANONYMOUS, CRIME, INTELLIGENCE = "anonymous_notification", "crime_record", "intelligence"
INCIDENT, FILE = "incident_log", "htcds"
Keep = Literal["yes", "not_them", "never"]
_VOWELS = frozenset("aeiouy'’+")


@dataclass(frozen=True)
class KnownValue:
    """A value that is held: `kind` is name, telephone, email, address, postcode, birth or reference. `owner` says whose it is:
    own (the person concerned), victim (another possible victim), exploiter, other; or place (a safe address or safe contact) and
    sealed (of a sealed case). `person` is the record of whoever it is."""

    kind: str
    value: str
    owner: str
    person: str = ""


@dataclass(frozen=True)
class Match:
    """Where a text holds a known value or a shape: `text[start:end]` is `typed`. A shape has no owner; `is_part` is one word
    alone of a name of several."""

    kind: str
    owner: str
    start: int
    end: int
    typed: str
    is_part: bool = False
    person: str = ""


@dataclass(frozen=True)
class _Text:
    typed: str
    words: Sequence[Word]
    distinct: frozenset[str]
    numbers: Sequence[PhoneNumberMatch]


def highlight(text: str, values: Iterable[KnownValue]) -> tuple[Match, ...]:
    """The matches in a text, in its order, none over another: what may never leave first, then the longest."""
    typed = words(text)
    read = _Text(text, typed, frozenset(text[word.start : word.end] for word in typed), tuple(numbers_in(text)))
    candidates = [*_shapes(text, read.numbers), *(match for value in values for match in _known(value, read))]
    taken: list[Match] = []
    for match in sorted(candidates, key=lambda candidate: (_rank(candidate), candidate.start - candidate.end, candidate.start)):
        if all(match.end <= other.start or other.end <= match.start for other in taken):
            taken.append(match)
    return tuple(sorted(taken, key=lambda taken_match: taken_match.start))


def may_keep(match: Match, use: str) -> Keep:
    """Whether a named person may keep a match in what leaves for a use: `yes`, with a reason; `not_them`, where they say that it
    is not about whom it is like; or `never`, and nothing is sent until it is gone."""
    if match.owner in ("place", "sealed"):
        return "never"
    if match.owner == "victim":
        return "not_them" if match.is_part and match.typed.islower() else "never"
    return "not_them" if match.owner == "own" and use == ANONYMOUS else "yes"


def never_leaves(text: str, values: Sequence[KnownValue], use: str) -> bool:
    """Whether a text holds what no named person may keep."""
    return any(may_keep(match, use) == "never" for match in highlight(text, values))


def key_of(match: Match) -> str:
    """What tells one match of a text from another: where the same is typed twice, capitals and all, one decision is for both."""
    return fingerprint(match.kind, match.owner, match.typed)


def sentence_of(text: str, match: Match) -> tuple[int, int]:
    """From where to where the sentence goes in which a match stands."""
    start = max(text.rfind(end, 0, match.start) for end in (". ", "! ", "? ", "\n"))
    ends = [place for end in (". ", "! ", "? ", "\n") if (place := text.find(end, match.end)) >= 0]
    return (start + 1 if start >= 0 else 0), min(ends, default=len(text) - 1) + 1


def values_of_name(name: str, owner: str, person: str = "") -> Iterator[KnownValue]:
    """The names in a field, which may hold several: `Ana Pop aka Anca`."""
    yield from (KnownValue("name", alias, owner, person) for alias in aliases(name) if parts_of(alias))


def values_of_text(text: str, owner: str, person: str = "", *, is_address: bool = False) -> Iterator[KnownValue]:
    """The telephone numbers, e-mail addresses and postcodes in an address or a way to contact somebody; and its pieces by which
    a place or an account is known: of an address each part between commas that is no town, and words with capitals together."""
    for match in _shapes(text, tuple(numbers_in(text))):
        if match.kind in ("telephone", "email", "postcode"):
            yield KnownValue(match.kind, match.typed, owner, person)
    for number, piece in enumerate(filter(None, map(str.strip, re.split(r"[,;:\n]", text)))):
        of_piece = words(piece)
        if is_address:
            yield from (KnownValue("address", place, owner, person) for place in _places(piece, of_piece, is_first=number == 0))
        elif any(mark.isdigit() for mark in piece) or set(piece) & set("@_."):
            yield from (KnownValue("address", piece, owner, person) for _ in of_piece[:1] if len(of_piece) <= 2)


def _places(piece: str, read: Sequence[Word], *, is_first: bool) -> Iterator[str]:
    """What of one part of an address tells the place: the whole part, its street without the number, and each run of words that
    begin with a capital or a figure."""
    towns = _towns()
    spans = [(0, len(read)), (1, len(read))] if read and read[0].folded.isdigit() else [(0, len(read))]
    begun = [not piece[word.start].islower() for word in read]
    runs = [place for place in range(len(read)) if begun[place] and not (place and begun[place - 1])]
    spans += [(start, next((end for end in range(start, len(read)) if not begun[end]), len(read))) for start in runs]
    for start, end in dict.fromkeys(spans):
        name = tuple(word.folded for word in read[start:end])
        if (end - start > 1 or (is_first and (start, end) == (0, len(read)))) and name and name not in towns:
            yield piece[read[start].start : read[end - 1].end]


@lru_cache(maxsize=1)
def _towns() -> frozenset[tuple[str, ...]]:
    """The towns, regions and countries of the Home Office's lists: by themselves they tell no place."""
    rows = reference_list("reference", "form_lists").rows
    names = (name for row in rows if row["code"] != "nationalities" for name in row["values"])
    return frozenset(tuple(word.folded for word in words(part)) for name in names for part in name.split(" / "))


def _rank(match: Match) -> int:
    if match.owner == "victim":
        return 3 if match.is_part else 1
    return {"place": 0, "sealed": 0, "own": 2, "exploiter": 4, "other": 4}.get(match.owner, 5)


def _known(value: KnownValue, read: _Text) -> Iterator[Match]:
    if value.kind == "name":
        yield from _names(value, read)
        return
    if value.kind == "birth":
        spans = _births(value.value, read)
    elif value.kind == "telephone":
        numbers = {typed.number.national_number for typed in numbers_in(value.value)}  # with whatever country it is written
        spans = ((typed.start, typed.end) for typed in read.numbers if typed.number.national_number in numbers)
    else:
        spans = _same_words(value.value, read.words, is_address=value.kind == "address")
    for start, end in spans:
        yield Match(value.kind, value.owner, start, end, read.typed[start:end], person=value.person)


def _shapes(text: str, numbers: Iterable[PhoneNumberMatch]) -> Iterator[Match]:
    for kind, pattern in _SHAPES:
        yield from (Match(kind, "", *shape.span(), shape[0]) for shape in pattern.finditer(text))
    yield from (Match("telephone", "", number.start, number.end, number.raw_string) for number in numbers)


def _same_words(value: str, read: Sequence[Word], *, is_address: bool) -> Iterator[tuple[int, int]]:
    """Where the letters and digits of a value stand, however they are parted; of an address, word by word with Rd as Road."""
    sought = [_of_street(word.folded) for word in words(value)]
    joined = "".join(sought)
    if not is_address and len(joined) < LEAST_REFERENCE:
        return
    for first in range(len(read)):
        so_far = ""
        for last in range(first, min(len(read), first + len(sought) + (0 if is_address else len(joined)))):
            so_far += _of_street(read[last].folded)
            if so_far == joined:
                yield read[first].start, read[last].end
            if len(so_far) >= len(joined):
                break


def _of_street(word: str) -> str:
    return SHORT_FOR.get(word, word)


def _births(value: str, read: _Text) -> Iterator[tuple[int, int]]:
    """A day of birth as it is written: 4 September 2009, 04/09/09, 2009-09-04, September 4th, 2009; or in figures alone."""
    if len(value) != WHOLE_DAY:
        return
    year, month, day = value.split("-")
    name = MONTHS[int(month) - 1]
    whole = {f"{day}{month}{year}", f"{year}{month}{day}", f"{day}{month}{year[2:]}"}
    months = {month, month.lstrip("0"), *(name[:letters] for letters in range(3, len(name) + 1))}
    days = {f"{form}{end}" for form in (day, day.lstrip("0")) for end in ("", "st", "nd", "rd", "th")}
    wanted = ((days, months, {year, year[2:]}), (months, days, {year, year[2:]}), ({year, year[2:]}, months, days))
    for place, word in enumerate(read.words):
        if word.folded in whole:
            yield word.start, word.end
        three = [nearby_word for nearby_word in read.words[place : place + 4] if nearby_word.folded != "of"][:3]
        if len(three) == 3 and any(
            all(date_word.folded in forms for date_word, forms in zip(three, order, strict=True)) for order in wanted
        ):
            yield three[0].start, three[2].end


def _names(value: KnownValue, read: _Text) -> Iterator[Match]:
    """Runs of words that are words of the name, and one alone that is; a name in a script without spaces also as it stands. Of a
    sealed case the whole name alone: what one word of it is like would tell of the case."""
    parts = [*parts_of(value.value), *_behind_apostrophe(value.value)]
    place = read.typed.find(value.value) if not value.value.isascii() else -1
    if place >= 0:
        yield Match("name", value.owner, place, place + len(value.value), value.value, person=value.person)
    yield from _neighbours(value, read)
    alike = {typed: {number for number, part in enumerate(parts) if _is_one(part, typed)} for typed in read.distinct}
    run: list[tuple[Word, set[int]]] = []
    for word in (*read.words, Word("", len(read.typed), len(read.typed))):
        numbers = alike.get(read.typed[word.start : word.end])
        if numbers:
            run.append((word, numbers))
            continue
        yield from _of_run(value, read.typed, parts, run)
        run = []


def _behind_apostrophe(name: str) -> list[Part]:
    """What stands in a word of the name behind its apostrophe: Sullivan of O'Sullivan, Souza of D'Souza."""
    behind = [word.partition("'")[2] for word in name.replace("’", "'").split()]
    return [part for rest in behind if len(rest) > 2 for part in parts_of(rest)]


def _neighbours(value: KnownValue, read: _Text) -> Iterator[Match]:
    """Two neighbours of the name, however they are parted: Abdul Karim and Abdulkarim, Mc Donald and McDonald."""
    known = words(value.value)
    for first, second in pairwise(known) if value.owner != "sealed" or len(known) == 2 else ():
        for start, end in _same_words(f"{first.folded} {second.folded}", read.words, is_address=False):
            is_part = len(known) > 2
            yield Match("name", value.owner, start, end, read.typed[start:end], is_part=is_part, person=value.person)


def _of_run(value: KnownValue, text: str, parts: Sequence[Part], run: Sequence[tuple[Word, set[int]]]) -> Iterator[Match]:
    if len(run) > 1 and len(set.union(*(numbers for _, numbers in run))) > 1:
        start, end = run[0][0].start, run[-1][0].end
        yield Match("name", value.owner, start, end, text[start:end], person=value.person)
        return
    for word, numbers in run if value.owner != "sealed" else ():
        if any(not parts[number].is_middle for number in numbers):
            typed = text[word.start : word.end]
            yield Match("name", value.owner, word.start, word.end, typed, is_part=len(parts) > 1, person=value.person)


@lru_cache(maxsize=65_536)
def _is_one(part: Part, typed: str) -> bool:
    """Whether a word is this word of a name: written the same once both are in Latin letters, or, from another script, as it
    sounds; typed in small letters only with no more than its unwritten vowels."""
    if part.is_initial:
        return False
    bare = typed.removesuffix("'s").removesuffix("’s")
    for other in parts_of(bare):
        mine, theirs = _plain(part), _plain(other)
        if mine & theirs:
            return True
        if part.script == other.script or other.is_initial:
            continue
        if bare[:1].isupper() and how_alike(part, other) in (How.SAME, How.ALIKE):
            return True
        if any(_adds_vowels(latin, another) for latin in mine for another in theirs):
            return True
    return False


def _plain(part: Part) -> set[str]:
    return {latin.replace("'", "").replace("+", "") for latin in part.latins}


def _adds_vowels(bare: str, typed: str) -> bool:
    """Whether the second is the first with vowels between, or letters doubled: zhra, zahra."""
    place = 0
    for letter in typed:
        if place < len(bare) and letter == bare[place]:
            place += 1
        elif letter not in _VOWELS and letter != bare[place - 1 : place]:
            return False
    return place == len(bare)
