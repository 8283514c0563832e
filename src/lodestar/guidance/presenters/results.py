"""What a search found, for a page: each document with the part of its passage that answers."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lodestar.guidance.models.library import Passage
from lodestar.guidance.presenters.documents import force_words, past_review, source
from lodestar.guidance.presenters.passages import anchor, below_heading, where
from lodestar.guidance.queries.search import Result
from lodestar.guidance.rules.index import stem
from lodestar.kernel.text_normalise import one_line
from lodestar.record.presenters import capital

_WORD = re.compile(r"\w+(?:['’]\w+)?")
EXCERPT = 300  # characters


@dataclass(frozen=True)
class SearchResult:
    """One document that answers. `parts` are the words of the passage, each with whether it was asked for; `in_force` is empty of
    one that is not."""

    title: str
    href: str
    document: str
    parts: tuple[tuple[str, bool], ...]
    in_force: str
    is_replaced: bool
    source: str
    warnings: tuple[str, ...]


def search_results(results: Iterable[Result], terms: Collection[str]) -> list[SearchResult]:
    """Results for a page. `terms` are those that were asked for, which are marked."""
    return [_search_result(result, terms) for result in results]


def _search_result(result: Result, terms: Collection[str]) -> SearchResult:
    document, passage = result.document, result.passage
    place = where(passage) if passage else ""
    differs = [capital(words) for words in result.warnings if words.startswith("differs")]
    reviewed = [past_review(document)] if any("review date" in words for words in result.warnings) else []
    at = f"?at={passage.number}#{anchor(passage.number)}" if passage else ""
    return SearchResult(
        title=f"{document.title}, {place}" if place and place.lower() != document.title.lower() else document.title,
        href=f"/guidance/documents/{document.id}{at}",
        document=str(document.id),
        parts=tuple(excerpt(passage, terms, document.title)) if passage else (),
        in_force=force_words(document) if result.in_force else "",
        is_replaced=any(words.startswith("superseded") for words in result.warnings),
        source=source(document),
        warnings=tuple(differs + reviewed),
    )


def excerpt(passage: Passage, terms: Collection[str], title: str) -> list[tuple[str, bool]]:
    """The part of a passage where most of what was asked stands, with those words marked, and dots where it is cut; without
    the document's title and the heading where it begins with them, for they stand above it."""
    whole = one_line(passage.text)
    below = whole.removeprefix(f"{title} {passage.heading} ")
    below = one_line(below_heading(passage)) if below == whole else below
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
