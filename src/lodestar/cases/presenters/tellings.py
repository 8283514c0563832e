"""Telling a safe address to somebody outside, in words."""

from collections.abc import Collection, Iterable
from uuid import UUID

from lodestar.cases.models import AddressTelling
from lodestar.cases.presenters.disclosures import Line, lines_in, since_asked
from lodestar.cases.presenters.purposes import use_words
from lodestar.design.when import day_time


def about(row: AddressTelling) -> str:
    """What it is for, where that was asked, and the power."""
    return f"{use_words(row.use)}. {row.power}" if row.use else row.power


def stands(row: AddressTelling) -> tuple[str, ...]:
    """Who asked, decided and told it, and when; what has not been is said too."""
    by = f"{row.asked_by.name}, {day_time(row.asked_at)}."
    said = [f"Told {day_time(row.told_at)}, {without(row)}."] if row.told_at and row.happened_without else []
    if row.first_asked_by:
        said.append(f"First asked by {row.first_asked_by.name}.")
    return (*said, f"Recorded by {by}" if row.happened_without else f"Asked by {by}", *since_asked(row))


def without(row: AddressTelling) -> str:
    """How what was told without approval stood to one: nobody had decided, or what was asked held at another time."""
    return "outside the approved time" if row.first_asked_by_id else "before it was decided"


def lines(rows: Iterable[AddressTelling], opens: Collection[UUID], waits: Collection[UUID]) -> list[Line]:
    """Those of a person: `opens` are those whose page the member may open, `waits` those of which they may write down that the
    recipient was told."""
    return lines_in(rows, opens, waits, lambda row: (row.recipient, about(row), stands(row)))
