"""What could be worked out from numbers that were given out, by adding and taking away: also a quarter less two of its months,
or what two tables have in common. Pure.

Every number given out is how many there are in a set: of some months, some kinds of exploitation, some ages, some verdicts. The
smallest sets that any of them is made of are its parts. Another set can be worked out where it is some sum of those given
out, each taken so many times or taken away. If it holds 1 to 4 people or cases then, the table that tells of it is not made.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import chain, combinations, product
from typing import Any, TypeVar

from lodestar.oversight.releases.rules.releases import LEAST, NEVER_YET, VERDICTS, Period, months_of

Part = tuple[str, ...]
One = TypeVar("One")
ALL_KINDS = "all kinds"
AGES = ("adult", "child", "not_known")


@dataclass(frozen=True)
class Given:
    """One table that was given out, or is about to be."""

    kind: str
    period: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class SetCount:
    """How many there are in a set, as a table says it."""

    of: frozenset[Part]
    number: int


def safe(
    tables: Iterable[Mapping[str, Any]], before: Sequence[Given], kind: str, period: str, quarter: Period
) -> tuple[Mapping[str, Any] | None, str]:
    """The first of these tables, each of which hides more, that tells of nobody beside what was given out before. None of them
    where each does, and of whom it tells, in words."""
    words = ""
    for content in tables:
        words = tells_of_few(before, Given(kind, period, content), quarter)
        if not words:
            return content, ""
    return None, words


def tells_of_few(before: Sequence[Given], new: Given, quarter: Period) -> str:
    """What few people or cases could be worked out from the new table beside those given out before, in words: empty where none.
    All are of one quarter or of its months: other periods have nobody in common with it."""
    for words, counts_of, sought in _questions([*before, new], quarter):
        already_derivable = derivable_counts(counts_of(before), sought)
        for derived_set, number in derivable_counts(counts_of([*before, new]), sought).items():
            if derived_set not in already_derivable and 0 < number < LEAST:
                return words
    return ""


def derivable_counts(counts: Iterable[SetCount], sought: Iterable[frozenset[Part]]) -> dict[frozenset[Part], Fraction]:
    """Which of the sets sought can be worked out from what is told, and how many each holds then."""
    reduced: dict[Part, tuple[dict[Part, Fraction], Fraction]] = {}  # each by a part that none of those before it has
    for count in counts:
        left, number = _reduced(dict.fromkeys(count.of, Fraction(1)), Fraction(count.number), reduced)
        if left:
            lead = min(left)
            by = left[lead]
            reduced[lead] = ({part: times / by for part, times in left.items()}, number / by)
    derived = {}
    for sum_of in sought:
        left, number = _reduced(dict.fromkeys(sum_of, Fraction(1)), Fraction(0), reduced)
        if not left:
            derived[sum_of] = -number
    return derived


def _reduced(
    left: dict[Part, Fraction], number: Fraction, by: Mapping[Part, tuple[dict[Part, Fraction], Fraction]]
) -> tuple[dict[Part, Fraction], Fraction]:
    """What is left of a sum of parts once those in `by` are taken away from it, in the order in which they were found."""
    for lead, (parts, many) in by.items():
        times = left.get(lead)
        if times:
            number -= times * many
            for part, count in parts.items():
                left[part] = left.get(part, Fraction(0)) - times * count
                if not left[part]:
                    del left[part]
    return left, number


Question = tuple[str, Callable[[Sequence[Given]], list[SetCount]], list[frozenset[Part]]]


def _questions(given: Sequence[Given], quarter: Period) -> list[Question]:
    """What is asked of tables: about whom, in words; what they tell; and what nobody is to work out where it is small."""
    months, kinds = months_of(quarter), _kinds(given)
    victims: Question = ("possible victims", partial(_victims, months, kinds), _of_victims(months, kinds))
    of_cases = [_set(*combination) for combination in product(_some(months), _some(VERDICTS))]
    return [victims, *(("cases", partial(_cases, months, number), of_cases) for number in _failings(given))]


# --- possible victims: by month, kind and age ------------------------------------------------------------------------------


def _kinds(given: Sequence[Given]) -> tuple[str, ...]:
    return next(
        (tuple(row["kind"] for row in release.content["rows"]) for release in given if release.kind == "aggregate"), (ALL_KINDS,)
    )


def _failings(given: Sequence[Given]) -> list[int | None]:
    """None stands for no failing: the cases of the months alone."""
    return [
        None,
        *dict.fromkeys(row["number"] for release in given if release.kind == "figure" for row in release.content["rows"]),
    ]


def _victims(months: Sequence[str], kinds: Sequence[str], given: Sequence[Given]) -> list[SetCount]:
    sets_and_numbers: list[tuple[frozenset[Part], int | None]] = []
    for release in given:
        if release.kind == "return":
            counts = release.content["counts"]
            sets_and_numbers.append((_set([release.period], kinds, AGES), counts.get("possible_victims")))
            sets_and_numbers.append((_set([release.period], kinds, ["child"]), counts.get("children")))
        elif release.kind == "aggregate":
            columns = release.content["columns"]
            for row in release.content["rows"]:
                sets_and_numbers += [
                    (_set(months, [row["kind"]], [age]), cell) for age, cell in zip(columns, row["counts"], strict=True)
                ]
                sets_and_numbers.append((_set(months, [row["kind"]], columns), row["sum"]))
            sets_and_numbers += [
                (_set(months, kinds, [age]), end) for age, end in zip(columns, release.content["sums"], strict=True)
            ]
            sets_and_numbers.append((_set(months, kinds, columns), release.content["total"]))
    return [SetCount(of, number) for of, number in sets_and_numbers if number is not None]


def _of_victims(months: Sequence[str], kinds: Sequence[str]) -> list[frozenset[Part]]:
    of_kinds = [*([kind] for kind in kinds), kinds]
    return [_set(*combination) for combination in product(_some(months), of_kinds, _some(AGES))]


# --- cases: by month and verdict, of one failing ---------------------------------------------------------------------------


def _cases(months: Sequence[str], number: int | None, given: Sequence[Given]) -> list[SetCount]:
    sets_and_numbers: list[tuple[frozenset[Part], int | None]] = []
    for release in given:
        if release.kind == "return":
            sets_and_numbers.append((_set([release.period], VERDICTS), release.content["counts"].get("first_reports")))
        elif release.kind == "figure":
            sets_and_numbers.append((_set(months, VERDICTS), release.content["total"]))
            for row in release.content["rows"]:
                if row["number"] == number:
                    sets_and_numbers += [(_set(months, [verdict]), row[verdict]) for verdict in VERDICTS]
    never = [verdict for failing, verdict in NEVER_YET if failing == number]
    sets_and_numbers += [(_set([month], [verdict]), 0) for month, verdict in product(months, never)]
    return [SetCount(of, many) for of, many in sets_and_numbers if many is not None]


def _set(*along: Iterable[str]) -> frozenset[Part]:
    return frozenset(product(*along))


def _some(all_of: Sequence[One]) -> list[tuple[One, ...]]:
    """Every choice of at least one."""
    return list(chain.from_iterable(combinations(all_of, many) for many in range(1, len(all_of) + 1)))
