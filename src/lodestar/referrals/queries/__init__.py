"""Named reads of referrals: the route of a person, what has gone to the Home Office, and what the ledger is told."""

from lodestar.referrals.queries.ledger import told
from lodestar.referrals.queries.outgoing import (
    COMPARED,
    Going,
    Offered,
    for_the_coach,
    going,
    offered,
    signs_from,
    signs_of,
    subject_of,
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
    beside,
    crimes_from,
    last_written,
    sheet_of,
    went,
    writing_of,
    written_since,
)

__all__ = [
    "COMPARED", "Already", "Going", "Offered", "Sheet", "beside", "crimes_from", "decisions_of", "following",
    "for_the_coach", "going", "is_age_owed", "is_review_offered", "last_written", "long_stop", "offered",
    "read_now", "reference_of", "references_in", "referrals_of", "route_now", "sheet_of", "signs_from", "signs_of", "subject_of",
    "told", "went", "why_no_crime_from", "writing_of", "written_since",
]  # fmt: skip
