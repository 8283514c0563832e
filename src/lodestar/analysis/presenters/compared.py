"""Two periods beside each other: the counts as they are, and no number made of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lodestar.analysis.presenters.asked import Asked
from lodestar.analysis.presenters.figure import SHOWN, Number, href
from lodestar.analysis.presenters.words import KINDS, VERDICT_WORDS
from lodestar.analysis.queries.beside import Against
from lodestar.analysis.queries.figure import Figure

COULD_HAVE = "Could have"
COLUMNS = ("The year before", "This period")  # of every table: the days themselves stand once, above them all
AGAINST = (("all", "all"), ("with_other", "both recorded"), ("settled", "without, explained"), ("open", "without, open"))


@dataclass(frozen=True)
class Pair:
    """One thing that is counted, with its number in each period."""

    words: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Failing:
    """One failing: its pairs; `is_same`: both periods are judged by one version of what it means."""

    title: str
    is_same: bool
    pairs: tuple[Pair, ...]


def failings(figures: Sequence[Figure], asked: Sequence[Asked]) -> list[Failing]:
    """The six, each with all four numbers of each period, *cannot tell* by itself."""
    found = []
    for number, row in figures[-1].defined.items():
        versions = {figure.defined[number]["version"] for figure in figures if number in figure.defined}
        could_have = Pair(COULD_HAVE, tuple(Number(figure.counts[number].could_have, "", "") for figure in figures))
        pairs = (could_have, *(_pair(number, verdict, figures, asked) for verdict in SHOWN))
        found.append(Failing(f"{number}. {row['short']}", len(versions) == 1, pairs))
    return found


def _pair(number: int, verdict: str, figures: Sequence[Figure], asked: Sequence[Asked]) -> Pair:
    numbers = []
    for figure, one, when in zip(figures, asked, COLUMNS, strict=True):
        row, value = figure.defined[number], figure.counts[number].of(verdict)
        of = f"{row['short']}: {VERDICT_WORDS[verdict].lower()}, {when}"
        numbers.append(Number(value, href(row["code"], verdict, one) if value else "", of))
    return Pair(VERDICT_WORDS[verdict], tuple(numbers))


def referrals(found: Sequence[Mapping[str, Against]]) -> list[list[str]]:
    """What was made, received and recorded in each period, each kind by itself, with what of it has the other."""
    return [
        [f"{words}: {said}", *(f"{getattr(one[kind], name):,}" for one in found)]
        for kind, words in KINDS.items()
        for name, said in AGAINST
    ]
