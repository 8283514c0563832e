"""Who asks by a fact that no longer holds is asking for what holds now: an old number finds the documents with the new one."""

import re
from collections.abc import Iterable, Sequence

from lodestar.guidance.rules.asking import Concept
from lodestar.guidance.rules.superseded import Fact, stated
from lodestar.guidance.rules.words import FAINT, stem, told

LONGEST = 4  # words of one way to say it; what is longer is an explanation
_PARTS = re.compile(r"[,;:()]")


def with_replaced(question: str, found: Sequence[Concept], facts: Iterable[Fact]) -> list[Concept]:
    """The concepts of a question, and after them what holds now of each withdrawn fact that it states."""
    now = (Concept((fact.code,), dict.fromkeys(_ways(fact.replaced_by), 1.0)) for fact in stated(question, facts))
    return [*found, *(concept for concept in now if concept.shown_by)]


def _ways(text: str) -> Iterable[tuple[str, ...]]:
    for part in _PARTS.split(text):
        words = told(part)
        if len(words) <= LONGEST and set(words) - FAINT:
            yield tuple(stem(word) for word in words)
