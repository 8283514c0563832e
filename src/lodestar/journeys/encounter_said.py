"""What an encounter says, told apart from what came under its reference before without keeping it. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from lodestar.kernel.encounter_form import encounter_form
from lodestar.kernel.facts import Encounter
from lodestar.kernel.form_values import FormErrors

SAME = "if it is the same report, add what is new to the case; if it is a different one, give it a separate reference"


class SaysOtherwise(FormErrors):
    """A report under the reference of one that came before and said something else; its sentence tells what to do."""

    def __init__(self, told: str) -> None:
        super().__init__([{"path": "reference", "message": told}])


def content_of(encounter: Encounter, more: Sequence[Mapping[str, str]] = (), *, is_dated: bool = True) -> str:
    """What an encounter says, the same in whatever spelling and order it was sent. `more` is what of its people, in their order,
    the form does not hold; without `is_dated` the time is the import's, and no part of it."""
    met = encounter.encountered_at.astimezone(UTC).isoformat() if is_dated else None
    form = encounter_form(encounter) | {"reference": (encounter.reference or "").strip(), "encountered_at": met}
    if more:
        form["people"] = [{**person, **names} for person, names in zip(form["people"], more, strict=True)]
    return json.dumps(_filled(form), sort_keys=True)


def mark_of(key: str, content: str) -> str:
    """What a report of this content is known by where it came under this key: a hash, of which nothing can be read."""
    return hashlib.sha256(f"encounter\n{key}\n{content}".encode("utf-8", "surrogatepass")).hexdigest()


def _filled(value: Any) -> Any:
    """The value without what says nothing."""
    if isinstance(value, dict):
        return {name: inner for name, one in value.items() if (inner := _filled(one)) not in (None, "", [], {})}
    return [_filled(one) for one in value] if isinstance(value, list) else value
