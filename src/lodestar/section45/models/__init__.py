"""The rows of section 45 of the Modern Slavery Act 2015: answers to the short question, full records, outcomes."""

from lodestar.section45.models.outcome import OUTCOMES, OutcomeRecorded
from lodestar.section45.models.question import ANSWERS, MOMENTS, FirstAnswer
from lodestar.section45.models.record import SIGNED, Countersignature, Element, FullRecord

__all__ = [
    "ANSWERS", "MOMENTS", "OUTCOMES", "SIGNED", "Countersignature", "Element", "FirstAnswer", "FullRecord",
    "OutcomeRecorded",
]  # fmt: skip
