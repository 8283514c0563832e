"""Looking into the log is written into the log."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.queries import Narrowed
from lodestar.platform.time.days import london_date

BY_NAME = "name"  # the subject of a search in the log for the people of a name


def search_log(
    *, by: Member, at: datetime, purpose: str, person: UUID | None = None, case: UUID | None = None, officer: UUID | None = None,
    called: Iterable[UUID] = (),
) -> Event:  # fmt: skip
    """Writes down that somebody looks into the log, and for which of the purposes that the law allows.

    Data Protection Act 2018 section 62(3). The event itself says what was looked for, and its results are shown by it: the people
    `called` by a name, of whom one is then chosen; or what the log says of a person, a case or an officer.
    """
    people = [person] if person else list(called)
    what = "person" if person else BY_NAME if people else "case"
    return audit(
        "record.searched", by=by, at=at, case=case, people=people,
        subject=f"officer {officer}" if officer else what, reason=purpose,
    )  # fmt: skip


def give_log(*, by: Member, at: datetime, search: Event, use: str, narrowed: Narrowed, recipient: str) -> Event:
    """Writes down that what the log says, as it is narrowed, is given to somebody: a disclosure with its recipient, and the days
    and the member of staff that it is about. `search` is the search it comes from, about one person, a case or an officer; `use`
    is `person` (the answer to whom it is about) or `conduct` (a disciplinary file)."""
    days = " ".join(f"{london_date(day):%Y%m%d}" if day else "-" for day in (narrowed.since, narrowed.until))
    return audit(
        "record.given", by=by, at=at, case=search.case, people=search.people, recipient=recipient, reason=search.reason,
        subject=f"{use} {days} {narrowed.by.hex if narrowed.by else '-'}",
    )  # fmt: skip


def emergencies_shown(*, by: Member, at: datetime) -> None:
    """Writes down that the list of emergency access was shown."""
    audit("record.searched", by=by, at=at, subject="emergency access")
