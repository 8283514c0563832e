"""Superseded facts: exact phrases that carry their context, what holds now and since when. No sentence is interpreted."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

Span = tuple[int, int]


@dataclass(frozen=True)
class Fact:
    """One fact that no longer holds: `says` are the phrases that state it, of which one is enough."""

    code: str
    called: str
    says: tuple[str, ...]
    replaced_by: str
    from_date: date

    def warning(self) -> str:
        """The warning beside a passage that states the fact."""
        return f"differs from the force’s confirmed {self.called}: {self.replaced_by}"


def stated(text: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts of which a phrase stands in the text as whole words, whatever its case and white space."""
    return [fact for fact in facts if _pattern(fact.says).search(text)]


def occurrences(text: str, facts: Iterable[Fact]) -> list[Span]:
    """Where the phrases of the facts stand in a text, as (first character, end), in order."""
    phrases = tuple(phrase for fact in facts for phrase in fact.says)
    return [match.span() for match in _pattern(phrases).finditer(text)] if phrases else []


@lru_cache(maxsize=256)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    alternatives = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
