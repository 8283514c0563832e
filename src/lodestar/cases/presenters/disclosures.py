"""Telling Immigration Enforcement, in words."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from lodestar.cases.models import AddressTelling, ImmigrationDisclosure
from lodestar.cases.presenters.purposes import RECORDED_FOR
from lodestar.cases.rules.disclosures import APPROVED_FOR
from lodestar.design.when import day_time
from lodestar.design.words import listed
from lodestar.record.presenters import capital

Asked = TypeVar("Asked", AddressTelling, ImmigrationDisclosure)
WAYS = [
    ("told", "In words: a call, a letter, a message, a meeting"),
    ("joint_visit", "A joint visit"),
    ("status_check", "A check of their status"),
    ("custody", "A custody routine, like fingerprints or a status check"),
    ("file", "A file or a form about them"),
    ("other", "Another way, like an interpreter or a partner"),
]
PURPOSES = [
    ("investigation", "Investigating those who exploit them"),
    ("harm", "Preventing serious harm"),
    ("law", "An Act or a court requires it"),
    ("safeguarding", "Safeguarding"),
    ("enforcement", "Deciding or enforcing immigration"),
]
AS_WAY = {
    "told": "in words", "joint_visit": "by a joint visit", "status_check": "by a check of their status",
    "custody": "by a custody routine", "file": "by a file or a form", "other": "another way",
}  # fmt: skip
AS_PURPOSE = {
    "investigation": "investigating those who exploit them", "harm": "preventing serious harm",
    "law": "an Act or a court requires it", "safeguarding": "safeguarding", "enforcement": "deciding or enforcing immigration",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One proposal or telling: to whom (and by which way), what for and by what power, how it stands, and its page where the
    member may open it. `is_bad`: told before it was approved; `waits`: approved, and not written down as told."""

    who: str
    about: str
    stands: tuple[str, ...]
    is_bad: bool
    waits: bool
    opens: UUID | None


def about(row: ImmigrationDisclosure) -> str:
    """What it is for, and the power."""
    return f"{capital(listed([AS_PURPOSE[one] for one in row.purposes]))}. {row.power}"


def parts(row: ImmigrationDisclosure) -> str:
    """For what that was recorded which is told."""
    return listed([RECORDED_FOR[one] for one in row.parts])


def stands(row: ImmigrationDisclosure) -> tuple[str, ...]:
    """Who proposed, decided and told it, and when; what has not been is said too."""
    said = []
    if row.happened_without:
        said.append(f"Told {_at(row.told_at)}, {without(row)}.")
        if row.proposed_by:
            said.append(f"Proposed by {row.proposed_by.name}.")
        said.append(f"Recorded by {row.asked_by.name}, {_at(row.asked_at)}.")
    else:
        said.append(f"Proposed by {row.asked_by.name}, {_at(row.asked_at)}.")
    return (*said, *since_asked(row))


def since_asked(row: AddressTelling | ImmigrationDisclosure) -> tuple[str, ...]:
    """Who decided what was asked, and when it was told under that; that nobody has decided it is said too."""
    said = [decided(row) or "Not decided yet."]
    if row.told_at and row.told_by and not row.happened_without:
        said.append(f"Told {_at(row.told_at)}, as {row.told_by.name} wrote down.")
    if row.told_outside:
        said.append("Disclosed outside the approved time: record that separately.")
    return tuple(said)


def without(row: ImmigrationDisclosure) -> str:
    """How what was told without approval stood to one: nobody had approved it, or what was proposed held at another time."""
    return "outside any approved time" if row.proposed_by_id else "before it was approved"


def decided(row: AddressTelling | ImmigrationDisclosure) -> str:
    """Who decided it, which way, and when; nothing before that."""
    if row.decided_by is None:
        return ""
    right, wrong = ("It was right", "It was not right") if row.happened_without else ("Approved", "Not approved")
    return f"{right if row.approved else wrong}: {row.decided_by.name}, {_at(row.decided_at)}."


def until(row: ImmigrationDisclosure) -> str:
    """From when to when the approval holds."""
    return f"from {_at(row.decided_at)} to {_at(row.decided_at + APPROVED_FOR)}" if row.decided_at else ""


def lines(rows: Iterable[ImmigrationDisclosure], opens: Collection[UUID], waits: Collection[UUID]) -> list[Line]:
    """Those of a person: `opens` are those whose page the member may open, `waits` those of which they may write down that
    immigration was told."""
    return lines_in(rows, opens, waits, lambda row: (f"{row.recipient}, {AS_WAY[row.way]}", about(row), stands(row)))


def lines_in(
    rows: Iterable[Asked], opens: Collection[UUID], waits: Collection[UUID],
    words: Callable[[Asked], tuple[str, str, tuple[str, ...]]],
) -> list[Line]:  # fmt: skip
    """The lines of rows, in `words` that say of each to whom, what for, and how it stands."""
    return [
        Line(*words(row), is_bad=row.happened_without, waits=row.id in waits, opens=row.id if row.id in opens else None)
        for row in rows
    ]


def _at(at: datetime | None) -> str:
    return day_time(at) if at else ""
