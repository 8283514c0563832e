"""The number of a house with its street, in whatever way an officer wrote them: 12 Saint John's Street, St Johns St 12, number 12
in St John Street, 12-14 St. John's St. Pure.

A street alone tells nobody's house and stays (docs/adr/0032): a place is found only where number and street stand together.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, zip_longest
from string import ascii_lowercase as LETTERS

from lodestar.cases.rules.matching.reach import SHORT_FOR, STREETS
from lodestar.kernel.spelling import Word, folded, words
from lodestar.referrals.rules.form import listed

MORE_STREETS = frozenset(("view", "wharf", "rise", "bank", "vale", "croft", "green", "fields"))  # that streets end with too
MOST_BETWEEN = 4  # words from the number of a house to the word of its street: 12 Upper St John's Street
MOST_BEFORE = 14  # characters before a number that make money of it: £ 999,999,999.
MOST_COUNTED = 3  # words from a number to what it counts: 7 young Romanian men
MOST_SIDE = 10  # houses in one range: 12-30 Mill Lane
LEAST_STREET = 5  # letters of a street of one word: 12 Broadway
_NUMBER = re.compile(r"(?:n|no|nr|num|number|house)?0{0,2}(\d{1,4})([a-z]?)")
_GLUED = re.compile(r"(\d{1,15})([^\W\d_]{3,40})|([^\W\d_]{1,40})(\d{4,15}|(?<=[^\W\d_]{3})\d{1,3})")
_LETTER = re.compile(r"[a-d]")
_ENDS = re.compile(r"[.!?]")  # a sentence, where no short form stands before
_GOES_ON = re.compile(r"\s?[:./]\s?\d|\s?-\s?\d{1,2}\s?-|\s?%")  # 12:30, 12/03/2026, 12-03-2026
_MONEY = re.compile(r"[£$€¥]\s?[\d.,]{0,12}\Z")  # what stands before: £12, £1,012
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d([/.-])\d\d\1\Z")  # 2026-03-
_FIGURES = re.compile(r"\d{1,4}")
_HOUR, _MINUTE = re.compile(r"(?<!\d)\d{1,2}([:.])\Z"), re.compile(r":[0-5]\d(?!\d)")
_IN_A_FLAT = re.compile(r"(?:flat|flt|apt|apartment|unit|room|rm|floor|fl|no)[. ]?\d{1,2}[:.]\Z", re.IGNORECASE)  # Flat 4:12
_LABELLED = re.compile(r"([a-z]{1,10})[. ]?\d:\Z", re.IGNORECASE)  # Victim 1:12 Mill Lane
_BEFORE_HOURS = frozenset((
    "at", "by", "to", "from", "on", "until", "till", "about", "around", "approx", "and", "or", "before", "after", "between", "c",
))  # fmt: skip
_OF_A_DAY, _YEAR = re.compile(r"[/.-]\d{1,2}[/.-](?:\d\d){1,2}(?!\d)"), re.compile(r"[/.-](?:\d\d){1,2}(?!\d)")  # 12/03/26
_AFTER_A_DAY = re.compile(r"(?<!\d)\d{1,2}[/.-]\Z")
_ONE, _SEVERAL = "one", "several"
ONE_OF = frozenset((
    "flat", "apt", "apartment", "flt", "unit", "room", "rm", "floor", "fl", "studio", "bed", "bedroom", "block", "plot", "pitch",
    "caravan", "chalet", "cabin", "bungalow", "lot",
))  # fmt: skip
_SAID_BEFORE = frozenset(("no", "nr", "num", "number", "house", "hse", "door", "at"))
_BETWEEN = _SAID_BEFORE | ONE_OF | frozenset(("in", "on", "of", "off", "along", "down", "up", "the"))
_JOINS = frozenset(("and", "or", "to"))  # two numbers: 12 to 14 Mill Lane
_AGED = frozenset(("aged", "age", "over", "under", "about"))  # 12 in Mill Lane
# After a street and a figure these say that it is no house: Mill Lane, 12 March; Mill Lane 12 people.
_COUNTED = frozenset((
    "am", "pm", "oclock", "hrs", "hours", "hour", "days", "weeks", "months", "years", "minutes", "times", "people", "persons",
    "men", "women", "girls", "boys", "children", "others", "of", "other", "more", "miles", "metres", "yards", "january",
    "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "workers", "males", "females", "adults",
    "victims", "kids", "babies", "beds", "mattresses", "rooms", "phones", "nights", "vehicles", "vans", "cars", "passports",
    "bedrooms", "bicycles", "bikes", "bunks", "chairs", "customers", "laptops", "lorries", "migrants", "occupants", "officers",
    "plants", "residents", "sofas", "suitcases", "suspects", "teenagers", "tenants", "visitors", "youths",
))  # fmt: skip
_QUALIFIES = frozenset((
    "young", "adult", "male", "female", "foreign", "single", "double", "dirty", "different", "new", "old", "further", "teenage",
    "black", "white", "mobile", "small", "large",
))  # fmt: skip
_IS_STREET = STREETS | MORE_STREETS | frozenset(short for short, long in SHORT_FOR.items() if long in STREETS)


@lru_cache(maxsize=8192)
def _plain(word: str) -> str:
    """One spelling of a word of a street: St for street and saint, Rd for road, John for Johns."""
    whole = SHORT_FOR.get(word, word)
    whole = "st" if whole in ("street", "saint") else whole
    return whole[:-1] if len(whole) > 3 and whole.endswith("s") else whole


_STREET_ENDS = tuple(sorted(map(_plain, _IS_STREET)))


def parted(text: str, read: Sequence[Word]) -> Sequence[Word]:
    """The words of a text, with figures apart from the letters that were typed onto them: 12Mill Lane, Mob07700900123."""
    if not any(_GLUED.fullmatch(word.folded) for word in read):
        return read
    return [part for word in read for part in _parts(text, word)]


def _parts(text: str, word: Word) -> Iterator[Word]:
    match = _GLUED.fullmatch(word.folded)
    if match is None or len(word.folded) != word.end - word.start:
        yield word
        return
    middle = word.start + len(match[1] or match[3])
    yield Word(match[1] or match[3], word.start, middle)
    yield Word(match[2] or match[4], middle, word.end)


def houses_in(text: str, *, is_address: bool = True) -> Iterator[str]:
    """Each house of an address: its number, a space, and its street in one spelling. A range is each house of it. In what is no
    address (`is_address`) only what ends as streets do is one."""
    told = [word.folded for word in parted(text, words(text))]
    has_street = False
    for place, word in enumerate(told):
        if word in _IS_STREET:
            found = [*_with_number_before(told, place), *_with_number_after(told, place)]
            has_street = has_street or bool(found)
            yield from found
    if is_address and not has_street:
        yield from _with_a_name(text)


def _with_a_name(text: str) -> Iterator[str]:
    """Of a house or a flat that no word of a street follows: 12 The Butts, Flat 3 Haven House; of flat 3, 12 Haven House it
    is 12. Of a room that a town follows directly there is none: 5 Boston workers."""
    told = [word.folded for word in words(text.rpartition(":")[2])]  # after what somebody typed before it: Address: 12 The Butts
    passed = _SAID_BEFORE | ONE_OF
    first = next((at for at, word in enumerate(told) if word not in passed and not _number(told, at + 1)), len(told))
    number, name = _number(told, first), told[first + 1 : first + 1 + MOST_BETWEEN]
    if not number or not name or not name[0].isalpha():
        return
    if first and told[first - 1] in passed and not _towns().isdisjoint(accumulate(name)):
        return
    for begin in range(2 if name[0] == "the" else 1):
        for end in range(begin + 1, len(name) + 1):
            if end > begin + 1 or len(name[begin]) >= LEAST_STREET:
                yield f"{number} {''.join(map(_plain, name[begin:end]))}"


def _with_number_before(told: Sequence[str], place: int) -> Iterator[str]:
    near = range(place - 1, max(place - 3 - MOST_BETWEEN, -1), -1)
    last = next((at for at in near if _number(told, at)), None)
    if last is None:
        return
    begin = last + (2 if _takes_letter(told, last) and place > last + 2 else 1)
    while begin < place and told[begin] in _BETWEEN - {"the"}:
        begin += 1
    streets = {"".join(map(_plain, told[begin : place + 1]))} if begin < place else set()
    if begin + 1 < place and told[begin] == "the":
        streets.add("".join(map(_plain, told[begin + 1 : place + 1])))
    for number in _numbers_up_to(told, last):
        yield from (f"{number} {street}" for street in sorted(streets))


def _with_number_after(told: Sequence[str], place: int) -> Iterator[str]:
    """Of Mill Lane 12: where the name of the street begins is not known, so its last two words and all that stand before."""
    after = place + 1
    while after < len(told) and told[after] in _SAID_BEFORE:
        after += 1
    number = _number(told, after)
    begin = max(place - MOST_BETWEEN, 0)
    begin = max((at + 1 for at in range(begin, place) if any(map(str.isdecimal, told[at]))), default=begin)
    if number and begin < place and not (begin and _number(told, begin - 1)):
        for first in sorted({begin, place - 1}):
            yield f"{number} {''.join(map(_plain, told[first : place + 1]))}"


def _numbers_up_to(told: Sequence[str], last: int) -> list[str]:
    """The number at a place and those that stand directly before it, as in 12-14 and in 12 and 14, with every house between; the
    number of a flat is none."""
    found = [_number(told, last)]
    at = last - 1
    while at >= 0 and (told[at] in _JOINS or _number(told, at)):
        if (number := _number(told, at)) and (at == 0 or told[at - 1] not in ONE_OF):
            found.append(number)
        at -= 1
    if len(found) == 2 and all(map(str.isdecimal, found)):
        end, begin = map(int, found)
        if begin < end <= begin + 2 * MOST_SIDE:
            found += map(str, range(begin, end, 1 if (end - begin) % 2 else 2))
    return list(dict.fromkeys(found))


def _number(told: Sequence[str], at: int) -> str:
    """The number of a house at a place, with the letter that stands beside it; empty where none is."""
    match = _NUMBER.fullmatch(told[at]) if at < len(told) else None
    if match is None:
        return ""
    return match[1] + (match[2] or (told[at + 1] if _takes_letter(told, at) else ""))


def _takes_letter(told: Sequence[str], at: int) -> bool:
    """Whether the next word is the letter of this number: 12 A Mill Lane."""
    return told[at][-1:].isdecimal() and at + 1 < len(told) and bool(_LETTER.fullmatch(told[at + 1]))


def house_places(house: str, text: str, read: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where a house of `houses_in` stands in a text, number before street or after it."""
    number, _, street = house.partition(" ")
    digits = re.match(r"\d+", number)
    if digits is None:
        return
    told = [word.folded for word in read]
    for at, (word, following) in enumerate(zip_longest(told, told[1:])):
        is_it = digits[0] in word and _is_this(number, _number(told, at))
        if is_it and not is_no_house(text, read[at].start, is_on=following in _BETWEEN):
            end = _street_after(at, street, text, read, told)
            begin = _street_before(at, street, text, read, told) if end is None else None
            if end is not None:
                yield read[at].start, read[end].end
            elif begin is not None:
                yield read[begin].start, read[at + (1 if _takes_letter(told, at) else 0)].end


