"""Whether two descriptions may be of one person, and why: reasons, never a score.

Source: practice, "search before create"; what is a match is decided here by which reasons there are, and a person always
decides whether two records are one. A rule that weighs nothing can be read and argued with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from lodestar.platform.names.compare_names import How, Pairing, best
from lodestar.platform.names.contact_normalisation import (
    SLACK_YEARS,
    Born,
    addresses,
    born,
    changed_over,
    is_first_of_year,
    tail,
    telephones,
)
from lodestar.platform.names.names import aliases, ends_joined, parts_of


@dataclass(frozen=True)
class Described:
    """What somebody is known by. `born` is 2009, 2009-09 or 2009-09-04; `age_on` is the day on which the ages were true;
    `phones` and `addresses` are texts as they were typed, with whatever else stands in them. What is not known is empty."""

    names: tuple[str, ...] = ()
    born: str = ""
    age_min: int | None = None
    age_max: int | None = None
    age_on: date | None = None
    sex: str = ""
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    @cached_property
    def name_variants(self) -> tuple[str, ...]:
        """Each name that names somebody, several in one field apart, and one whose words may be joined in either way."""
        each = dict.fromkeys(way for name in self.names for alias in aliases(name) for way in ends_joined(alias))
        return tuple(variant for variant in each if parts_of(variant))

    @cached_property
    def birth(self) -> Born | None:
        return born(self.born, self.age_min, self.age_max, self.age_on)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(number for text in {*self.phones, *self.addresses} for number in telephones(text))

    @cached_property
    def tails(self) -> frozenset[str]:
        return frozenset(tail(number) for number in self.numbers)

    @cached_property
    def houses(self) -> frozenset[str]:
        return frozenset(house for text in self.addresses for house in addresses(text))


class Code(StrEnum):
    """Every reason there is."""

    NAME_SAME = "name_same"
    NAME_ALIKE = "name_alike"
    NAME_OTHER_SCRIPT = "name_other_script"
    NAME_SWAPPED = "name_swapped"
    NAME_SHORTER = "name_shorter"
    NAME_SHORT_FORM = "name_short_form"
    NAME_INITIAL = "name_initial"
    NAME_ONLY = "name_only"
    NAME_PART = "name_part"
    BORN_SAME_DAY = "born_same_day"
    BORN_CHANGED_OVER = "born_changed_over"
    BORN_DAY_OTHER_YEAR = "born_day_other_year"
    BORN_SAME_MONTH = "born_same_month"
    BORN_SAME_YEAR = "born_same_year"
    BORN_FITS = "born_fits"
    BORN_DIFFERS = "born_differs"
    PHONE_SAME = "phone_same"
    ADDRESS_SAME = "address_same"
    SEX_DIFFERS = "sex_differs"


WORDS: dict[Code, str] = {
    Code.NAME_SAME: "the same name",
    Code.NAME_ALIKE: "names that are written alike",
    Code.NAME_OTHER_SCRIPT: "the same name in another script",
    Code.NAME_SWAPPED: "first and last name the other way round",
    Code.NAME_SHORTER: "one leaves out a part of the other’s name",
    Code.NAME_SHORT_FORM: "a short form of the name",
    Code.NAME_INITIAL: "an initial that fits",
    Code.NAME_ONLY: "one name only, and written alike",
    Code.NAME_PART: "one of several names alike",
    Code.BORN_SAME_DAY: "born on the same day",
    Code.BORN_CHANGED_OVER: "born on the same day with day and month the other way round",
    Code.BORN_DAY_OTHER_YEAR: "born on the same day of another year",
    Code.BORN_SAME_MONTH: "born in the same month",
    Code.BORN_SAME_YEAR: "born in the same year",
    Code.BORN_FITS: "ages that fit",
    Code.BORN_DIFFERS: "ages that differ",
    Code.PHONE_SAME: "the same telephone",
    Code.ADDRESS_SAME: "the same address",
    Code.SEX_DIFFERS: "sex recorded differently",
}


@dataclass(frozen=True, order=True)
class Reason:
    """One thing that two descriptions have in common, or in which they differ."""

    code: Code
    words: str


WHOLE = frozenset({Code.NAME_SAME, Code.NAME_ALIKE})
SAME_DAY = frozenset({Code.BORN_SAME_DAY, Code.BORN_CHANGED_OVER})
NEAR_BIRTH = frozenset({Code.BORN_SAME_MONTH, Code.BORN_SAME_YEAR, Code.BORN_FITS, *SAME_DAY})
AGAINST = frozenset({Code.BORN_DIFFERS, Code.SEX_DIFFERS})
ONE_NAME = frozenset({Code.NAME_ONLY, Code.NAME_PART})


def match_reasons(described: Described, other: Described) -> tuple[Reason, ...]:
    """The reasons for and against their being one person, in the order of `Code`."""
    codes = {*_of_names(described, other), *_of_birth(described.birth, other.birth)}
    if described.tails & other.tails:
        codes.add(Code.PHONE_SAME)
    if described.houses & other.houses:
        codes.add(Code.ADDRESS_SAME)
    if described.sex and other.sex and described.sex != other.sex:
        codes.add(Code.SEX_DIFFERS)
    return tuple(Reason(code, WORDS[code]) for code in Code if code in codes)


def may_match(described: Described, other: Described) -> bool:
    """Whether their names are worth laying beside each other: not where ages differ and nothing but a name could be in common.
    What `is_match` calls a match is always worth it."""
    born_apart = {Code.BORN_DIFFERS} == _of_birth(described.birth, other.birth)
    return not born_apart or bool(described.tails & other.tails or described.houses & other.houses)


def is_match(reasons: Sequence[Reason]) -> bool:
    """Whether these reasons are enough to say that somebody may be known already.

    The whole name, unless ages differ; one name with the same day of birth; a telephone, unless both name and age speak
    against it; an address with a name or an age that fits. A name that is only part of another's is never enough.
    """
    codes = {reason.code for reason in reasons}
    against = bool(codes & AGAINST)
    if codes & WHOLE:
        return not against or bool(codes & {Code.PHONE_SAME, Code.ADDRESS_SAME, Code.BORN_DAY_OTHER_YEAR})
    if Code.PHONE_SAME in codes:
        return not (against and not codes & ONE_NAME)
    if Code.ADDRESS_SAME in codes:
        return not against and bool(codes & (ONE_NAME | NEAR_BIRTH))
    if codes & ONE_NAME and codes & SAME_DAY:
        return True
    return Code.NAME_ONLY in codes and bool(codes & NEAR_BIRTH) and not against


def rank(reasons: Sequence[Reason]) -> tuple[int, ...]:
    """The order in which matches are listed: what few share first. It is no measure, and is shown to nobody."""
    codes = {reason.code for reason in reasons}
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


def _of_birth(birth: Born | None, other: Born | None) -> set[Code]:
    if birth is None or other is None:
        return set()
    if birth.is_day and other.is_day:
        return _of_days(birth, other)
    if birth.text and other.text:
        month = min(len(birth.text), len(other.text)) >= 7
        if month and birth.text[:7] == other.text[:7]:
            return {Code.BORN_SAME_MONTH}
        if birth.text[:4] == other.text[:4]:
            return {Code.BORN_FITS} if month else {Code.BORN_SAME_YEAR}
    return {Code.BORN_FITS} if _gap(birth, other) <= SLACK_YEARS else {Code.BORN_DIFFERS}


def _of_days(birth: Born, other: Born) -> set[Code]:
    if birth.text == other.text:
        return {Code.BORN_SAME_YEAR} if is_first_of_year(birth.text) else {Code.BORN_SAME_DAY}
    if changed_over(birth.text) == other.text:
        return {Code.BORN_CHANGED_OVER}
    if birth.first == other.first:
        same_month = birth.text[:7] == other.text[:7]
        return {Code.BORN_SAME_MONTH} if same_month else {Code.BORN_SAME_YEAR}
    if birth.text[5:] == other.text[5:] and not is_first_of_year(birth.text):
        return {Code.BORN_DAY_OTHER_YEAR} | ({Code.BORN_DIFFERS} if _gap(birth, other) > SLACK_YEARS else set())
    return {Code.BORN_FITS} if _gap(birth, other) <= SLACK_YEARS else {Code.BORN_DIFFERS}


def _gap(birth: Born, other: Born) -> int:
    """Whole years between the nearest that both may have been born."""
    return max(0, birth.first - other.last, other.first - birth.last)
