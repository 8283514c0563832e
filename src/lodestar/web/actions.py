"""The writes of the shell: searching, and looking into the log, are written into the log."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lodestar.information_governance.access_alerts.queries import OWN_NAME
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event


def record_search(
    *, by: Member, at: datetime, kind: str, is_own_name: bool, people: Iterable[UUID], case: UUID | None = None
) -> None:
    """Writes down that somebody searched for a person or a case: what kind of thing they typed and whom they were shown, never
    what they typed. `is_own_name`: they typed a name of their own, of which professional standards is told whatever was shown
    (practice, harm F3). `case` is the only one that was shown."""
    subject = f"{kind}, {OWN_NAME}" if is_own_name else kind
    audit("cases.searched", by=by, at=at, case=case, people=sorted(people), subject=subject)


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