def is_no_house(text: str, start: int, *, is_on: bool = False) -> bool:
    """Whether the figures that begin here are of money, a time or a day: £12 on High Street, 10:12 in High Street, 2026-03-12.
    3.12 High Street is flat 3, unless it goes on with a small word (`is_on`)."""
    figures = _FIGURES.match(text, start)
    if figures is None:
        return False
    before = text[max(0, start - MOST_BEFORE) : start]
    hour = _HOUR.search(before)
    is_minute = hour is not None and not _is_labelled(before) and len(figures[0]) == 2 and (hour[1] == ":" or is_on)
    is_day = _OF_A_DAY.match(text, figures.end()) or (_AFTER_A_DAY.search(before) and _YEAR.match(text, figures.end()))
    return is_minute or bool(is_day or _MONEY.search(before) or _MONTH.search(before) or _MINUTE.match(text, figures.end()))


def _is_labelled(before: str) -> bool:
    """Whether what stands before a number counts something else than hours: Flat 4:12 Mill Lane, Victim 1:12 Mill Lane."""
    label = _LABELLED.search(before)
    return bool(_IN_A_FLAT.search(before)) or (label is not None and label[1].casefold() not in _BEFORE_HOURS)


def _is_this(held: str, said: str) -> bool:
    """12 is 12a, whoever leaves the letter out; 12a is not 12b."""
    return bool(said) and (said in (held, held.rstrip(LETTERS)) or said.rstrip(LETTERS) == held)


