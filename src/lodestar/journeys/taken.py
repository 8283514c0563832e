"""What becomes of one row that comes in."""

from dataclasses import dataclass

MADE, ADDED, STOOD, LET_GO, REFUSED = "made", "added", "stood", "let_go", "refused"


@dataclass(frozen=True)
class Taken:
    """What became of one row: made (its concern), added (to one that stood), stood already, let go, or refused, and
    `why`; the case's reference, which is empty where whoever imports may not know of the case; and what they are told
    of it beside."""

    what: str
    reference: str
    why: str = ""
    notes: tuple[str, ...] = ()
