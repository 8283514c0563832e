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
from lodestar.referrals.queries.held import Kept

LONGEST_SHOWN, LONGEST_IN_A_FILE = 90, 300  # characters of what was recorded
MOST_READ = 3 * LONGEST_IN_A_FILE  # so that no house is cut through where a text ends


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
    kept: Mapping[UUID, Kept] | None = None,
) -> list[Shown]:
    """The cases of a list; one that was sealed or removed this instant is left out. `kept` is given for a file: what no text of
    each case may hold there."""
    return [
        Shown(
            href=f"/cases/{row.reference}",
            reference=row.reference,
            met=day(london_date(row.encountered_at)),
            about=shortened(row.what or row.place, LONGEST_SHOWN) if kept is None else _in_a_file(row, kept[row.id]),
            unit=row.unit.name,
            why=reasons(why[one.id].findings, number),
        )
        for one in found
        if (row := rows.get(one.id)) is not None
    ]


def _in_a_file(row: Case, kept: Kept) -> str:
    """What a case is about, where it goes along in a file: nobody who may be a victim is named, and nowhere where anybody is."""
    return shortened(kept.told(row.what[:MOST_READ], row.place), LONGEST_IN_A_FILE)


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
