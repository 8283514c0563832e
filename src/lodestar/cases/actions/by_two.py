"""What one asks and another decides is told to somebody outside: once, and judged by when it was told, not by who writes it."""

from datetime import datetime
from typing import TypeVar

from lodestar.cases.models import AddressTelling, ImmigrationDisclosure
from lodestar.cases.rules.disclosures import AS_APPROVED, told_how

ALREADY = "A colleague has already recorded this disclosure. If there was another, record it on the person"
Asked = TypeVar("Asked", AddressTelling, ImmigrationDisclosure)


class CannotDecide(ValueError):
    """It was decided before, or by the one who asked."""


class NotApproved(ValueError):
    """Nobody has approved that it is told, or too long ago."""


class AlreadyTold(NotApproved):
    """That they were told of it is written down already."""


def is_as_approved(row: AddressTelling | ImmigrationDisclosure, at: datetime) -> bool:
    """Whether it was told as approved, if it was told at `at`."""
    return told_how(approved=row.approved, decided_at=row.decided_at, when=at) == AS_APPROVED


def untold(asked: Asked) -> Asked:
    """What was asked, read again and locked. Raises AlreadyTold."""
    row = type(asked).objects.select_for_update().get(id=asked.id)
    if row.told_at is not None or row.told_outside:
        raise AlreadyTold(ALREADY)
    return row
