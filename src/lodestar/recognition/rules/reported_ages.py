"""What an officer says of an age, as bounds that the rules read; and back, so that a form shows what is recorded.

*May be under 18* claims no lower bound, and as upper one the age up to which doubt is taken for a child (the setting
`age_in_doubt_up_to`): the rules then treat the person as a child (Modern Slavery Act 2015 s51).
"""

from dataclasses import dataclass
from datetime import date
from itertools import product

from lodestar.kernel.fuzzy import partial_date
from lodestar.kernel.person_age import ADULT, age_between

DISPUTED = "disputed"
UNKNOWN = "unknown"
WORDS = {"under_18": "Under 18", "may_be_under_18": "May be under 18", "adult": "Adult"}
_MEND = "Change one of them, or say under “How we know” that it is in dispute"


@dataclass(frozen=True)
class ReportedAge:
    """The answers of a form: `answer` is under_18, may_be_under_18, adult, not_known or empty; ages in completed years;
    `born` a partial date (2009, 2009-09, 2009-09-04) or empty; `basis` how it is known, or empty."""

    answer: str = ""
    low: int | None = None
    high: int | None = None
    born: str = ""
    basis: str = ""


@dataclass(frozen=True)
class AgeBounds:
    """What is recorded of a person."""

    age_min: int | None
    age_max: int | None
    birth_date: str
    age_basis: str


class Contradiction(ValueError):
    """Two answers that cannot both hold, and nobody said that the age is in dispute. `field` is the one to look at."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def bounds(answers: ReportedAge, *, day: date, doubt: int) -> AgeBounds:
    """What to record of these answers, given on `day`. Numbers stand before the quick answer. Raises Contradiction."""
    if answers.low is not None and answers.high is not None and answers.low > answers.high:
        raise Contradiction("high", f"The age to, {answers.high}, is below the age from, {answers.low}. Change one of them")
    by_date = _by_date(answers.born, day)
    if answers.basis != DISPUTED:
        _agree(answers, by_date)
    low, high = (_in_dispute if answers.basis == DISPUTED else _undisputed)(answers, by_date, doubt)
    is_guess = answers.answer == "may_be_under_18" and by_date is None
    basis = answers.basis or ("estimated" if is_guess else UNKNOWN)
    return AgeBounds(low, high, answers.born, basis)


def answers_for(recorded: AgeBounds, *, day: date, doubt: int) -> ReportedAge:
    """The answers that would record just this, with as few numbers as will do."""
    basis = "" if recorded.age_basis == UNKNOWN else recorded.age_basis
    as_it_is = ReportedAge("", recorded.age_min, recorded.age_max, recorded.birth_date, basis)
    if recorded == AgeBounds(None, None, "", recorded.age_basis):
        return as_it_is
    lows, highs = dict.fromkeys((None, recorded.age_min)), dict.fromkeys((None, recorded.age_max))
    for low, high, answer in product(lows, highs, _answers(_by_date(recorded.birth_date, day))):
        answers = ReportedAge(answer, low, high, recorded.birth_date, basis)
        if _records(answers, recorded, day, doubt):
            return answers
    return as_it_is


def _answers(by_date: tuple[int, int] | None) -> tuple[str, ...]:
    """The answers to try: that they may be under 18 comes first where a date of birth leaves it open."""
    plain = ("under_18", "adult")
    if by_date and by_date[0] < ADULT <= by_date[1]:
        return ("may_be_under_18", *plain)
    return (*plain, "may_be_under_18")


def _records(answers: ReportedAge, recorded: AgeBounds, day: date, doubt: int) -> bool:
    try:
        return bounds(answers, day=day, doubt=doubt) == recorded
    except Contradiction:
        return False


def _by_date(born: str, day: date) -> tuple[int, int] | None:
    return age_between(partial_date(born), day, day) if born else None


def _agree(answers: ReportedAge, by_date: tuple[int, int] | None) -> None:
    """Raises Contradiction where an answer, the numbers and the date of birth cannot all hold."""
    answer, words = answers.answer, WORDS.get(answers.answer, "")
    if answers.low is not None and answers.low >= ADULT and answer in ("under_18", "may_be_under_18"):
        raise Contradiction("low", f"“{words}” and an age from {answers.low} do not go together. {_MEND}")
    if answers.high is not None and answers.high >= ADULT and answer == "under_18":
        raise Contradiction("high", f"“{words}” and an age to {answers.high} do not go together. {_MEND}")
    for field, years in (("low", answers.low), ("high", answers.high)):
        if years is not None and years < ADULT and answer == "adult":
            raise Contradiction(field, f"“{words}” and an age of {years} do not go together. {_MEND}")
    if by_date is None:
        return
    youngest, oldest = by_date
    if (youngest >= ADULT and answer in ("under_18", "may_be_under_18")) or (oldest < ADULT and answer == "adult"):
        raise Contradiction(
            "born", f"“{words}” and this date of birth, which makes them {_years(by_date)}, do not go together. {_MEND}"
        )
    if (answers.low is not None and answers.low > oldest) or (answers.high is not None and answers.high < youngest):
        raise Contradiction(
            "born", f"This date of birth makes them {_years(by_date)}, and the age in years says otherwise. {_MEND}"
        )


def _years(by_date: tuple[int, int]) -> str:
    return " or ".join(str(years) for years in dict.fromkeys(by_date))


def _undisputed(answers: ReportedAge, by_date: tuple[int, int] | None, doubt: int) -> tuple[int | None, int | None]:
    low, high = answers.low, answers.high
    if by_date is not None:
        return low, high  # the date says the rest
    if answers.answer == "under_18":
        return low, ADULT - 1 if high is None else high
    if answers.answer == "adult":
        return ADULT if low is None else low, high
    if answers.answer == "may_be_under_18" and low is None:
        if high is None:
            return None, doubt
        return (ADULT - 1 if high > doubt else None), high
    return low, high


def _in_dispute(answers: ReportedAge, by_date: tuple[int, int] | None, doubt: int) -> tuple[int | None, int | None]:
    """Both sides of the dispute stay open: the nearest age under 18, or over it, stands for what only the answer says."""
    low, high = answers.low, answers.high
    known_low = [years for years in (low, by_date and by_date[0]) if years is not None]
    known_high = [years for years in (high, by_date and by_date[1]) if years is not None]
    if answers.answer in ("under_18", "may_be_under_18"):
        if known_low and min(known_low) >= ADULT:
            return ADULT - 1, max(years for years in (low, high, ADULT - 1) if years is not None)
        return low, (ADULT - 1 if answers.answer == "under_18" and high is None and by_date is None else high)
    if answers.answer == "adult":
        if known_high and max(known_high) < ADULT:
            return low, ADULT
        return (ADULT if low is None and by_date is None else low), high
    return low, high
