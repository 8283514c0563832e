"""What of an anonymous notification is withheld within a text: every place where something held of the case's people stands,
until a named person has read that very place and said that it may stay (Modern Slavery Act 2015 s52(3))."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lodestar.kernel.fingerprint import fingerprint
from lodestar.referrals.rules.naming import Identifier, Occurrence, occurrences
from lodestar.referrals.rules.outgoing import Leaf, Line

LEFT_OUT = "[left out]"
_WRITTEN = frozenset({"text", "long_text", "email", "telephone"})


@dataclass(frozen=True)
class Place:
    """Where in a field something held stands. `mark` is that of this place in this very text: another text has others."""

    field: str
    value: int  # which of the field's values it stands in
    found: Occurrence
    mark: str


def places(leaves: Iterable[Leaf], identifiers: Sequence[Identifier]) -> tuple[Place, ...]:
    """Every place of the texts that go where one of the identifiers stands, in the form's order; and where one
    may stand, since a named person looks at each."""
    return tuple(
        Place(line.field.name, number, found, _mark(line.field.name, number, text, found))
        for leaf in leaves
        for line in leaf.lines
        if line.state == "filled" and line.field.kind in _WRITTEN
        for number, text in enumerate(line.values)
        for found in occurrences(text, identifiers, is_wide=True)
    )


def withheld(leaves: Iterable[Leaf], found: Iterable[Place], stays: Collection[str]) -> tuple[Leaf, ...]:
    """The pages as they go: what stands at a place whose mark is not among those that stay is left out of its text."""
    out: dict[str, list[Place]] = {}
    for place in found:
        if place.mark not in stays:
            out.setdefault(place.field, []).append(place)
    return tuple(
        replace(leaf, lines=tuple(_without(line, out.get(line.field.name, ())) for line in leaf.lines))
        for leaf in leaves
    )


def _without(line: Line, out: Sequence[Place]) -> Line:
    values = tuple(
        cut(text, [place.found for place in out if place.value == number]) for number, text in enumerate(line.values)
    )
    return replace(line, values=values)


def cut(text: str, found: Iterable[Occurrence]) -> str:
    """The text without these places; where two overlap, both are gone."""
    for start, end in reversed(list(_spans(found))):
        text = f"{text[:start]}{LEFT_OUT}{text[end:]}"
    return text


def _spans(found: Iterable[Occurrence]) -> Iterator[tuple[int, int]]:
    spans = sorted((one.start, one.end) for one in found)
    while spans:
        start, end = spans.pop(0)
        while spans and spans[0][0] <= end:
            end = max(end, spans.pop(0)[1])
        yield start, end


def _mark(field: str, value: int, text: str, found: Occurrence) -> str:
    return fingerprint(field, value, text, found.start, found.end, found.identifier.kind, found.identifier.value)
