"""An age in words, as it was given: what was ticked, said or seen. Numbers come from what somebody wrote or a date gives."""

from datetime import date

from lodestar.platform.obligations.facts import Birth
from lodestar.platform.obligations.person_age import ADULT, Bounds, age_between
from lodestar.platform.obligations.settings import SHIPPED

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
