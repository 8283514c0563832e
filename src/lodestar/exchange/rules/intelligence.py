"""What an intelligence submission wants before it goes: three grades that a person gives, and the information. Pure.

The graded log stays in the intelligence system: nothing of a sheet is kept here, but that one was made and its reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lodestar.kernel.reference_lists import rows_on

PARTS = ("source", "assessment", "handling")
WITH_CONDITIONS = "handling_c"


@dataclass(frozen=True)
class Grade:
    """One code of the scheme: `P: Lawful sharing permitted`."""

    code: str
    part: str
    words: str


def grades_on(day: date) -> tuple[Grade, ...]:
    """The codes of the scheme on a day, in its order."""
    rows = rows_on("exchange", "intelligence_3x5x2", day)
    return tuple(Grade(row["code"], row["part"], f"{row['grade']}: {row['name']}") for row in rows)


def wanting(told: Mapping[str, str]) -> tuple[str, ...]:
    """What is not said and has to be: each of the three grades, the information, and conditions where sharing has them."""
    missing = [part for part in (*PARTS, "text") if not told.get(part, "").strip()]
    if told.get("handling") == WITH_CONDITIONS and not told.get("conditions", "").strip():
        missing.append("conditions")
    return tuple(missing)

