"""Which words a passage must hold to state a fact: so that a changed fact is looked for only where they stand."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from lodestar.guidance.rules.index import TITLE
from lodestar.guidance.rules.words import terms


def terms_of(phrases: Iterable[str]) -> list[tuple[str, ...]]:
    """Of each phrase the terms that a passage with it has; a phrase of common words alone has none."""
    return [tuple(dict.fromkeys(terms(phrase))) for phrase in phrases]


def places_with_all(of_phrase: Sequence[str], posted: Mapping[str, Collection[int]]) -> set[int]:
    """The passages of one version, by number, in which all terms of a phrase stand. `posted`: where each term stands."""
    if not of_phrase or not all(term in posted for term in of_phrase):
        return set()
    return set.intersection(*(set(posted[term]) for term in of_phrase)) - {TITLE}
