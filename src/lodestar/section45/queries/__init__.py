"""Named reads for section 45 of the Modern Slavery Act 2015: the short question, the full record, outcomes."""

from lodestar.section45.queries.outcomes import happened_without, outcomes_of
from lodestar.section45.queries.question import (
    CODE,
    answers_of,
    latest_answers,
    questions_of,
    suspected_of,
    to_be_told,
)
from lodestar.section45.queries.records import (
    RECORD,
    Stands,
    act_of,
    decisions_about,
    latest_records,
    owed_for,
    records_of,
    stands_of,
    turns_of,
    versions_of,
    waits_for_nrm,
    was_closed,
)
from lodestar.section45.queries.told import told

__all__ = [
    "CODE", "RECORD", "Stands", "act_of", "answers_of", "decisions_about", "happened_without", "latest_answers",
    "latest_records", "outcomes_of", "owed_for", "questions_of", "records_of", "stands_of", "suspected_of",
    "to_be_told", "told", "turns_of", "versions_of",
    "waits_for_nrm",
    "was_closed",
]  # fmt: skip
