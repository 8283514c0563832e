"""Telling Immigration Enforcement of somebody: by which ways, what for, and how it stands in the ledger. Pure.

Nothing goes without a detective inspector's reasoned approval, and *safeguarding* is no reason by itself. What has gone
already is a fact: a later decision says whether it was right, and takes nothing back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lodestar.kernel.standing import Evidence

NEEDS_APPROVAL = "immigration_disclosure_needs_approval"
TOLD, PROPOSED = "immigration_disclosure", "immigration_disclosure_proposed"  # as the ledger knows them
WAYS = ("told", "joint_visit", "status_check", "custody", "file", "other")
PURPOSES = ("investigation", "harm", "law", "safeguarding", "enforcement")
IMMIGRATION = "immigration"  # the use of what is recorded that tells them, whatever the way
APPROVED_FOR = timedelta(hours=72)  # from the decision: whoever tells later asks again
AS_APPROVED, TOO_SOON, TOO_LATE, NOT_APPROVED = "as_approved", "too_soon", "too_late", "not_approved"


def is_no_reason(purposes: Iterable[str]) -> bool:
    """Whether nothing but keeping somebody safe is named, which is no reason to tell Immigration Enforcement."""
    return set(purposes) <= {"safeguarding"}


def told_how(*, approved: bool | None, decided_at: datetime | None, when: datetime) -> str:
    """How a telling at `when` stands to the decision about it, whenever and by whomever it is written down: as it was approved,
    before it, after the approval had lapsed, or without one. A time is written to the minute, so that of the minute of the
    decision is taken for after it."""
    if not approved or decided_at is None:
        return NOT_APPROVED
    if when < decided_at.replace(second=0, microsecond=0):
        return TOO_SOON
    return AS_APPROVED if when < decided_at + APPROVED_FOR else TOO_LATE


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One proposal, or one telling before anybody approved it: whose it is, when it was proposed or told, and the decision."""

    row: str
    person: str
    at: datetime
    is_told: bool
    decided_at: datetime | None
    decided_by: str

    @property
    def event(self) -> tuple[str, datetime]:
        """What the facts of the person say of it."""
        return (TOLD if self.is_told else PROPOSED, self.at)

    @property
    def evidence(self) -> Evidence | None:
        """What answers that it needs an approval: the decision, either way; None before it."""
        if self.decided_at is None:
            return None
        moment = moment_of(*self.event)
        return Evidence(
            self.person, NEEDS_APPROVAL, "", moment, "done", self.decided_at, "", self.decided_by, self.row
        )


def moment_of(event: str, at: datetime) -> str:
    """How the ledger tells one proposal or telling of a person from another: by its instant, which no two of them share."""
    return f"{'told' if event == TOLD else 'proposed'} {at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
