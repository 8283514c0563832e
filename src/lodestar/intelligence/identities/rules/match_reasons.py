"""Whether two descriptions may be of one person, and why: reasons, never a score.

Source: practice, "search before create"; what is a match is decided here by which reasons there are, and a person always
decides whether two records are one. A rule that weighs nothing can be read and argued with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from lodestar.platform.names import contact_normalisation as contacts
from lodestar.platform.names.compare_names import How, Pairing, best
from lodestar.platform.names.names import aliases, parts_of


@dataclass(frozen=True)
class Described:
    """What somebody is known by. `born` is 2009, 2009-09 or 2009-09-04; `age_on` is the day on which the ages were true;
    `phones` and `addresses` are texts as they were typed, with whatever else stands in them. What is not known is empty."""

    names: tuple[str, ...] = ()
    born: str = ""
    age_min: int | None = None
    age_max: int | None = None
    age_on: date | None = None
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @cached_property
    def name_variants(self) -> tuple[str, ...]:
        """Each name that names somebody, several in one field apart."""
        each = dict.fromkeys(alias for name in self.names for alias in aliases(name))
        return tuple(variant for variant in each if parts_of(variant))

    @cached_property
    def birth(self) -> contacts.Born | None:
        return contacts.born(self.born, self.age_min, self.age_max, self.age_on)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number for text in {*self.phones, *self.addresses} for number in contacts.telephones(text))

    @cached_property
    def tails(self) -> frozenset[str]:
        return frozenset(contacts.tail(number) for number in self.numbers)

    @cached_property
    def houses(self) -> frozenset[str]:
        return frozenset(house for text in self.addresses for house in contacts.addresses(text))


class Code(StrEnum):
    """One thing that two descriptions have in common, or in which they differ, with its `words`."""

    words: str

    def __new__(cls, code: str, words: str) -> "Code":
        reason = str.__new__(cls, code)
        reason._value_, reason.words = code, words
        return reason

    NAME_SAME = "name_same", "the same name"
    NAME_ALIKE = "name_alike", "names that are written alike"
    NAME_OTHER_SCRIPT = "name_other_script", "the same name in another script"
    NAME_SWAPPED = "name_swapped", "first and last name the other way round"
    NAME_SHORTER = "name_shorter", "one leaves out a part of the other’s name"
    NAME_SHORT_FORM = "name_short_form", "a short form of the name"
    NAME_INITIAL = "name_initial", "an initial that fits"
    NAME_ONLY = "name_only", "one name only, and written alike"
    NAME_PART = "name_part", "one of several names alike"
    BORN_SAME_DAY = "born_same_day", "born on the same day"
    BORN_CHANGED_OVER = "born_changed_over", "born on the same day with day and month the other way round"
    BORN_DAY_OTHER_YEAR = "born_day_other_year", "born on the same day of another year"
    BORN_FITS = "born_fits", "ages that fit"
    BORN_DIFFERS = "born_differs", "ages that differ"
    PHONE_SAME = "phone_same", "the same telephone"
    ADDRESS_SAME = "address_same", "the same address"


WHOLE = frozenset({Code.NAME_SAME, Code.NAME_ALIKE})
SAME_DAY = frozenset({Code.BORN_SAME_DAY, Code.BORN_CHANGED_OVER})
NEAR_BIRTH = frozenset({Code.BORN_FITS, *SAME_DAY})
ONE_NAME = frozenset({Code.NAME_ONLY, Code.NAME_PART})


def match_reasons(described: Described, other: Described) -> tuple[Code, ...]:
    """The reasons for and against their being one person, in the order of `Code`."""
    codes = {*_of_names(described, other), *_of_birth(described.birth, other.birth)}
    if described.tails & other.tails:
        codes.add(Code.PHONE_SAME)
    if described.houses & other.houses:
        codes.add(Code.ADDRESS_SAME)
    return tuple(code for code in Code if code in codes)


def may_match(described: Described, other: Described) -> bool:
    """Whether their names are worth laying beside each other: not where ages differ and nothing but a name could be in common.
    What `is_match` calls a match is always worth it."""
    born_apart = {Code.BORN_DIFFERS} == _of_birth(described.birth, other.birth)
    return not born_apart or bool(described.tails & other.tails or described.houses & other.houses)


def is_match(reasons: Sequence[Code]) -> bool:
    """Whether these reasons are enough to say that somebody may be known already.

    The whole name, unless ages differ; one name with the same day of birth; a telephone, unless both name and age speak
    against it; an address with a name or an age that fits. A name that is only part of another's is never enough.
    """
    codes = set(reasons)
    differs = Code.BORN_DIFFERS in codes
    if codes & WHOLE:
        return not differs or bool(codes & {Code.PHONE_SAME, Code.ADDRESS_SAME, Code.BORN_DAY_OTHER_YEAR})
    if Code.PHONE_SAME in codes:
        return not differs or bool(codes & ONE_NAME)
    if Code.ADDRESS_SAME in codes:
        return not differs and bool(codes & (ONE_NAME | NEAR_BIRTH))
    if codes & ONE_NAME and codes & SAME_DAY:
        return True
    return Code.NAME_ONLY in codes and bool(codes & NEAR_BIRTH)


def rank(reasons: Sequence[Code]) -> tuple[int, ...]:
    """The order in which matches are listed: what few share first. It is no measure, and is shown to nobody."""
    codes = set(reasons)
    return (
        Code.PHONE_SAME not in codes,
        not codes & WHOLE,
        not codes & SAME_DAY,
        not codes & NEAR_BIRTH,
        Code.NAME_SAME not in codes,
        Code.ADDRESS_SAME not in codes,
        Code.NAME_SHORTER in codes,
        -len(codes),
    )


def _of_names(described: Described, other: Described) -> set[Code]:
    pairing = best(described.name_variants, other.name_variants)
    if not pairing.hows:
        return set()
    if pairing.is_whole:
        return _of_whole(pairing)
    if pairing.is_only_name:
        return {Code.NAME_ONLY, *_manner(pairing)}
    return {Code.NAME_PART} if pairing.strong and any(how != How.INITIAL for how in pairing.hows) else set()


def _of_whole(pairing: Pairing) -> set[Code]:
    is_same = all(how == How.SAME for how in pairing.hows) and not pairing.left_over and not pairing.right_over
    codes = {Code.NAME_SAME if is_same else Code.NAME_ALIKE, *_manner(pairing)}
    if pairing.left_over or pairing.right_over:
        codes.add(Code.NAME_SHORTER)
    if pairing.is_swapped:
        codes.add(Code.NAME_SWAPPED)
    return codes


def _manner(pairing: Pairing) -> set[Code]:
    codes = set()
    if How.SHORT_FORM in pairing.hows:
        codes.add(Code.NAME_SHORT_FORM)
    if How.INITIAL in pairing.hows:
        codes.add(Code.NAME_INITIAL)
    if pairing.other_script:
        codes.add(Code.NAME_OTHER_SCRIPT)
    return codes


def _of_birth(birth: contacts.Born | None, other: contacts.Born | None) -> set[Code]:
    if birth is None or other is None:
        return set()
    apart = Code.BORN_FITS if _gap(birth, other) <= contacts.SLACK_YEARS else Code.BORN_DIFFERS
    if not birth.is_day or not other.is_day:
        return {apart}
    if contacts.changed_over(birth.text) == other.text:
        return {Code.BORN_CHANGED_OVER}
    if birth.text[5:] != other.text[5:] or contacts.is_first_of_year(birth.text):
        return {apart}
    if birth.text == other.text:
        return {Code.BORN_SAME_DAY}
    return {Code.BORN_DAY_OTHER_YEAR} | ({apart} - {Code.BORN_FITS})


def _gap(birth: contacts.Born, other: contacts.Born) -> int:
    """Whole years between the nearest that both may have been born."""
    return max(0, birth.first - other.last, other.first - birth.last)


@dataclass(frozen=True, order=True)
class NameFit:
    """How a name fits: what comes first in a list, and the words for it."""

    rank: tuple[int, ...]
    words: str


def name_fit(sought: Described, recorded: Described) -> NameFit | None:
    """How a recorded name is the one sought: each word of the one sought has its word there, and not by initials alone. None
    where it is another name, or has less than was asked for."""
    pairing = best(sought.name_variants, recorded.name_variants)
    if not pairing.hows or pairing.left_over or min(pairing.hows) == How.INITIAL:
        return None
    codes = _of_names(sought, recorded) or {Code.NAME_PART}
    words = "; ".join(code.words for code in Code if code in codes)
    return NameFit((max(pairing.hows), pairing.right_over, pairing.is_swapped), words)
