"""What a search found, for a page: each document with the part of its passage that answers."""

import re
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlencode

from lodestar.knowledge.library.models import NATIONS, Passage
from lodestar.knowledge.library.presenters.documents import anchor, below_heading, past_review, short_source, where
from lodestar.knowledge.search.queries.search import Result
from lodestar.knowledge.search.rules.asking import Concept
from lodestar.knowledge.search.rules.index import stem
from lodestar.platform.audit.presenters import capital
from lodestar.platform.text.text_normalise import one_line

_WORD = re.compile(r"\w+(?:['’]\w+)?")
EXCERPT = 240  # characters of a passage where many are shown
SECTION = 800  # and beside a step, which has one or two
WITH_PASSAGES = 5  # of the documents on a page of results: of the others the title alone, so that the first screen stays short
_NEXT_SENTENCE = re.compile(r"\n|(?<=[^\d\s][.!?])\s+(?=[A-Z0-9•(“\"'‘*])")


def search_results(results: Iterable[Result], terms: Collection[str], *, with_nation: bool = False) -> list[dict[str, Any]]:
    """Results for a page. `terms` were asked for and are marked. `with_nation`: each says for which nation it is, as where every
    nation's guidance was asked."""
    return [_search_result(result, terms, EXCERPT, with_nation=with_nation) for result in results]


def step_results(results: Iterable[Result]) -> list[dict[str, Any]]:
    """What guidance says at a step, for a page: each section as far as there is room."""
    return [_search_result(result, frozenset(), SECTION, with_nation=False) for result in results]


def _search_result(result: Result, terms: Collection[str], room: int, *, with_nation: bool) -> dict[str, Any]:
    """One document that answers. `parts` are the words of the passage, each with whether it was asked for."""
    document, passage = result.document, result.passage
    place = where(passage) if passage else ""
    differs = [capital(words) for words in result.warnings if words.startswith("differs")]
    reviewed = [past_review(document)] if any("review date" in words for words in result.warnings) else []
    at = f"?at={passage.number}#{anchor(passage.number)}" if passage else ""
    return {
        "title": f"{document.title}, {place}" if place and place.lower() != document.title.lower() else document.title,
        "href": f"/guidance/documents/{document.id}{at}",
        "parts": tuple(excerpt(passage, terms, document.title, room)) if passage else (),
        "is_in_force": result.in_force,
        "is_replaced": any(words.startswith("superseded") for words in result.warnings),
        "source": short_source(document, with_nation=with_nation),
        "warnings": tuple(differs + reviewed),
    }


def excerpt(passage: Passage, terms: Collection[str], title: str, room: int) -> list[tuple[str, bool]]:
    """A passage from the sentence on that has most of what was asked, with those words marked; without the document's title and
    the heading where it begins with them, for they are shown above it."""
    text = passage.text if passage.page else below_heading(passage, title)  # above it is the page, or else the heading
    sentences = [one_line(sentence) for sentence in _NEXT_SENTENCE.split(text) if sentence.strip()] or [""]
    begin = max(range(len(sentences)), key=lambda place: sum(_is_asked(word, terms) for word in _WORD.findall(sentences[place])))
    chosen = " ".join(sentences[begin:])
    shown = chosen if len(chosen) <= room else f"{chosen[: max(chosen.rfind(' ', 0, room), room // 2)]} …"
    parts: list[tuple[str, bool]] = []
    last = 0
    for match in _WORD.finditer(shown):
        if _is_asked(match[0], terms):
            parts += [(shown[last : match.start()], False), (match[0], True)]
            last = match.end()
    return [part for part in [*parts, (shown[last:], False)] if part[0]]


def _is_asked(word: str, terms: Collection[str]) -> bool:
    return stem(word.lower()) in terms


RING = ("duty_sergeant", "childrens_services", "duty_coordinator")
EVERYWHERE = "all"
HELD_BACK = "arrest"  # our own words never say it, and a list of what was searched for is ours


def nation_asked(code: str) -> str:
    """The nation that a search is narrowed to; empty for everywhere."""
    return code if code in NATIONS else ""


def narrowed(nation: str, own_nation: str) -> dict[str, Any]:
    """The nations that narrow a search, with the one that was chosen."""
    choices = [(EVERYWHERE, "Everywhere"), *NATIONS.items()]
    return {
        "nations": [{"value": code, "label": name, "chosen": code == (nation or EVERYWHERE)} for code, name in choices],
        "is_narrowed": nation != own_nation,
        "nation_words": NATIONS.get(nation, "everywhere"),
    }


def everywhere_href(question: str) -> str:
    """The same question, asked of every nation's guidance."""
    return f"/guidance?{urlencode({'q': question, 'nation': EVERYWHERE, 'asked': question})}"


def searched_for(asked: Iterable[Concept], library_words: Collection[str]) -> str:
    """What was looked for: only words that the library knows."""
    phrases = [" ".join(concept.words) for concept in asked if set(concept.words) & set(library_words)]
    return ", ".join(phrase for phrase in phrases if HELD_BACK not in phrase)