def _street_after(at: int, street: str, text: str, read: Sequence[Word], told: Sequence[str]) -> int | None:
    """The place of the last word of the street that follows a number, with a few words or other numbers between; the words only
    where it ends as streets do, since 14 in Lincoln is not 14 Lincoln House."""
    is_street = street.endswith(_STREET_ENDS)
    if not is_street and _counts(at + 1, text, read, told):
        return None
    for begin in range(at + 1, min(at + 2 + 2 * MOST_BETWEEN, len(told))):
        end = _run(street, told, begin)
        if end is not None:
            return end
        is_joined = told[begin] in _JOINS and bool(_number(told, begin + 1))
        is_near = told[begin] in _BETWEEN and is_street and not (at and told[at - 1] in _AGED)
        if not (is_joined or is_near or _number(told, begin) or _LETTER.fullmatch(told[begin])):
            return None
        if told[begin - 1] in _SAID_BEFORE:
            continue
        if _ENDS.search(text, read[begin - 1].end, read[begin].start):
            return None
    return None


def _street_before(at: int, street: str, text: str, read: Sequence[Word], told: Sequence[str]) -> int | None:
    """The place of the first word of the street that stands before a number."""
    after = at + (2 if _takes_letter(told, at) else 1)
    if _GOES_ON.match(text, read[after - 1].end) or _counts(after, text, read, told):
        return None
    for end in reversed(range(max(at - 1 - MOST_BETWEEN, 0), at)):
        begin = _run(street, told, end, is_back=True)
        is_short = told[end] in SHORT_FOR or told[end] in _SAID_BEFORE
        if not is_short and _ENDS.search(text, read[end].end, read[end + 1].start):
            return None
        if begin is not None:
            return begin
        if not (told[end] in _SAID_BEFORE or told[end] in ONE_OF or _number(told, end) or told[end] in _JOINS):
            return None
    return None


