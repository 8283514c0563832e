"""Facts that no longer hold, found sentence by sentence: the words alone are not enough, their company decides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lodestar.guidance.rules.words import bare_words

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z•“(])|(?<=[.:;])\s*(?=•)|\s(?=\d{1,2}\.\d{1,3}\.\s)")


@dataclass(frozen=True)
class Fact:
    """One fact that held once. Its words are read as a search reads words, so that hyphens and gaps in numbers do not matter."""

    code: str
    called: str
    says: tuple[str, ...]
    near: tuple[str, ...]
    unless: tuple[str, ...]
    replaced_by: str
    from_date: date

    def warning(self) -> str:
        """What stands beside a passage that states it."""
        return f"differs from the force’s confirmed {self.called}: {self.replaced_by}"


def stated(text: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts that a sentence of the text states, each once."""
    sentences = [f" {' '.join(bare_words(sentence))} " for sentence in _SENTENCE.split(text) if sentence]
    return [fact for fact in facts if any(_states(sentence, fact) for sentence in sentences)]


def quotes(text: str, fact: Fact) -> bool:
    """Whether a text has the words of a fact, whatever their company."""
    return _has(f" {' '.join(bare_words(text))} ", fact.says)


def _states(sentence: str, fact: Fact) -> bool:
    return (
        _has(sentence, fact.says) and (not fact.near or _has(sentence, fact.near)) and not _has(sentence, fact.unless)
    )


def _has(sentence: str, phrases: Sequence[str]) -> bool:
    return any(f" {' '.join(bare_words(phrase))} " in sentence for phrase in phrases)
