"""What may point to one person though no name is there: a nationality with a town and a trade, or any fact of a family.

Modern Slavery Act 2015 s52(3), alone or combined. What is found is shown before anything goes, with coarser words; the
officer decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from lodestar.kernel.reference_lists import rows_on
from lodestar.kernel.spelling import Word, folded, words
from lodestar.referrals.rules.form import listed
from lodestar.referrals.rules.phrases import FOREIGN, OF_THE_UK, UK, Forms, forms_of, nationality, town, trade

TOGETHER = ("nationality", "town", "trade")  # may be one person where all three are told
_WHOSE = ("’s", "'s")
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
    read, told = _without_whose(text), _vocabulary(day)
    counts = sorted({len(name) for name in told}, reverse=True)
    taken = 0  # words before this one belong to what was found
    for first in range(len(read)):
        held = next(_held(read[first:], told, counts), None) if first >= taken else None
        if held:
            count, kind, forms = held
            taken = first + count
            start, end = read[first].start, read[taken - 1].end
            phrase = _phrase(kind, forms, text[:start], text[end:], region)
            yield Pointer(kind, field, start, end, text[start:end], phrase)


def _without_whose(text: str) -> list[Word]:
    """The words of a text, without the mark of whose something is: Lincoln's is Lincoln. Children's services are no family."""
    return [
        Word(word.folded[:-1], word.start, word.end - 2)
        if text[word.start : word.end].lower().endswith(_WHOSE) and word.folded != "childrens"
        else word
        for word in words(text)
    ]


def _phrase(kind: str, forms: Forms, before: str, after: str, region: str) -> str:
    if kind == "town":
        return town(region, before, after)
    if kind == "nationality":
        return nationality(forms, before, after)
    return trade(forms, before, after) if kind == "trade" else ""


def _held(
    read: Sequence[Word], told: Mapping[tuple[str, ...], tuple[str, Forms]], counts: Iterable[int]
) -> Iterator[tuple[int, str, Forms]]:
    """What the words begin with, by the longest of `counts` first: of how many words it is, its kind and how it reads."""
    for count in counts:
        name = tuple(word.folded for word in read[:count])
        if len(name) == count and name in told:
            yield (count, *told[name])


@lru_cache(maxsize=8)
def _vocabulary(day: date) -> Mapping[tuple[str, ...], tuple[str, Forms]]:
    """Folded words -> kind and how they read coarser. What is a town and a trade at once is taken for the trade."""
    told = dict(_told("town", _towns(), Forms("")))
    for name in listed("nationalities"):
        forms = OF_THE_UK if name.lower() in UK else FOREIGN
        told.update(_told("nationality", [name], forms))
        if name.endswith(("an", "i", "er", "ot", "ak", "ek", "ai")):
            told.update(_told("nationality", [f"{name}s"], replace(forms, is_many=True)))
    for row in rows_on("referrals", "coarser_words", day):
        forms = forms_of(row)
        told.update(_told(row["kind"], row["words"], forms))
        told.update(_told(row["kind"], row.get("many", ()), replace(forms, is_many=True)))
    return told


def _told(kind: str, names: Iterable[str], forms: Forms) -> Iterator[tuple[tuple[str, ...], tuple[str, Forms]]]:
    for name in names:
        if name != UNKNOWN:
            yield tuple(word.folded for word in words(name)), (kind, forms)


def _towns() -> Iterator[str]:
    """Towns by each of their names: some stand with a Welsh one beside the English."""
    for named in listed("cities_and_towns"):
        yield from (part for part in named.split(" / ") if folded(part))
