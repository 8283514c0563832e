"""What a search is filled up with where fewer documents answer than were asked for: the next best by weaker signs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from lodestar.guidance.queries.asked_words import looks_like
from lodestar.guidance.queries.candidates import (
    Asked,
    Known,
    Wanted,
    library,
    may_answer,
    of_wanted,
    places,
    standing,
    versions,
)
from lodestar.guidance.queries.kept import near_words
from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.filling import below, companions, most_telling, weaker_signs
from lodestar.guidance.rules.ranking import Library, Ranked, ranked, weights
from lodestar.guidance.rules.words import stem

BEST = 3  # answers whose words and topics are looked for
LIKELY = 60  # versions


class Related(NamedTuple):
    """What is related, the nearest first, and what is known of each version."""

    found: list[Ranked]
    known: Mapping[UUID, Known]


class Best(NamedTuple):
    """What the best answers are about: of each its title and passage, and the topics of them all; the score of the last
    answer; and how large the library is."""

    texts: Sequence[tuple[str, str]]
    topics: Collection[str]
    last: float | None
    library: Library


def related(
    asked: Sequence[Concept], best: Best, *, on: date, wanted: Wanted, but: Collection[UUID], most: int
) -> Related:
    """Documents that are related to what was asked, without those versions that answer (`but`)."""
    signs, counted = _signs(asked, best)
    worth = weights(signs, counted)
    likely = [one for one in may_answer(Asked(worth, counted), LIKELY + len(but)) if one not in but] if worth else []
    known = versions(likely, wanted, on)
    standings = {version: standing(each, on, counted) for version, each in known.items()}
    listed = ranked(worth, known, places(worth, known), standings) if known else []
    topics = set(best.topics)
    shared = {one: len(topics & set(each.topics)) / len(topics) for one, each in known.items()} if topics else {}
    found = below(listed, shared, best.last)[:most]
    if topics and len(found) < most:
        same = _of_topics(topics, wanted, on, {*but, *known}, most - len(found))
        known |= same
        found += [Ranked(version, 0.0, 0.0, [(0, 0.0)]) for version in same]
    return Related(found, known)


def _signs(asked: Sequence[Concept], best: Best) -> tuple[list[Concept], Library]:
    typed = [word for concept in asked for word in concept.words]
    alike = {word: dict(near_words().get(stem(word), {})) for word in typed}
    for word, others in looks_like(typed).items():
        alike[word] |= others
    weaker, beside = weaker_signs(asked, alike), companions(best.texts, asked)
    counted = library([*weaker, *beside], best.library)
    return [*weaker, *most_telling(beside, counted)], counted


def _of_topics(
    topics: Iterable[str], wanted: Wanted, on: date, but: Collection[UUID], most: int
) -> dict[UUID, Known]:
    """Versions of documents that share a topic with the best answers, as many as are wanted at most."""
    rows = of_wanted(wanted, on).filter(document__topics__overlap=list(topics)).exclude(id__in=but)
    return versions(rows.order_by("document__title", "id").values_list("id", flat=True)[:most], wanted, on)
