"""Whether immigration was told as it was approved goes by when they were told, not by when somebody wrote it down."""

from datetime import UTC, datetime, timedelta

import pytest

from lodestar.cases.rules.disclosures import AS_APPROVED, NOT_APPROVED, TOO_LATE, TOO_SOON, told_how

DECIDED = datetime(2026, 3, 2, 9, 0, 40, tzinfo=UTC)
LAPSES = DECIDED + timedelta(hours=72)


@pytest.mark.parametrize(
    ("when", "how"),
    [
        (DECIDED - timedelta(hours=2), TOO_SOON),
        (datetime(2026, 3, 2, 8, 59, tzinfo=UTC), TOO_SOON),
        (datetime(2026, 3, 2, 8, 59, 59, tzinfo=UTC), TOO_SOON),
        (datetime(2026, 3, 2, 9, 0, tzinfo=UTC), AS_APPROVED),  # a time is written to the minute
        (DECIDED, AS_APPROVED),
        (DECIDED + timedelta(hours=1), AS_APPROVED),
        (LAPSES - timedelta(microseconds=1), AS_APPROVED),
        (LAPSES, TOO_LATE),
        (LAPSES + timedelta(days=1), TOO_LATE),
    ],
)
def test_it_goes_by_when_they_were_told(when: datetime, how: str) -> None:
    assert told_how(approved=True, decided_at=DECIDED, when=when) == how


@pytest.mark.parametrize(("approved", "decided_at"), [(False, DECIDED), (None, None)])
def test_what_is_refused_or_not_decided_is_never_as_approved(approved: bool | None, decided_at: datetime | None) -> None:
    assert told_how(approved=approved, decided_at=decided_at, when=DECIDED + timedelta(hours=1)) == NOT_APPROVED
