"""The writes of section 45 of the Modern Slavery Act 2015. Each locks its case, adds rows, writes to the log, and reckons
the ledger."""

from lodestar.section45.actions.outcome import RecordOpen, record_happened_without, record_outcome
from lodestar.section45.actions.question import answer_first_question
from lodestar.section45.actions.record import (
    FactsChanged,
    Meanwhile,
    NotYet,
    TookPart,
    countersign,
    decide,
)

__all__ = [
    "FactsChanged", "Meanwhile", "NotYet", "RecordOpen", "TookPart", "answer_first_question", "countersign", "decide",
    "record_happened_without", "record_outcome",
]  # fmt: skip
