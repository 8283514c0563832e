"""What is written down of the figure: that a list of cases was shown, and that a file was taken along and why."""

from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.analysis.access import TAKEN
from lodestar.record import actions as record
from lodestar.record.models import Event


def list_shown(*, by: Member, at: datetime, code: str, verdict: str) -> None:
    """Writes down that the cases behind one number were shown."""
    record.append("analysis.cases_listed", by=by.user, role=by.role, at=at, subject=f"{code} {verdict}")


def take(*, by: Member, at: datetime, what: str, reason: str) -> Event:
    """Writes down that a figure, or the list behind one number, is taken along as a file, and why. `what` is the address it is
    made from again: the period, the instant, and which number."""
    return record.append(TAKEN, by=by.user, role=by.role, at=at, subject=what, fields=["csv"], reason=reason)


def file_taken(*, by: Member, at: datetime, taken: Event) -> None:
    """Writes down that the file was fetched."""
    record.append("analysis.file_taken", by=by.user, role=by.role, at=at, subject=str(taken.id))
