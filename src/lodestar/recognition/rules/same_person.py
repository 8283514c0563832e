"""When an earlier record and another, or a person of a case, are looked at as one: by the reasons of `cases/rules/matching`.

*Sure* is the same name, in whatever order or script, and the same day of birth. *May be* is a name written alike and that day, or
day and month the other way round: it is shown to whoever looks back, and hides nobody from being asked about, since brothers and
twins are called alike. Nothing less is looked at: an age or a year is shared by too many.
"""

from dataclasses import dataclass

from lodestar.cases.rules.matching import Code, Described, alike
from lodestar.cases.rules.matching.born import changed_over
from lodestar.recognition.rules.earlier import DAY_OF_BIRTH, plain_name

SURE, MAY_BE, NOT = "sure", "may_be", "not"
_ALIKE = frozenset({Code.NAME_SAME, Code.NAME_ALIKE})


@dataclass(frozen=True)
class Called:
    """A name and a day of birth, as a record or a case has them."""

    name: str
    birth_date: str

    @property
    def is_enough(self) -> bool:
        """Whether anybody can be looked for by it."""
        return bool(plain_name(self.name)) and len(self.birth_date) == DAY_OF_BIRTH


def how_alike(one: Called, other: Called) -> str:
    """SURE, MAY_BE or NOT."""
    if other.birth_date not in births_sought(one.birth_date) or not (one.is_enough and other.is_enough):
        return NOT
    codes = {reason.code for reason in alike(_described(one), _described(other))}
    is_same = _letters(one) == _letters(other)
    if not is_same and not codes & _ALIKE:
        return NOT
    is_day = Code.BORN_SAME_DAY in codes  # 1 January is none: it is written where the year alone is known
    return SURE if is_day and (is_same or codes & {Code.NAME_SAME, Code.NAME_OTHER_SCRIPT}) else MAY_BE


def births_sought(birth_date: str) -> tuple[str, ...]:
    """The days of birth among which somebody born then is looked for; none where no day is known."""
    if len(birth_date) != DAY_OF_BIRTH:
        return ()
    over = changed_over(birth_date)
    return (birth_date, over) if over else (birth_date,)


def _letters(called: Called) -> list[str]:
    """The words of a name without accents, in whatever order."""
    return sorted(plain_name(called.name).split())


def _described(called: Called) -> Described:
    return Described(names=(called.name,), born=called.birth_date)
