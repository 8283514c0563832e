"""How old a person may be, and so whether they are treated as a child.

Modern Slavery Act 2015 s51: where there are reasonable grounds to believe that someone may be under 18, they are a child until
an age assessment or other determination. Any bound, statement, document, dispute or appearance is enough. A document in an
exploiter's hands does not settle it; a completed age assessment does.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from lodestar.platform.obligations.facts import Birth, Encounter, PersonFacts
from lodestar.platform.obligations.settings import SHIPPED, Settings
from lodestar.platform.time.days import age_on, anniversary, london_date
from lodestar.platform.time.fuzzy import PartialDate

ADULT = 18  # years: who has not reached them is a child
Bounds = tuple[int | None, int | None]  # completed years, lowest and highest; None is open


def age_between(birth: PartialDate, first: date, last: date) -> tuple[int, int]:
    """The lowest and highest age, in completed years, that someone born then had from `first` to `last`; never below
    0."""
    return max(0, age_on(birth.latest, first)), max(0, age_on(birth.earliest, last))


def shifted(bounds: Bounds, told_on: date, first: date, last: date) -> Bounds:
    """Bounds told on one day, as they are from `first` to `last`. Years that are not over count to both sides."""
    low, high = bounds
    # Somebody aged `low` on told_on was born at the latest on that anniversary; somebody aged `high` just before the
    # next.
    low_then = None if low is None else max(0, low + _years(told_on, first, up=False))
    high_then = None if high is None else max(0, high + _years(told_on, last, up=True))
    return low_then, high_then


def _years(start: date, end: date, *, up: bool) -> int:
    """Birthdays that must (`up` false) or may (`up` true) lie between two days; negative when `end` is earlier."""
    whole = age_on(start, end)
    exact = anniversary(start, whole) == end
    return whole + 1 if up and not exact else whole


@dataclass(frozen=True)
class AgeReading:
    """`treat_as` is child, adult or not_known; `low` and `high` the age in completed years when met, None where open."""

    treat_as: str
    low: int | None
    high: int | None
    why: str

    @property
    def is_child(self) -> bool:
        """Whether the person is, or may be, a child."""
        return self.treat_as == "child"


def treat_as(encounter: Encounter, person: PersonFacts, settings: Settings) -> AgeReading:
    """Whether a person is treated as a child, and why (Modern Slavery Act 2015 s51)."""
    day = london_date(encounter.encountered_at)
    low, high = age_when_met(person, day)
    basis = person.birth.basis
    doubt = int(settings.on(day)["age_in_doubt_up_to"])
    if low is None and high is None:
        if basis == "disputed":
            return AgeReading("child", low, high, "Their age is in dispute, so they may be under 18.")
        return AgeReading("not_known", low, high, "No age is known, and nothing suggests under 18 yet.")
    words = age_in_words(person.birth, day) or f"{numbers((low, high))} by the age at a suspected act"
    if high is not None and high < ADULT:
        return AgeReading("child", low, high, _why("Under 18", words))
    if low is not None and low < ADULT:
        return AgeReading("child", low, high, _why("May be under 18", words))
    if basis == "disputed" and (low is None or low <= doubt):
        return AgeReading("child", low, high, _why("May be under 18", words))
    if low is None and high is not None:
        if high <= doubt:
            return AgeReading("child", low, high, _why("May be under 18", words))
        return AgeReading("not_known", low, high, _why("Only an upper bound is known", words))
    return AgeReading("adult", low, high, _why("Adult", words))


def age_when_met(person: PersonFacts, day: date) -> Bounds:
    """The age in completed years, lowest and highest, that the facts leave open on the day of the encounter.

    The lowest and the highest of all that is said count, but a date with an age assessment settles it alone. Where nothing is
    said of the age now, the age at a dated act tells it.
    """
    birth = person.birth
    by_date = age_between(birth.date, day, day) if birth.date else None
    if by_date and birth.basis == "assessed":
        return by_date
    lowest = birth.age_max if by_date and birth.age_min is None else birth.age_min  # under a date that says more, both stand
    lows = [bound for bound in (by_date and by_date[0], lowest) if bound is not None]
    highs = [bound for bound in (by_date and by_date[1], birth.age_max) if bound is not None]
    if lows or highs:
        return (min(lows) if lows else None), (max(highs) if highs else None)
    return _from_acts(person, day)


def _from_acts(person: PersonFacts, day: date) -> Bounds:
    lows, highs = list[int | None](), list[int | None]()
    for act in person.suspected_of:
        if act.on is not None and act.on.start is not None and act.on.end is not None:
            lows.append(shifted((act.age_then_min, None), act.on.end.latest, day, day)[0])
            highs.append(shifted((None, act.age_then_max), act.on.start.earliest, day, day)[1])
    return (
        min((low for low in lows if low is not None), default=None),
        max((high for high in highs if high is not None), default=None),
    )


def _why(lead: str, words: str) -> str:
    """One sentence, in which what was ticked is not said twice."""
    if words.casefold().startswith(lead.casefold()):
        return f"{lead}{words[len(lead) :]}."
    return f"{lead}: {words}."


def birthday_18(person: PersonFacts, age: AgeReading, day: date) -> date | None:
    """The 18th birthday: from the date of birth, else the earliest day on which the bounds let it fall; None when unknown.

    Someone treated as a child is not 18 yet: where a partial date, a paper that is not believed or bounds above 17 would
    have it past, it is the day after the encounter.
    """
    born = person.birth.date
    by_date = anniversary(born.earliest, ADULT) if born else None
    if by_date and not (age.is_child and by_date <= day):
        return by_date
    if age.low is None and age.high is None:
        return None
    highest = ADULT - 1 if age.is_child and (age.high is None or age.high >= ADULT) else age.high
    if highest is None:
        return None
    return anniversary(day, ADULT - 1 - highest) + timedelta(days=1)


def may_turn_18_soon(person: PersonFacts) -> bool:
    """Whether somebody gave what says that the 18th birthday is near: a date of birth, or 17 as an age that was said, read in
    a document or assessed. An appearance, a dispute or a tick of *under 18* says nothing of it."""
    birth = person.birth
    if birth.date is not None:
        return True
    is_given = birth.basis not in ("estimated", "disputed")
    return is_given and birth.age_min is not None and birth.age_max == ADULT - 1


def is_birthday_known(person: PersonFacts, day: date) -> bool:
    """Whether the 18th birthday of someone treated as a child on that day is known, and not only not excluded."""
    born = person.birth.date
    return born is not None and born.is_exact and anniversary(born.earliest, ADULT) > day


# --- an age in words, as it was given: what was ticked, said or seen; numbers come from what somebody wrote or a date gives ---

_BY_DATE = {
    "document": "by identity document",
    "stated": "by the date of birth they gave",
    "disputed": "by date of birth, in dispute",
    "assessed": "by age assessment",
}
_TICKED = {
    "stated": "{}, they said so",
    "estimated": "{}, by appearance",
    "document": "{} by identity document",
    "disputed": "{}, in dispute",
    "assessed": "{} by age assessment",
}
_NUMBERS = _TICKED | {"stated": "says {}", "estimated": "looks {}"}
_UNSURE = "may be under 18"


def age_in_words(birth: Birth, day: date) -> str:
    """The age on a day: `looks 16 or 17`, `says 17`, `18 by identity document`, `may be under 18`; empty when nothing is known.

    The age up to which a look leaves it open whether somebody is under 18 (`age_in_doubt_up_to`) is what a tick records, and is
    never printed: the shipped one, and with a look any bound that stands alone.
    """
    bounds, basis = (birth.age_min, birth.age_max), birth.basis or ""
    told = _words_of_bounds(bounds, basis, int(SHIPPED.on(day)["age_in_doubt_up_to"]))
    if birth.date is None:
        return told
    youngest, oldest = age_between(birth.date, day, day)
    dated = f"{numbers((youngest, oldest))} {_BY_DATE.get(basis, 'by date of birth')}"
    low, high = birth.age_min or 0, oldest if birth.age_max is None else birth.age_max
    if low > oldest or high < youngest:
        return f"{dated}, or {numbers(bounds)}"
    is_narrower = None not in bounds and youngest <= low <= high <= oldest and high - low < oldest - youngest
    return told if is_narrower else dated


def numbers(bounds: Bounds) -> str:
    """Completed years as words: `16`, `16 or 17`, `15 to 17`, `at least 30`."""
    low, high = bounds
    if low is None or high is None:
        return f"at most {high}" if low is None else f"at least {low}"
    if low == high:
        return str(low)
    return f"{low} or {high}" if high == low + 1 else f"{low} to {high}"


def _words_of_bounds(bounds: Bounds, basis: str, doubt: int) -> str:
    if bounds == (None, None):
        return "age in dispute" if basis == "disputed" else ""
    if basis == "disputed":
        bounds = _without_other_side(bounds)
        if bounds == (None, None):
            return "age in dispute"
    is_looked_at = basis == "estimated" and bounds[0] is None and (bounds[1] or 0) >= ADULT
    words = _UNSURE if is_looked_at else _tick_of(bounds, doubt)
    if words == _UNSURE and basis == "estimated":
        return words
    return (_TICKED if words else _NUMBERS).get(basis, "{}").format(words or numbers(bounds))


def _without_other_side(bounds: Bounds) -> Bounds:
    """The nearest age on the other side of 18 is written by the form to keep a dispute open: nobody said it."""
    low, high = bounds
    return (
        None if low == ADULT - 1 and high is not None and high > ADULT else low,
        None if high == ADULT and (low is None or low < ADULT - 1) else high,
    )


def _tick_of(bounds: Bounds, doubt: int) -> str:
    """The answer that was ticked, where a bound is one that only a tick writes; empty where all are numbers that were given."""
    low, high = bounds
    if low is None and high == ADULT - 1:
        return "under 18"
    if high is None and low == ADULT:
        return "adult"
    if high is not None and ((low is None and high == doubt >= ADULT) or (low == ADULT - 1 and high > doubt)):
        return _UNSURE
    if low is not None and high == ADULT - 1 and low < high - 1:
        return f"under 18, at least {low}"
    if high is not None and low == ADULT and high > ADULT + 1:
        return f"adult, at most {high}"
    return ""
