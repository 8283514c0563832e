"""What became of each thing in a file of settings."""

from dataclasses import dataclass

SAME, SET, PROPOSED, REFUSED = "same", "set", "proposed", "refused"


@dataclass(frozen=True)
class Line:
    """What became, or would become, of one thing in the file."""

    what: str
    outcome: str
    why: str = ""
