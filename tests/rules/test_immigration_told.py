"""Whether immigration was told as it was approved goes by when they were told, not by when somebody wrote it down."""

from datetime import UTC, datetime, timedelta

from lodestar.casework.disclosures.rules import (
    AS_APPROVED,
    NOT_APPROVED,
    PROPOSED,
    TOLD,
    TOO_LATE,
    TOO_SOON,
    approval_status,
    decision,
    is_no_reason,
    moment_of,
)
from tests.offenders import each

DECIDED = datetime(2026, 3, 2, 9, 0, 40, tzinfo=UTC)
LAPSES = DECIDED + timedelta(hours=72)


@each(
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
    assert approval_status(approved=True, decided_at=DECIDED, when=when) == how


@each(("approved", "decided_at"), [(False, DECIDED), (None, None)])
def test_what_is_refused_or_not_decided_is_never_as_approved(approved: bool | None, decided_at: datetime | None) -> None:
    assert approval_status(approved=approved, decided_at=decided_at, when=DECIDED + timedelta(hours=1)) == NOT_APPROVED


@each(("purposes", "is_none"), [(["safeguarding"], True), ([], True), (["law"], False), (["safeguarding", "law"], False)])
def test_keeping_somebody_safe_is_no_reason_by_itself(purposes: list[str], is_none: bool) -> None:
    assert is_no_reason(purposes) is is_none


@each("event", [TOLD, PROPOSED])
def test_the_decision_answers_for_it(event: str) -> None:
    evidence = decision("a row", "a person", (event, DECIDED), LAPSES, "an inspector")
    assert (evidence.happened_at, evidence.by, evidence.moment) == (LAPSES, "an inspector", moment_of(event, DECIDED))
