"""Passages as a page shows them: quoted as they stand, what no longer holds marked, with the warning beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lodestar.knowledge.library.models import Passage, Version
from lodestar.knowledge.library.rules.difference import Change, changes
from lodestar.knowledge.library.rules.passages import OF_TRANSCRIPT
from lodestar.knowledge.library.rules.superseded import Fact, occurrences, stated
from lodestar.platform.audit.presenters import capital


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


def passage_rows(rows: Sequence[Passage], facts: Sequence[Fact], title: str = "") -> list[PassageRow]:
    """Passages one after another; a page's number or a heading is above the first that has it. The document's `title`, which the
    page shows at its head, is left out where the text begins with it."""
    result, above = [], None
    for row in rows:
        place = capital(where(row)) if row.page else row.heading
        quoted = [fact for fact in facts if fact.code in row.stale] if row.stale else []
        parts = _marked(row.text, quoted)
        result.append(
            PassageRow(
                anchor=anchor(row.number),
                number=row.number,
                above=place if place != above else "",
                parts=tuple(parts if row.page else _from(len(row.text) - len(below_heading(row, title)), parts)),
                warnings=warnings(quoted),
            )
        )
        above = place
    return result


def below_heading(row: Passage, title: str = "") -> str:
    """The text of a passage without the heading above it, and without the document's title before that."""
    text = row.text.removeprefix(title).lstrip() if title else row.text
    return text.removeprefix(row.heading.removeprefix(f"{OF_TRANSCRIPT}: ")).strip() or row.text


def warnings(facts: Iterable[Fact]) -> tuple[str, ...]:
    """What stands beside a passage that states these."""
    return tuple(capital(fact.warning()) for fact in facts)


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
