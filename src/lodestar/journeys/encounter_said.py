"""What an encounter says, told apart from what came under its reference before without keeping it. Pure.

Of each thing said its place in the form and a hash are kept, sealed: enough to tell that it is the same, and where it is not.
The words themselves stand with the people they are about, and go with them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from lodestar.kernel.encounter_form import encounter_form
from lodestar.kernel.facts import Encounter
from lodestar.kernel.form_values import FormErrors

MOST_NAMED = 5
SAME = "where it is the same report, have what is new written into the case; where it is another, give it a reference of its own"


class SaysOtherwise(FormErrors):
    """A report under the reference of one that came before and said something else; its sentence tells what to do."""

    def __init__(self, told: str) -> None:
        super().__init__([{"path": "reference", "message": told}])


class Said:
    """What an encounter says, in whatever spelling and order it was sent. `more` is what of its people, in their order, the
    form does not hold; without `is_dated` the time is the import's, and no part of it."""

    def __init__(self, encounter: Encounter, more: Sequence[Mapping[str, str]] = (), *, is_dated: bool = True) -> None:
        met = encounter.encountered_at.astimezone(UTC).isoformat() if is_dated else None
        form = encounter_form(encounter) | {"reference": (encounter.reference or "").strip(), "encountered_at": met}
        if more:
            form["people"] = [{**person, **told} for person, told in zip(form["people"], more, strict=True)]
        self.parts = {path: _hash(f"{path}\n{json.dumps(value)}") for path, value in _leaves(form, "")}

    def mark(self, key: str) -> str:
        """What this report is known by where it came under this key."""
        return _hash("\n".join(["encounter", key, *(f"{path} {part}" for path, part in sorted(self.parts.items()))]))

    def kept(self) -> str:
        """What is kept of it, to be sealed."""
        return json.dumps(self.parts, sort_keys=True)

    def differs_from(self, kept: str) -> str:
        """Where it says something else than what was kept: the places in the form, the first few of them by name."""
        before: dict[str, str] = json.loads(kept)
        places = [path for path in {**before, **self.parts} if before.get(path) != self.parts.get(path)]
        named = ", ".join(places[:MOST_NAMED])
        return f"{named} and {len(places) - MOST_NAMED} more" if len(places) > MOST_NAMED else named


def is_of_an_encounter(kept: str) -> bool:
    """Whether this was kept of an encounter, and not of a row of a table."""
    return kept.startswith("{")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Each thing that is said, by its place; what says nothing is left out."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{place}]")
    elif value not in (None, "", []):
        yield path, value


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
