"""What would go of a referral, what the form still asks for, and what stays here, in words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from lodestar.casework.referral_forms.presenters import Copied, copied_pages
from lodestar.casework.referral_forms.rules.form import Field
from lodestar.casework.referral_forms.rules.outgoing import ROOM, WARN_AT, missing
from lodestar.casework.referral_forms.rules.sections import asks
from lodestar.casework.referrals.queries.outgoing import Submission
from lodestar.casework.referrals.queries.writing import Sheet


def only(sheet: Sheet, going: Submission, codes: Sequence[str]) -> list[Copied]:
    """The pages of the form with what these questions fill alone, as it would go."""
    names = {field.name for code in codes if code in asks(sheet.version) for field in asks(sheet.version)[code].fields}
    cut = (replace(leaf, lines=tuple(line for line in leaf.lines if line.field.name in names)) for leaf in going.leaves)
    return copied_pages(cut)


def gaps(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and nobody has answered, in our words, each once."""
    return _labels(sheet, missing(going.leaves))


def withheld_labels(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and what stays here, each once."""
    return _labels(sheet, [line.field for leaf in going.leaves for line in leaf.lines if line.state == "kept_back"])


def _labels(sheet: Sheet, fields: Sequence[Field]) -> list[str]:
    words = {field.name: ask.label for ask in asks(sheet.version).values() for field in ask.fields}
    return list(dict.fromkeys(words[field.name] for field in fields))


def size_words(number: int) -> dict[str, Any]:
    """How many kilobytes would go, begun ones counted, of how many that fit."""
    return {"kb": -(-number // 1000), "room": ROOM // 1000, "warn_at": WARN_AT // 1000, "is_near": number >= WARN_AT}