def _counts(after: int, text: str, read: Sequence[Word], told: Sequence[str]) -> bool:
    """Whether what follows a number directly is what it counts: 7 workers, 7 Romanian men, 7 dirty mattresses. Only words of the
    lists are, since what a house does ends in s as well: Mill Lane 12 backs onto a yard."""
    for place in range(after, min(after + MOST_COUNTED, len(told))):
        if text[read[place - 1].end : read[place].start].strip(" \u00a0"):
            return False
        people = _nationals().get(told[place])
        if told[place] in _COUNTED or (people and (people == _SEVERAL or _is_last(place, text, read))):
            return True
        if told[place] not in _QUALIFIES and not people:
            return False
    return False


def _is_last(place: int, text: str, read: Sequence[Word]) -> bool:
    """Whether a text or a sentence ends with a word: 7 young Vietnamese, and not 12 Vietnamese landlords."""
    end = read[place].end
    return place + 1 == len(read) or bool(text[end : read[place + 1].start].strip())


@cache
def _nationals() -> Mapping[str, str]:
    """What people of each nationality are called, and whether it is one of them or several."""
    names = {folded(name) for name in listed("nationalities") if name.isalpha()}
    return dict.fromkeys(names, _ONE) | {f"{name}s": _SEVERAL for name in names}


@cache
def _towns() -> frozenset[str]:
    return frozenset(map(folded, listed("cities_and_towns")))


def _run(street: str, told: Sequence[str], at: int, *, is_back: bool = False) -> int | None:
    """The place of the word that completes the street from a word on, whether its words are written apart or together."""
    run, step = "", -1 if is_back else 1
    while 0 <= at < len(told) and len(run) < len(street):
        run = _plain(told[at]) + run if is_back else run + _plain(told[at])
        at += step
    return at - step if run == street else None
