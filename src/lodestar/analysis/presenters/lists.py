"""The cases behind one number, for reading and as rows of a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lodestar.analysis.presenters.words import reasons
from lodestar.analysis.queries.figure import Listed
from lodestar.analysis.queries.still import Left
from lodestar.analysis.rules import Verdict
from lodestar.cases.models import Case
from lodestar.design.when import day, day_time
from lodestar.design.words import shortened
from lodestar.kernel.days import london_date

LONGEST_SHOWN = 90  # characters of what was recorded
IN_THE_CASE = "Read it in the case"  # in a file, where no free text goes


@dataclass(frozen=True)
class Shown:
    """One case: where it leads, when its people were met, what it is about, whose it is, and why it stands here."""

    href: str
    reference: str
    met: str
    about: str
    unit: str
    why: list[str]


def shown(
    found: Sequence[Listed],
    rows: Mapping[UUID, Case],
    why: Mapping[UUID, Verdict],
    number: int,
    *,
    in_a_file: bool = False,
) -> list[Shown]:
    """The cases of a list; one that was sealed or removed this instant is left out. No free text goes along
    `in_a_file`."""
    return [
        Shown(
            href=f"/cases/{row.reference}",
            reference=row.reference,
            met=day(london_date(row.encountered_at)),
            about=IN_THE_CASE if in_a_file else shortened(row.what or row.place, LONGEST_SHOWN),
            unit=row.unit.name,
            why=reasons(why[one.id].findings, number),
        )
        for one in found
        if (row := rows.get(one.id)) is not None
    ]


def left(found: Sequence[tuple[Case, Left]]) -> list[Shown]:
    """The cases of the list of what is open or late."""
    return [
        Shown(
            href=f"/cases/{row.reference}",
            reference=row.reference,
            met=day(london_date(row.encountered_at)),
            about=shortened(row.what or row.place, LONGEST_SHOWN),
            unit=row.unit.name,
            why=_left_words(what),
        )
        for row, what in found
    ]


def _left_words(one: Left) -> list[str]:
    lines = f"{one.open} {'line' if one.open == 1 else 'lines'} open"
    if not one.late or one.since is None:
        return [lines]
    return [lines, f"{one.late} of them late, the first since {day_time(one.since)}"]
