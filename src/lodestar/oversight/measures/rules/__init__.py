"""What the figure means: each of the six failings judged in a case, and cases counted over a period."""

from lodestar.oversight.measures.rules.facts import (
    CANNOT_TELL,
    COULD_NOT,
    DID_NOT,
    HAPPENED,
    VERDICTS,
    Answer,
    CaseFacts,
    Counts,
    Finding,
    LookedBack,
    Offence,
    Outcome,
    Step,
    Verdict,
    VictimFacts,
    counted,
    together,
)
from lodestar.oversight.measures.rules.failings import NUMBERS, SAFETY, definitions, judge_case

__all__ = [
    "CANNOT_TELL", "COULD_NOT", "DID_NOT", "HAPPENED", "NUMBERS", "SAFETY", "VERDICTS", "Answer", "CaseFacts", "Counts",
    "Finding", "LookedBack", "Offence", "Outcome", "Step", "Verdict", "VictimFacts", "counted", "definitions", "judge_case",
    "together",
]  # fmt: skip
