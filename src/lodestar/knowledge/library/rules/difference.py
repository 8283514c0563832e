"""What changed between two versions, sentence by sentence: passages are cut anew in each, so that they do not compare."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
MANY = 3_000  # sentences, above which common ones are passed over so that it does not take minutes
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


@dataclass(frozen=True)
class VersionSentence:
    """One sentence of a version, with the passage it stands in."""

    words: str
    passage: int


@dataclass(frozen=True)
class Change:
    """One place that changed: the passage of the newer version it stands at, and its words as same, gone or new."""

    passage: int
    parts: tuple[tuple[str, str], ...]


def sentences(passages: Sequence[str]) -> list[VersionSentence]:
    """The sentences of passages in their order."""
    return [
        VersionSentence(" ".join(sentence.split()), number)
        for number, text in enumerate(passages)
        for sentence in _SENTENCE.split(text)
        if sentence.strip()
    ]


def changes(before: Sequence[str], after: Sequence[str]) -> list[Change]:
    """What of the passages `before` is gone and what is new in those `after`, in the order of the newer version."""
    old, new = sentences(before), sentences(after)
    matcher = SequenceMatcher(
        None, [sentence.words for sentence in old], [sentence.words for sentence in new], autojunk=max(len(old), len(new)) > MANY
    )
    result = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        place = new[min(new_start, len(new) - 1)].passage if new else 0
        removed = " ".join(sentence.words for sentence in old[start:end])
        come = " ".join(sentence.words for sentence in new[new_start:new_end])
        result.append(Change(place, tuple(_parts(removed, come))))
    return result


def _parts(removed: str, come: str) -> Iterator[tuple[str, str]]:
    """Words of one place: what both have stays plain, where they have enough in common to be read together."""
    old, new = removed.split(), come.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not removed or not come or matcher.ratio() < 0.5:
        if removed:
            yield GONE, removed
        if come:
            yield NEW, come
        return
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield SAME, " ".join(old[start:end])
            continue
        if end > start:
            yield GONE, " ".join(old[start:end])
        if new_end > new_start:
            yield NEW, " ".join(new[new_start:new_end])
