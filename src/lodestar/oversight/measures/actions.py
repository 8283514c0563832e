"""What is written down of the figure: that a list of cases was shown, that a file was taken along and why; and values of
measures as they are stored."""

from collections.abc import Mapping
from datetime import date, datetime

from lodestar.oversight.measures.access import TAKEN, whole_force
from lodestar.oversight.measures.models import CrimeTotal, StoredValue
from lodestar.oversight.measures.queries.values import count
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.values import measures_on
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit


def list_shown(*, by: Member, at: datetime, code: str, verdict: str) -> None:
    """Writes down that the cases behind one number were shown."""
    audit("analysis.cases_listed", by=by, at=at, subject=f"{code} {verdict}")


def take(*, by: Member, at: datetime, what: str, reason: str) -> None:
    """Writes down that a figure, or the list behind one number, is taken along as a file, and why. `what` says which: the
    period, the instant, and the number."""
    event = audit(TAKEN, by=by, at=at, subject=what, fields=["csv"], reason=reason)
    audit("analysis.file_taken", by=by, at=at, subject=str(event.id))


def store_values(*, by: Member | None, at: datetime, period: Period) -> int:
    """Stores what every measure of the whole force comes to in a period now, and returns how many. `by` is None for the job."""
    rows = measures_on(period.last)
    values = count(whole_force(), [period], at, list(rows), is_past=False)
    StoredValue.objects.bulk_create(
        StoredValue(
            code=code, version=row["version"], first=period.first, last=period.last, numerator=value.numerator,
            denominator=value.denominator, median=value.median, further=dict(value.further), stored_at=at,
            by_id=by.user if by else None,
        )
        for code, row in rows.items()
        for value in values[code]
    )  # fmt: skip
    if by is not None:
        audit("analysis.values_stored", by=by, at=at, subject=f"{period.first:%Y%m%d} {period.last:%Y%m%d}")
    return len(rows)


def record_crime_totals(*, by: Member, at: datetime, totals: Mapping[date, int]) -> None:
    """Records the force's own crime totals by month; a later table of a month counts from then on."""
    CrimeTotal.objects.bulk_create(
        CrimeTotal(month=month, crimes=crimes, recorded_at=at, recorded_by_id=by.user) for month, crimes in totals.items()
    )
    audit("analysis.crime_totals_recorded", by=by, at=at, subject=f"{len(totals)} months")
