"""What a search found, as a page shows it: each document once, with its best passage and what to know of both."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from lodestar.guidance.presenters.documents import force_words, past_review, source
from lodestar.guidance.presenters.passages import anchor, excerpt, sentence, where
from lodestar.guidance.queries.search import Result


@dataclass(frozen=True)
class Found:
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


def found(results: Iterable[Result], terms: Collection[str]) -> list[Found]:
    """Results for a page. `terms` are those that were asked for, which are marked."""
    return [_found(one, terms) for one in results]


def _found(one: Result, terms: Collection[str]) -> Found:
    document, passage = one.document, one.passage
    place = where(passage) if passage else ""
    differs = [sentence(words) for words in one.warnings if words.startswith("differs")]
    reviewed = [past_review(document)] if any("review date" in words for words in one.warnings) else []
    at = f"?at={passage.number}#{anchor(passage.number)}" if passage else ""
    return Found(
        title=f"{document.title}, {place}" if place and place.lower() != document.title.lower() else document.title,
        href=f"/guidance/documents/{document.id}{at}",
        document=str(document.id),
        parts=tuple(excerpt(passage, terms, document.title)) if passage else (),
        in_force=force_words(document) if one.in_force else "",
        is_replaced=any(words.startswith("superseded") for words in one.warnings),
        source=source(document),
        warnings=tuple(differs + reviewed),
    )
