"""The writes of the shell: looking into the log is written into the log."""

from datetime import datetime
from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event


def search_log(
    *, by: Member, at: datetime, purpose: str, person: UUID | None = None, case: UUID | None = None, officer: UUID | None = None
) -> Event:
    """Writes down that somebody looks into the log, and for which of the purposes that the law allows.

    Data Protection Act 2018 section 62(3). The event itself says what was looked for, and its results are shown by it.
    """
    return audit(
        "record.searched", by=by, at=at, case=case, people=[person] if person else [],
        subject=f"officer {officer}" if officer else "person" if person else "case", reason=purpose,
    )  # fmt: skip


def emergencies_shown(*, by: Member, at: datetime) -> None:
    """Writes down that the list of emergency access was shown."""
    audit("record.searched", by=by, at=at, subject="emergency access")
