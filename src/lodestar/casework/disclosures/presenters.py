"""Uses outside a purpose, and what immigration or whoever is told a safe address is told, in words."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from lodestar.casework.disclosures.models import AddressDisclosure, ImmigrationDisclosure, PurposeChange
from lodestar.casework.disclosures.rules import APPROVED_FOR
from lodestar.platform.audit.presenters import capital
from lodestar.platform.design.when import day_time
from lodestar.platform.design.words import listed

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
    parts = listed([RECORDED_FOR[purpose] for purpose in recorded_for])
    return f"This was recorded {parts}, and {AS_USE[use]} is another purpose. Write the reason for using it"


def purpose_change_lines(rows: Iterable[PurposeChange]) -> list[dict[str, Any]]:
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


Asked = TypeVar("Asked", AddressDisclosure, ImmigrationDisclosure)
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
    return f"{capital(listed([AS_PURPOSE[purpose] for purpose in row.purposes]))}. {row.power}"


def parts(row: ImmigrationDisclosure) -> str:
    """For what that was recorded which is told."""
    return listed([RECORDED_FOR[part] for part in row.parts])


def disclosure_status(row: ImmigrationDisclosure) -> tuple[str, ...]:
    """Who proposed, decided and told it, and when; what has not been is said too."""
    sentences = []
    if row.happened_without:
        sentences.append(f"Told {_at(row.told_at)}, {without(row)}.")
        if row.proposed_by:
            sentences.append(f"Proposed by {row.proposed_by.name}.")
        sentences.append(f"Recorded by {row.asked_by.name}, {_at(row.asked_at)}.")
    else:
        sentences.append(f"Proposed by {row.asked_by.name}, {_at(row.asked_at)}.")
    return (*sentences, *since_asked(row))


def since_asked(row: AddressDisclosure | ImmigrationDisclosure) -> tuple[str, ...]:
    """Who decided what was asked, and when it was told under that; that nobody has decided it is said too."""
    sentences = [decided(row) or "Not decided yet."]
    if row.told_at and row.told_by and not row.happened_without:
        sentences.append(f"Told {_at(row.told_at)}, as {row.told_by.name} wrote down.")
    if row.told_outside:
        sentences.append("Disclosed outside the approved time: record that separately.")
    return tuple(sentences)


def without(row: ImmigrationDisclosure) -> str:
    """How what was told without approval stood to one: nobody had approved it, or what was proposed held at another time."""
    return "outside any approved time" if row.proposed_by_id else "before it was approved"


def decided(row: AddressDisclosure | ImmigrationDisclosure) -> str:
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
    return lines_in(rows, opens, waits, lambda row: (f"{row.recipient}, {AS_WAY[row.way]}", about(row), disclosure_status(row)))


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


def address_about(row: AddressDisclosure) -> str:
    """What it is for, where that was asked, and the power."""
    return f"{use_words(row.use)}. {row.power}" if row.use else row.power


def address_disclosure_status(row: AddressDisclosure) -> tuple[str, ...]:
    """Who asked, decided and told it, and when; what has not been is said too."""
    by = f"{row.asked_by.name}, {day_time(row.asked_at)}."
    sentences = [f"Told {day_time(row.told_at)}, {address_without(row)}."] if row.told_at and row.happened_without else []
    if row.first_asked_by:
        sentences.append(f"First asked by {row.first_asked_by.name}.")
    return (*sentences, f"Recorded by {by}" if row.happened_without else f"Asked by {by}", *since_asked(row))


def address_without(row: AddressDisclosure) -> str:
    """How what was told without approval stood to one: nobody had decided, or what was asked held at another time."""
    return "outside the approved time" if row.first_asked_by_id else "before it was decided"


def address_lines(rows: Iterable[AddressDisclosure], opens: Collection[UUID], waits: Collection[UUID]) -> list[Line]:
    """Those of a person: `opens` are those whose page the member may open, `waits` those of which they may write down that the
    recipient was told."""
    return lines_in(rows, opens, waits, lambda row: (row.recipient, address_about(row), address_disclosure_status(row)))
