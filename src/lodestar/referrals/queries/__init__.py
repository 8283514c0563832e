"""Named reads of referrals: the route of a person, what has gone to the Home Office, and what the ledger is told."""

from lodestar.referrals.queries.ledger import events_and_evidence
from lodestar.referrals.queries.outgoing import (
    COMPARED,
    Offered,
    Submission,
    for_the_coach,
    offered,
    subject_of,
    submission_on,
)
from lodestar.referrals.queries.reconciled import why_no_crime_from
from lodestar.referrals.queries.sent import (
    decisions_of,
    following,
    is_age_owed,
    is_review_offered,
    long_stop,
    read_now,
    reference_of,
    references_in,
    referrals_of,
    route_now,
)
from lodestar.referrals.queries.writing import (
    Already,
    Sheet,
    crimes_from,
    last_written,
    related_drafts,
    sheet_of,
    went,
    writing_of,
    written_since,
)

__all__ = [
    "COMPARED",
    "Already",
    "Offered",
    "Sheet",
    "Submission",
    "crimes_from",
    "decisions_of",
    "events_and_evidence",
    "following",
    "for_the_coach",
    "is_age_owed",
    "is_review_offered",
    "last_written",
    "long_stop",
    "offered",
    "read_now",
    "reference_of",
    "references_in",
    "referrals_of",
    "related_drafts",
    "route_now",
    "sheet_of",
    "subject_of",
    "submission_on",
    "went",
    "why_no_crime_from",
    "writing_of",
    "written_since",
]  # fmt: skip
