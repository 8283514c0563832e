"""Telephone numbers and addresses as they are typed, in one spelling."""

import re
import unicodedata
from collections.abc import Iterator

LEAST_DIGITS = 9  # without the nought: a number that a spreadsheet shortened has lost what tells it apart
MOST_DIGITS = 15
MOST_OF_A_NUMBER = 40  # characters
_NUMBER = re.compile(r"(?<![\w.])(\+|00)?\s{0,9}\(?\d[\d\s().\-/]{6,22}\d(?!\w)")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
_DAY_OF_MONTH, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_IN_WORDS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)"
)
# Of two figures none where they may begin a number: 3 Sep 07 700900123, 5 Nov 20 7946 0123.
_SHORT_YEAR = r"(?:\d\d(?![\s./-]{0,3}\d)|[1-9]\d(?=\s(?:0|(?:1\d|2[0-4])[:.]?[0-5][05](?!\s?\d))))"
DAY = re.compile(
    rf"(?<!\d)(?:{_DAY_OF_MONTH}[./-]{_DAY_OF_MONTH}[./-]{_YEAR}(?![./-]?\d)"
    rf"|(?<!\d[./-]){_DAY_OF_MONTH}([./-]){_MONTH}\1\d\d(?![./-]?\d|\s\d\d(?![\d:.]))|{_YEAR}([./-])\d\d\2\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s{_IN_WORDS}\s(?:{_YEAR}|{_SHORT_YEAR}))(?!\d)"
    r"(?:[ T]+\d{1,2}(?::\d\d(?!\d)|\.\d\d(?:(?![\s./-]?\d)|(?=\s(?:0\d{4}|\+)))))?",
    re.IGNORECASE,
)
_TWO = re.compile(r"(?<!\s)\s++/\s*|/(?=\s*+(?:\+|0))")  # 07700 900123 / 07700 900124
_GAP = re.compile(r"(?<=\d)(?:\s+(?=([+0(][\d\s()/-]{8,30}))|/)")
_IN_A_NUMBER = frozenset("0123456789().-/")  # and spaces
# Of figures that begin with a nought none may follow, and after others only a whole number: "2 x 07700 900123" has none.
_EXTENSION = re.compile(
    r"(?:(?<=\d)\s*x|\bext(?:ension|n)?)[.:]{0,2}\s*"
    r"(?:0\d{0,5}(?![\s-]*+\d)|[1-9]\d{0,5}+(?=[\s-]*+(?:[^\d\s-]|\Z|0(?:[\s()/.-]*\d){9})))",
    re.IGNORECASE,
)
LAST_FIGURES = (3, 5, 6, 7)  # that alone are written of a second number: 07700 900 123 / 456; four may be a time
_SHORT_NUMBER = re.compile(r"1[01]\d|116\d{3}|118\d{3}|159|9[19][1-9]")  # 999, 911, 112, 101, 111, 116 123
_A_DAY = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d\d"
    r"|\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
LEAST_WITH_COUNTRY = 11
_AGAINST_LETTERS = re.compile(r"(?<=[a-z])(?=0\d{9})", re.IGNORECASE)  # m07700900123
_NOUGHT = re.compile(r"(?<!\w)o(?=[\s\d]{9,})", re.IGNORECASE)  # the letter for the figure
# Numbers of services, that everybody whom they help may give: 03, 080, 084, 087.
_OF_SERVICES = re.compile(r"44(?:3|80|84|87)")
_SHORTENED = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
_HOUSE_LETTER = re.compile(r"\b(\d{1,4}) ([a-d])\b(?= +[a-z]{3})")  # 21 A Mill Street
SHORT_FOR = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "cl": "close",
    "ct": "court", "crt": "court", "pl": "place", "sq": "square", "cres": "crescent", "cr": "crescent", "gdns": "gardens",
    "gdn": "gardens", "gr": "grove", "gro": "grove", "pk": "park", "ter": "terrace", "terr": "terrace", "tce": "terrace",
    "hse": "house", "ho": "house", "apt": "flat", "apartment": "flat", "flt": "flat", "unit": "flat", "rm": "room",
    "nth": "north",
    "sth": "south", "est": "estate", "bldg": "building", "bldgs": "buildings", "blvd": "boulevard", "hts": "heights",
    "mt": "mount",
    "fl": "floor", "lwr": "lower", "upr": "upper", "gt": "great", "lt": "little", "wy": "way", "mws": "mews",
    "pde": "parade", "wlk": "walk", "grn": "green",
}  # fmt: skip


