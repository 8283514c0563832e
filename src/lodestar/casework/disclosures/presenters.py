"""Uses outside a purpose, and what immigration or whoever is told a safe address is told, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from lodestar.casework.disclosures.access import may_record_disclosure
from lodestar.casework.disclosures.models import AddressDisclosure, DisclosureApproval, ImmigrationDisclosure, PurposeChange
from lodestar.platform.accounts.access import Member
from lodestar.platform.approvals.access import sees_why
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
AS_USE = {code: f"{words[0].lower()}{words[1:]}" for code, words in USES} | {
    "safeguarding": "keeping someone from harm", "prosecution": "a prosecution",
}  # fmt: skip


def crossed_words(recorded_for: Iterable[str], use: str) -> str:
    """The sentence that names a crossing, and asks for its reason."""
    parts = listed([RECORDED_FOR[purpose] for purpose in recorded_for])
    return f"This was recorded {parts}, and {AS_USE[use]} is another purpose. Write the reason for using it"


def purpose_change_words(row: PurposeChange) -> str:
    """A use outside the purpose in a sentence, without its reason."""
    return f"Recorded {RECORDED_FOR[row.recorded_for]}, used for {AS_USE[row.used_for]}"


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
AS_PURPOSE = {code: f"{words[0].lower()}{words[1:]}" for code, words in PURPOSES}


# Of each kind: that it was asked, and that another had asked before; told before a decision, and told at another time.
_ASKED = {ImmigrationDisclosure: ("Proposed", "Proposed"), AddressDisclosure: ("Asked", "First asked")}
_WITHOUT = {
    ImmigrationDisclosure: ("before it was approved", "outside any approved time"),
    AddressDisclosure: ("before it was decided", "outside the approved time"),
}


def recipient(row: DisclosureApproval) -> str:
    """To whom; of immigration also by which way."""
    return f"{row.recipient}, {AS_WAY[row.way]}" if isinstance(row, ImmigrationDisclosure) else row.recipient


def about(row: DisclosureApproval) -> str:
    """What it is for, where that was asked, and the power."""
    uses = [AS_USE[row.use]] if isinstance(row, AddressDisclosure) and row.use else []
    if isinstance(row, ImmigrationDisclosure):
        uses = [AS_PURPOSE[purpose] for purpose in row.purposes]
    return f"{capital(listed(uses))}. {row.power}" if uses else row.power


def parts(row: ImmigrationDisclosure) -> str:
    """For what that was recorded which is told."""
    return listed([RECORDED_FOR[part] for part in row.parts])


def disclosure_status(row: DisclosureApproval) -> tuple[str, ...]:
    """Who asked, decided and told it, and when; what has not been is said too."""
    (asked, first_asked), first_asker = _ASKED[type(row)], getattr(row, row.askers[0])
    yes, no = "Approved", "Not approved"
    sentences = []
    if row.happened_without:
        asked, yes, no = "Recorded", "It was right", "It was not right"
        sentences.append(f"Told {_at(row.told_at)}, {without(row)}.")
    if first_asker:
        sentences.append(f"{first_asked} by {first_asker.name}.")
    sentences.append(f"{asked} by {row.asked_by.name}, {_at(row.asked_at)}.")
    is_decided = f"{yes if row.approved else no}: {row.decided_by.name}, {_at(row.decided_at)}." if row.decided_by else ""
    sentences.append(is_decided or "Not decided yet.")
    if row.told_at and row.told_by and not row.happened_without:
        sentences.append(f"Told {_at(row.told_at)}, as {row.told_by.name} wrote down.")
    if row.told_outside:
        sentences.append("Disclosed outside the approved time: record that separately.")
    return tuple(sentences)


def without(row: DisclosureApproval) -> str:
    """How what was told without approval stood to one: nobody had decided, or what was asked held at another time."""
    return _WITHOUT[type(row)][getattr(row, row.askers[0]) is not None]


def question(row: DisclosureApproval) -> tuple[str, str]:
    """What whoever decides is asked, and the answer that approves."""
    if row.happened_without:
        return "Was it right?", "Yes, it was right"
    return "May it be disclosed?", "Yes, it may be disclosed"


def until(row: ImmigrationDisclosure) -> str:
    """From when to when the approval holds."""
    return f"from {_at(row.decided_at)} to {_at(row.lapses_at)}" if row.decided_at else ""


def lines(member: Member, rows: Iterable[DisclosureApproval]) -> list[dict[str, Any]]:
    """Those of a person, for a member who sees the case: to whom (and by which way), what for and by what power, how it stands,
    and its page where the member may open it. `is_bad`: told before it was approved; `waits`: approved, and not written down
    as told."""
    shown = []
    for row in rows:
        waits = may_record_disclosure(member, row)
        opens = row.id if waits or sees_why(member, row) else None
        how = {"stands": disclosure_status(row), "is_bad": row.happened_without, "waits": waits, "opens": opens}
        shown.append({"who": recipient(row), "about": about(row), **how})
    return shown


def _at(at: datetime | None) -> str:
    return day_time(at) if at else ""
