"""What may point to one person though no name is there: a nationality with a town and a trade, or any fact of a family.

Modern Slavery Act 2015 s52(3), alone or combined. What is found is shown before anything goes, with coarser words; the
officer decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from lodestar.kernel.reference_lists import rows_on
from lodestar.kernel.spelling import Word, folded, words
from lodestar.referrals.rules.form import listed

TOGETHER = ("nationality", "town", "trade")  # may be one person where all three are told
UNKNOWN = "Unknown"  # what the form's own lists hold for what is not known


@dataclass(frozen=True)
class Pointer:
    """Words that help to tell who it is: `kind` is nationality, town, trade or family; `field` where they stand, between
    `start` and `end`; `coarser` what might stand there, empty for leaving them out."""

    kind: str
    field: str
    start: int
    end: int
    typed: str
    coarser: str


def pointers(texts: Mapping[str, str], day: date, *, region: str) -> tuple[Pointer, ...]:
    """What in the texts that go (by their field) points to one person together, in their order; empty where it does not.

    `region` names the area that a town is said to lie in when coarser words are offered.
    """
    found = [pointer for field, text in texts.items() for pointer in _in_text(field, text, day, region)]
    kinds = {pointer.kind for pointer in found}
    shown = {"family", *(TOGETHER if kinds.issuperset(TOGETHER) else ())}
    return tuple(pointer for pointer in found if pointer.kind in shown)


def _in_text(field: str, text: str, day: date, region: str) -> Iterator[Pointer]:
    """The longest words from each place on, so that a nail bar is no bar; a place in the middle of one is passed over."""
    read, told = words(text), _vocabulary(day)
    counts = sorted({len(name) for name in told}, reverse=True)
    taken = 0  # words before this one belong to what was found
    for first in range(len(read)):
        held = next(_held(read[first:], told, counts), None) if first >= taken else None
        if held:
            count, kind, coarser = held
            taken = first + count
            start, end = read[first].start, read[taken - 1].end
            yield Pointer(kind, field, start, end, text[start:end], coarser.format(region=region))


def _held(
    read: Sequence[Word], told: Mapping[tuple[str, ...], tuple[str, str]], counts: Iterable[int]
) -> Iterator[tuple[int, str, str]]:
    """What the words begin with, by the longest of `counts` first: of how many words it is, its kind and coarser words."""
    for count in counts:
        name = tuple(word.folded for word in read[:count])
        if len(name) == count and name in told:
            yield (count, *told[name])


@cache
def _vocabulary(day: date) -> Mapping[tuple[str, ...], tuple[str, str]]:
    """Folded words -> kind and coarser words. What is a town and a trade at once is taken for the trade."""
    told = dict(_told("town", _towns(), "a town in {region}"))
    told.update(_told("nationality", listed("nationalities"), "a foreign national"))
    for row in rows_on("referrals", "coarser_words", day):
        told.update(_told(row["kind"], row["words"], row["coarser"]))
    return told


def _told(kind: str, names: Iterable[str], coarser: str) -> Iterator[tuple[tuple[str, ...], tuple[str, str]]]:
    for name in names:
        if name != UNKNOWN:
            yield tuple(word.folded for word in words(name)), (kind, coarser)


def _towns() -> Iterator[str]:
    """Towns by each of their names: some stand with a Welsh one beside the English."""
    for town in listed("cities_and_towns"):
        yield from (part for part in town.split(" / ") if folded(part))