def plain_digits(text: str) -> str:
    """The text with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in plain)


def telephones(text: str) -> frozenset[str]:
    """The telephone numbers in a text: those of this country as 44..., others with their country where it was written."""
    plain = DAY.sub(" ", _SHORTENED.sub(" ", plain_digits(text).translate(_DASHES)))
    plain = _EXTENSION.sub(" ; ", _AGAINST_LETTERS.sub(" ", _NOUGHT.sub("0", plain)))
    found: list[str] = []
    before = ""
    for part in (piece for one in _TWO.split(plain) for piece in _whole_ones(one)):
        numbers = list(filter(None, (one_number(match[0]) for match in _NUMBER.finditer(part))))
        found += numbers or filter(None, [_completed(before, part)])
        before = part
    return frozenset(found)


def _completed(before: str, part: str) -> str:
    """The second number of which the last figures alone were written, grouped as those of the number directly before; empty where
    they may be anything else: a short number such as 999, a day, a PIN."""
    first, figures = _run(before), "".join(part.split())
    if not figures.isdecimal() or len(figures) not in LAST_FIGURES or not first.startswith(("0", "+", "(0", "44")):
        return ""
    groups = [len(group) for group in part.split()]
    theirs = [len(group) for group in re.findall(r"\d+", first)]
    if theirs[-len(groups) :] != groups or _SHORT_NUMBER.fullmatch(figures) or _A_DAY.fullmatch(figures):
        return ""
    whole = _whole(first)
    return whole[: -len(figures)] + figures if whole else ""


def _run(text: str) -> str:
    """The number, if any, that runs unbroken up to the end of a text."""
    last = text.rstrip()[-MOST_OF_A_NUMBER:]
    ends = (place for place in range(len(last), 0, -1) if last[place - 1] not in _IN_A_NUMBER and not last[place - 1].isspace())
    begin = next(ends, 0)
    run = last[begin:].lstrip(").-/ \t\n")
    return f"+{run}" if begin and last[begin - 1] == "+" else run


def _whole(run: str) -> str:
    """The number that it is, where it is a whole one of this country or one with its country; an area code is none."""
    number = one_number(run)
    if run.startswith(("+", "00")):
        return number if len(number) >= LEAST_WITH_COUNTRY else ""
    return number if number.startswith("44") and len(number) in (11, 12) else ""


def _whole_ones(text: str) -> Iterator[str]:
    """The text cut where one number is whole and another begins, with nothing but a space, a line or a stroke between them."""
    begin = 0
    for gap in _GAP.finditer(text):
        run = _run(text[max(begin, gap.start() - MOST_OF_A_NUMBER) : gap.start()])
        before, after = (len(re.sub(r"\D", "", some)) for some in (run, gap[1] or ""))
        if _whole(run) if gap[1] is None else min(before, after) >= LEAST_DIGITS:
            yield text[begin : gap.start()]
            begin = gap.end()
    yield text[begin:]


def tail(number: str) -> str:
    """What of a number stays the same whether or not its country was written before it: one that was noted as they dial it at
    home is the same as with their country's figures."""
    return number[-LEAST_DIGITS:]


def one_number(text: str) -> str:
    """One number in one spelling, or an empty text where it is none that tells anybody apart."""
    plain = plain_digits(text).strip()
    if _SHORTENED.search(plain):
        return ""
    is_foreign = plain.startswith(("+", "00", "(+", "(00"))
    digits = re.sub(r"\D", "", re.sub(r"\(\s*0\s*\)", "", plain))
    if is_foreign:
        digits = digits.removeprefix("00") if not plain.lstrip("(").startswith("+") else digits
    elif digits.startswith("0"):
        digits = "44" + digits[1:]
    elif len(digits) == 10 and digits[0] in "127":
        digits = "44" + digits  # the nought was left off, as a spreadsheet does
    if digits.startswith("440"):
        digits = "44" + digits[3:]
    rest = digits.removeprefix("44")
    tells_apart = len(set(rest)) > 2 and not rest.endswith("000000") and not _OF_SERVICES.match(digits)
    return digits if len(rest) >= LEAST_DIGITS and len(digits) <= MOST_DIGITS and tells_apart else ""


def addresses(text: str) -> frozenset[str]:
    """What an address is known by: the postcode with the numbers of house and flat, and the street with the number."""
    plain = unicodedata.normalize("NFKD", plain_digits(text)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    found = set()
    postcode = POSTCODE.search(plain)
    code = (postcode[1] + postcode[2]) if postcode else ""
    if postcode:
        plain = plain[: postcode.start()] + " " + plain[postcode.end() :]
    plain = _HOUSE_LETTER.sub(r"\1\2", re.sub(r"['’.]", "", plain))
    words = [SHORT_FOR.get(word, word) for word in re.findall(r"[^\W_]+", plain)]
    numbers = [word for word in words if re.fullmatch(r"\d{1,4}[a-z]?", word)]
    if code and numbers:
        found.add(f"{code} {' '.join(sorted(numbers))}")
    street = _street(words)
    if street and numbers:
        found.add(street)
    elif code and not numbers:
        named = [word for word in words if word not in _GENERAL][:2]
        if named:
            found.add(f"{code} {' '.join(named)}")
    return frozenset(found)


STREETS = frozenset(SHORT_FOR.values()) - {
    "flat", "room", "floor", "lower", "upper", "north", "south", "great", "little", "house", "building", "buildings", "estate",
} | {"way", "hill", "row", "walk", "yard", "quay"}  # fmt: skip
_GENERAL = frozenset({"flat", "room", "floor", "house", "the", "no", "number", "near", "by", "at", "c", "o", "care", "of"})


def _street(words: list[str]) -> str:
    """`12 high street lincoln`: number, street and the word after it, where the address has such."""
    for place, word in enumerate(words):
        if word in STREETS and place >= 2 and re.fullmatch(r"\d{1,4}[a-z]?", words[place - 2]):
            town = words[place + 1] if place + 1 < len(words) else ""
            return f"{words[place - 2]} {words[place - 1]} {word} {town}" if town and not town.isdigit() else ""
        if word in STREETS and place >= 3 and re.fullmatch(r"\d{1,4}[a-z]?", words[place - 3]):
            town = words[place + 1] if place + 1 < len(words) else ""
            return f"{' '.join(words[place - 3 : place + 1])} {town}" if town and not town.isdigit() else ""
    return ""
