"""Telephone numbers and addresses as they are typed, in one spelling."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from phonenumbers import Leniency, PhoneNumberMatch, PhoneNumberMatcher, national_significant_number

from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.fuzzy import partial_date

REGION, HOME = "GB", "44"  # of a number that is written without its country
LEAST_DIGITS = 9  # without the nought: a number that a spreadsheet shortened has lost what tells it apart
# Numbers of services, that everybody whom they help may give: 03, 080, 084, 087.
_OF_SERVICES = ("443", "4480", "4484", "4487")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_AGAINST_LETTERS = re.compile(r"(?<=[a-z])(?=0\d{9})", re.IGNORECASE)  # m07700900123
_NOUGHT = re.compile(r"(?<!\w)o(?=[\s\d]{9,})", re.IGNORECASE)  # the letter for the figure
_EXTENSION = re.compile(r"\s(?:x|ext(?:ension|n)?)[.:]?\s", re.IGNORECASE)  # or two of one kind: 2 x 07700 900123
_DAY = re.compile(  # and the time after it
    r"(?<![\d./-])(?:\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|\d{1,2}([./])\d{1,2}\2\d\d|(?:19|20)\d\d([./-])\d\d\3\d\d)"
    r"(?![./-]?\d)(?:[ T]+\d{1,2}[:.]\d\d(?!\d))?"
)
_SHORTENED = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
_HOUSE_LETTER = re.compile(r"\b(\d{1,4}) ([a-d])\b(?= +[a-z]{3})")  # 21 A Mill Street
SHORT_FOR: dict[str, str] = {row["code"]: row["words"] for row in reference_list("names", "address_words").rows}


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in plain)


def numbers_in(text: str) -> Iterator[PhoneNumberMatch]:
    """The telephone numbers in a text, with where they stand; none that is too short to tell anybody apart."""
    if sum(map(str.isdigit, text)) < LEAST_DIGITS:
        return
    for phone_match in PhoneNumberMatcher(text, REGION, leniency=Leniency.POSSIBLE, max_tries=len(text) + 1):
        if len(_number(phone_match).removeprefix(HOME)) >= LEAST_DIGITS:
            yield phone_match


def telephones(text: str) -> frozenset[str]:
    """The telephone numbers in a text, each with its country's figures; those without a country as of the United Kingdom."""
    plain = _DAY.sub(" ", _SHORTENED.sub(" ", plain_digits(text).translate(_DASHES)))
    plain = _EXTENSION.sub(" ; ", _AGAINST_LETTERS.sub(" ", _NOUGHT.sub("0", plain)))
    return frozenset(number for phone_match in numbers_in(plain) if _tells_apart(number := _number(phone_match)))


def _number(phone_match: PhoneNumberMatch) -> str:
    return f"{phone_match.number.country_code}{national_significant_number(phone_match.number)}"


def _tells_apart(number: str) -> bool:
    """Whether a number may be one person's: no number of a service, and no row of one or two figures."""
    is_a_row = len(set(number.removeprefix(HOME))) <= 2 or number.endswith("000000")
    return not is_a_row and not number.startswith(_OF_SERVICES)


def tail(number: str) -> str:
    """What of a number stays the same whether or not its country was written before it: one that was noted as they dial it at
    home is the same as with their country's figures."""
    return number[-LEAST_DIGITS:]


def addresses(text: str) -> frozenset[str]:
    """What an address is known by: the postcode with the numbers of house and flat, and the street with the number."""
    plain = unicodedata.normalize("NFKD", plain_digits(text)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    address_keys = set()
    postcode = POSTCODE.search(plain)
    code = (postcode[1] + postcode[2]) if postcode else ""
    if postcode:
        plain = plain[: postcode.start()] + " " + plain[postcode.end() :]
    plain = _HOUSE_LETTER.sub(r"\1\2", re.sub(r"['’.]", "", plain))
    words = [SHORT_FOR.get(word, word) for word in re.findall(r"[^\W_]+", plain)]
    numbers = [word for word in words if re.fullmatch(r"\d{1,4}[a-z]?", word)]
    if code and numbers:
        address_keys.add(f"{code} {' '.join(sorted(numbers))}")
    street = _street(words)
    if street and numbers:
        address_keys.add(street)
    elif code and not numbers:
        specific_words = [word for word in words if word not in _GENERAL][:2]
        if specific_words:
            address_keys.add(f"{code} {' '.join(specific_words)}")
    return frozenset(address_keys)


STREETS = frozenset(SHORT_FOR.values()) - {
    "flat", "room", "floor", "lower", "upper", "north", "south", "great", "little", "house", "building", "buildings", "estate",
} | {"way", "hill", "row", "walk", "yard", "quay"}  # fmt: skip
_GENERAL = frozenset({"flat", "room", "floor", "house", "the", "no", "number", "near", "by", "at", "c", "o", "care", "of"})


def _street(words: list[str]) -> str:
    """`12 high street lincoln`: number, street and the word after it, where the address has such."""
    for (place, word), back in product(enumerate(words), (2, 3)):
        if word in STREETS and place >= back and re.fullmatch(r"\d{1,4}[a-z]?", words[place - back]):
            town = words[place + 1] if place + 1 < len(words) else ""
            return f"{' '.join(words[place - back : place + 1])} {town}" if town and not town.isdigit() else ""
    return ""


SLACK_YEARS = 3  # an age that was guessed is seldom further out
_YEAR = 365.25


@dataclass(frozen=True)
class Born:
    """When somebody was born: the text of a part date where one is known, and the years it may have been."""

    text: str
    first: int
    last: int

    @property
    def is_day(self) -> bool:
        return len(self.text) == 10


def born(text: str, age_min: int | None, age_max: int | None, on: date | None) -> Born | None:
    """What is known, or None. An age without the day on which it was true is no help. `0000`-like texts are none."""
    if text:
        try:
            birth_date = partial_date(text)
        except ValueError:
            birth_date = None
        if birth_date is not None:
            return Born(text, birth_date.earliest.year, birth_date.latest.year)
    ages = [age for age in (age_min, age_max) if age is not None]
    if on is None or not ages:
        return None
    low, high = ages[0], ages[-1]
    last = on - timedelta(days=low * _YEAR)
    first = on - timedelta(days=(high + 1) * _YEAR - 1)
    return Born("", first.year, last.year)


def changed_over(day: str) -> str:
    """The same day with day and month changed over, or an empty text where that is no day or the same one."""
    year, month, number = day.split("-")
    return f"{year}-{number}-{month}" if int(number) <= 12 and number != month else ""


def is_first_of_year(day: str) -> bool:
    """Whether it is the day that is written where only the year is known."""
    return day.endswith("-01-01")
