"""Purposes, and what was used outside them, in words."""

from collections.abc import Iterable
from typing import Any

from lodestar.cases.models import Crossing
from lodestar.design.words import listed
from lodestar.record.presenters import capital

USES = [
    ("support", "Helping them"),
    ("safeguarding", "Keeping them or someone else from harm"),
    ("investigation", "An investigation"),
    ("prosecution", "A prosecution, or another case in court"),
    ("immigration", "Deciding or enforcing immigration"),
    ("other", "Something else"),
]
PARTS = [
    ("support", "Where they are, how to contact them, help they were offered"),
    ("safeguarding", "What they were asked and said about help, and what was done to keep them from harm"),
    ("law_enforcement", "Anything else in the case"),
]
RECORDED_FOR = {
    "support": "to help them",
    "safeguarding": "to keep them from harm",
    "law_enforcement": "for the investigation of offences",
}
AS_USE = {
    "support": "helping them",
    "safeguarding": "keeping someone from harm",
    "investigation": "an investigation",
    "prosecution": "a prosecution",
    "immigration": "deciding or enforcing immigration",
    "other": "something else",
}


def use_words(use: str) -> str:
    """What something is used for; nothing where that was not asked yet."""
    return capital(AS_USE[use]) if use else ""


def crossed_words(recorded_for: Iterable[str], use: str) -> str:
    """The sentence that names a crossing, and asks for its reason."""
    parts = listed([RECORDED_FOR[one] for one in recorded_for])
    return f"This was recorded {parts}, and {AS_USE[use]} is another purpose. Write the reason for using it"


def crossing_lines(rows: Iterable[Crossing]) -> list[dict[str, Any]]:
    """Uses outside the purpose, each in a sentence; the reason apart."""
    return [
        {
            "who": row.person,
            "words": f"Recorded {RECORDED_FOR[row.recorded_for]}, used for {AS_USE[row.used_for]}",
            "recipient": row.recipient,
            "power": row.power,
            "reason": row.reason,
            "at": row.happened_at,
            "by": row.recorded_by.name,
        }
        for row in rows
    ]
