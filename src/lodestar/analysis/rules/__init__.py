"""What the figure means: each of the six failings judged in a case, and cases counted over a period."""

from lodestar.analysis.rules.facts import Answer, CaseFacts, LookedBack, Offence, Outcome, Step, VictimFacts
from lodestar.analysis.rules.failings import NUMBERS, SAFETY, definitions, judged
from lodestar.analysis.rules.verdicts import (
    CANNOT_TELL,
    COULD_NOT,
    DID_NOT,
    HAPPENED,
    VERDICTS,
    Counts,
    Finding,
    Verdict,
    counted,
    together,
)

__all__ = [
    "CANNOT_TELL", "COULD_NOT", "DID_NOT", "HAPPENED", "NUMBERS", "SAFETY", "VERDICTS", "Answer", "CaseFacts", "Counts",
    "Finding", "LookedBack", "Offence", "Outcome", "Step", "Verdict", "VictimFacts", "counted", "definitions", "judged",
    "together",
]  # fmt: skip
