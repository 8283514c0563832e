"""What a safe address and the way to reach somebody are known by in a text, however they were typed: the house with its street,
the postcode, numbers, mail, what they are called where messages are sent. Pure.

A text that leaves says "12 Mill Ln" or "LN1 1AA" where what is held is an address of four lines, or a row of another system.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest

from lodestar.cases.rules.matching.reach import DAY, POSTCODE, plain_digits, telephones
from lodestar.cases.rules.reported import named_in, told_in
from lodestar.kernel.spelling import folded
from lodestar.referrals.rules.handles import handles_in
from lodestar.referrals.rules.houses import ONE_OF, houses_in
from lodestar.referrals.rules.naming import Identifier

_NUMBER = re.compile(r"\+?\d[\d ()-]{6,30}\d")
# A second number of which the last figures alone were written: 01522 532222 or 532223; 07700 900123/4.
_SECOND = re.compile(r"(?:\s{0,3}(?:or|and|&|[,;/+])\s{0,3}(\d[\d ]{1,9}\d)|/(\d{1,2}))(?!\s?\d|\w)")
LOCAL = 6  # last figures of a number, as it is written where everybody is of one town
MOST_SECOND = 5  # numbers that follow one whole number
_HOUR = r"(?:[01]\d|2[0-4])[:.]?[0-5][05]"
_HOURS = rf"{_HOUR}(?:\s?[-–]\s?|\sto\s|\s){_HOUR}"
_YEARS = r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d"
_SPAN = re.compile(rf"(?<![\d.-])(?:{_YEARS}|{_HOURS}(?:[ ,]{{1,3}}{_HOURS}){{0,3}})(?!\s?[./-]?\s?\d)")  # 0900-1700, 2019-2024
_FIGURES_BEFORE = re.compile(r"[\d ()+./-]{1,40}\Z")
WHOLE = 10  # figures that no hours belong to any more
_LONG = re.compile(r"0[1-9]\d{10,30}")  # what else was typed behind a number: 07700 900123 0930
_MAIL = re.compile(r"[^\s@]{1,100}@[^\s@]{1,200}")
_BETWEEN = re.compile(r"[,;\r\n]+")
_BARE = re.compile(r"(?:no|nr|num|number)?\d{1,4}[a-z]?")  # a number that no word says the place of
_SORTS = "|".join(sorted(ONE_OF))
_HOUSE = re.compile(rf"(?:no|nr|num|number|house|hse|{_SORTS}){{0,2}}\d{{1,4}}[a-z]?")
_LETTERED = re.compile(rf"(?:{_SORTS})\s{{1,3}}[a-z](?!\w)", re.IGNORECASE)  # Flat B
# What stands where nothing is known. Looked for, it would be cut out of every sentence that says it of something else.
_NOTHING = frozenset(
    map(folded, (
        "unknown", "not known", "not given", "not stated", "not applicable", "no fixed abode", "no fixed address", "nfa", "none",
        "nothing", "refused", "declined", "withheld", "homeless", "as above", "see above", "same as above", "the same",
    ))
)  # fmt: skip


def of_an_address(address: str, contact: str = "") -> tuple[Identifier, ...]:
    """Everything by which a place and a way to reach somebody could be told in a text. Of a way to contact them its numbers,
    mail, handles, houses and postcodes alone, since the rest is advice."""
    values = [*told_in(address)]
    parts = [part for text in values for part in map(str.strip, _BETWEEN.split(text)) if part]
    found = [Identifier("house", house) for house in (*_houses(parts), *houses_in(contact, is_address=False))]
    found += [Identifier("handle", handle) for text in (named_in(address), contact) for handle in handles_in(text)]
    found += [Identifier("address", part) for part in _parts(values, parts)]
    found += [Identifier("postcode", f"{out}{within}") for text in (*values, contact) for out, within in _postcodes(text)]
    for text in (*values, *told_in(contact)):
        found += [Identifier("telephone", number) for number in _numbers(text)]
        found += [Identifier("email", mail) for mail in _MAIL.findall(text)]
    return tuple(dict.fromkeys(one for one in found if one.value))


def _parts(values: Sequence[str], parts: Sequence[str]) -> Iterator[str]:
    """The address as a whole and each part of it that has a figure, a room or a flat among them; a town alone may be told, and a
    number alone."""
    yield from (text.strip() for text in values if folded(text) not in _NOTHING and not _BARE.fullmatch(folded(text)))
    yield from (part for part in parts if any(map(str.isdecimal, part)) and not _BARE.fullmatch(folded(part)))
    for part, following in zip_longest(parts, parts[1:], fillvalue=""):
        if lettered := _LETTERED.match(part):
            yield part if lettered[0] != part else f"{part} {following}" if following else ""


def _houses(parts: Sequence[str]) -> Iterator[str]:
    """Each house with its street; the number may stand in a part of its own: 12, Mill Lane; Flat 3, Rose Court; or a column for
    each."""
    for one, other in pairwise(parts):
        if is_house(one) != is_house(other):
            yield from houses_in(f"{one} {other}" if is_house(one) else f"{other} {one}")
    for part in parts:
        yield from houses_in(part)


def _numbers(text: str) -> Iterator[str]:
    """Each telephone number, by its last figures too, as it is written after another: 01522 532222 or 532223."""
    told = _SPAN.sub(_without_hours, DAY.sub(" : ", plain_digits(text)))  # a day and hours are no number
    whole = [*_NUMBER.findall(told), *sorted(telephones(told)), *_seconds(told)]
    digits = [folded(number) for number in whole]
    digits += [one[:end] for one in digits if _LONG.fullmatch(one) for end in (WHOLE, WHOLE + 1)]
    yield from (number[-LOCAL:] for number in digits)
    yield from digits[len(whole) :]
    yield from whole


def _without_hours(span: re.Match[str]) -> str:
    """What stays of figures that look like hours or years: nothing by themselves, or, if a dash or a word joins them or a whole
    number stands before, nothing either; within a number all of them: 01522 530 0915, 020 2010-1230."""
    run = _FIGURES_BEFORE.search(span.string[max(0, span.start() - 40) : span.start()])
    before = len(re.sub(r"\D", "", run[0])) if run else 0
    is_joined = bool(re.search("[-–]|to", span[0]))
    return " : " if before >= WHOLE or (is_joined and before == 0) else span[0]


def _seconds(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        first, end = folded(match[0]), match.end()
        for _ in range(MOST_SECOND):
            second = _SECOND.match(text, end)
            if second is None:
                break
            figures, end = folded(second[1] or second[2]), second.end()
            yield first[: -len(figures)] + figures
            yield figures


def is_house(text: str) -> bool:
    """Whether a text is the number of a house or a flat and nothing else."""
    return bool(_HOUSE.fullmatch(folded(text)))


def _postcodes(text: str) -> Iterable[tuple[str, str]]:
    return POSTCODE.findall(plain_digits(text))
