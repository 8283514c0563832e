"""Passages as a page shows them: quoted as they stand, what no longer holds marked, with the warning beside it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from lodestar.guidance.models import Passage, Version
from lodestar.guidance.rules.difference import Change, changes
from lodestar.guidance.rules.index import stem
from lodestar.guidance.rules.passages import OF_TRANSCRIPT
from lodestar.guidance.rules.superseded import Fact, occurrences, stated
from lodestar.kernel.text_normalise import one_line

_WORD = re.compile(r"\w+(?:['’]\w+)?")
EXCERPT = 300  # characters


@dataclass(frozen=True)
class PassageRow:
    """One passage: its anchor, what stands above it, its words as (words, is it marked), and warnings."""

    anchor: str
    number: int
    above: str
    parts: tuple[tuple[str, bool], ...]
    warnings: tuple[str, ...]


def anchor(number: int) -> str:
    """Where in a page a passage stands."""
    return f"p-{number}"


def where(passage: Passage) -> str:
    """The place of a passage: its page, or its heading where the document has no pages; and whether it is of a transcript."""
    if not passage.page:
        return passage.heading
    return f"page {passage.page}, {OF_TRANSCRIPT.lower()}" if _is_of_transcript(passage) else f"page {passage.page}"


def _is_of_transcript(passage: Passage) -> bool:
    return passage.heading == OF_TRANSCRIPT or passage.heading.startswith(f"{OF_TRANSCRIPT}: ")


def passage_rows(rows: Sequence[Passage], facts: Sequence[Fact]) -> list[PassageRow]:
    """Passages one after another; a page's number or a heading stands above the first that has it."""
    result, above = [], None
    for row in rows:
        place = sentence(where(row)) if row.page else row.heading
        quoted = [fact for fact in facts if fact.code in row.stale] if row.stale else []
        parts = _marked(row.text, quoted)
        result.append(
            PassageRow(
                anchor=anchor(row.number),
                number=row.number,
                above=place if place != above else "",
                parts=tuple(parts if row.page else _from(len(row.text) - len(_below(row)), parts)),
                warnings=warnings(quoted),
            )
        )
        above = place
    return result


def _below(row: Passage) -> str:
    """The text of a passage without the heading that stands above it."""
    return row.text.removeprefix(row.heading.removeprefix(f"{OF_TRANSCRIPT}: ")).strip() or row.text


def warnings(facts: Iterable[Fact]) -> tuple[str, ...]:
    """What stands beside a passage that states these."""
    return tuple(sentence(fact.warning()) for fact in facts)


def sentence(words: str) -> str:
    """Words as a sentence begins."""
    return words[:1].upper() + words[1:]


def _marked(text: str, facts: Sequence[Fact]) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    last = 0
    for start, end in occurrences(text, facts):
        parts += [(text[last:start], False), (text[start:end], True)]
        last = end
    return [part for part in [*parts, (text[last:], False)] if part[0]]


def _from(at: int, parts: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The parts of a text without so many characters before."""
    for words, is_marked in parts:
        if words[at:]:
            yield words[at:], is_marked
        at = max(0, at - len(words))


def excerpt(passage: Passage, terms: Collection[str], title: str) -> list[tuple[str, bool]]:
    """The part of a passage where most of what was asked stands, with those words marked, and dots where it is cut; without
    the document's title and the heading where it begins with them, for they stand above it."""
    whole = one_line(passage.text)
    below = whole.removeprefix(f"{title} {passage.heading} ")
    below = one_line(_below(passage)) if below == whole else below
    text = whole if passage.page else below  # what leads to it names the page, or else the heading
    hits = [match.start() for match in _WORD.finditer(text) if stem(match[0].lower()) in terms]
    start = max(hits, key=lambda at: (sum(at <= hit < at + EXCERPT for hit in hits), -at)) if hits else 0
    begin = 0 if start < EXCERPT // 3 else text.rfind(" ", 0, max(start - 40, 1)) + 1
    end = (
        len(text)
        if begin + EXCERPT >= len(text)
        else max(text.rfind(" ", begin, begin + EXCERPT), begin + EXCERPT // 2)
    )
    shortened = f"{'… ' if begin else ''}{text[begin:end].strip()}{' …' if end < len(text) else ''}"
    parts: list[tuple[str, bool]] = []
    last = 0
    for match in _WORD.finditer(shortened):
        if stem(match[0].lower()) in terms:
            parts += [(shortened[last : match.start()], False), (match[0], True)]
            last = match.end()
    return [part for part in [*parts, (shortened[last:], False)] if part[0]]


EACH = 20  # places on a page
ROOM = 15_000  # characters of a page
LONGEST = 1_200  # characters of one run of words; what is longer is cut, and stands in the version itself

changes_between = changes


@dataclass(frozen=True)
class ChangeRow:
    """One place that changed, with a link to it in the newer version."""

    number: int
    href: str
    parts: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def change_rows(differences: Sequence[Change], start: int, version: Version, facts: Sequence[Fact]) -> list[ChangeRow]:
    """Places that changed, from one on, as many as have room."""
    end = next_after(differences, start) or len(differences)
    return [
        ChangeRow(
            number + 1,
            f"/guidance/versions/{version.id}?at={difference.passage}#{anchor(difference.passage)}",
            tuple((kind, words if len(words) <= LONGEST else f"{words[:LONGEST]} …") for kind, words in difference.parts),
            warnings(_stated(difference, facts)),
        )
        for number, difference in enumerate(differences[start:end], start)
    ]


def _stated(change: Change, facts: Sequence[Fact]) -> list[Fact]:
    """The facts that a place states, as it was or as it is."""
    before, after = (" ".join(words for kind, words in change.parts if kind != other) for other in ("new", "gone"))
    return [fact for fact in facts if stated(before, [fact]) or stated(after, [fact])]


def next_after(differences: Sequence[Change], start: int) -> int | None:
    """Where the next page begins; None where this is the last."""
    room = ROOM
    for number in range(start, min(len(differences), start + EACH)):
        room -= sum(min(len(words), LONGEST) + 60 for _, words in differences[number].parts) + 120
        if room < 0 and number > start:
            return number
    return start + EACH if len(differences) > start + EACH else None
