"""Standards as a dated list, how much evidence of each kind shows, and how far a requirement is evidenced. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lodestar.oversight.measures.rules.values import FEW
from lodestar.oversight.requirements.evidence import CANNOT_TELL, EVIDENCED, EXPIRED, NONE, STATES, WEAK
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import add_months

REQUIREMENT_KINDS: Mapping[str, str] = {
    "recommendation": "Recommendation", "action": "Action", "statute": "Law", "guidance": "Guidance",
    "national_plan": "National plan", "local_policy": "Local policy",
}  # fmt: skip
STATE_WORDS: Mapping[str, str] = {
    NONE: "No evidence", CANNOT_TELL: "Cannot tell", WEAK: "Weak", EXPIRED: "Expired", EVIDENCED: "Evidenced",
}  # fmt: skip
COLOURS: Mapping[str, str] = {NONE: "red", CANNOT_TELL: "yellow", WEAK: "orange", EXPIRED: "purple", EVIDENCED: "green"}
LOCAL = "local_policy"  # the standard of a force's own requirements
DIVE_MONTHS = 12  # a deep dive is evidence for so long after its last day
PASS_PERCENT = 80  # of the answers of a check of knowledge


_LIST = reference_list("requirements", "standards")
_STANDARDS: Mapping[str, Mapping[str, Any]] = _LIST.header["standards"]
STANDARDS: Mapping[str, str] = {code: each["name"] for code, each in _STANDARDS.items()} | {LOCAL: "Local policy"}
# A requirement as a standard lists it: what is the same of all of a standard (edition, kind, source) is said once in the list.
ENTRIES: tuple[Mapping[str, Any], ...] = tuple({**_STANDARDS[row["standard"]], "is_verified": False, **row} for row in _LIST.rows)


def best_state(states: Iterable[str]) -> str:
    """How far a requirement is evidenced: the best of its evidence by the order of `STATES`; none of none."""
    return max(states, key=STATES.index, default=NONE)


def measure_state(counted: int, *, is_count: bool) -> str:
    """How much a measure shows of which so many could be told: of none nothing; a share or a median of few is weak."""
    if not counted:
        return CANNOT_TELL
    return EVIDENCED if is_count or counted >= FEW else WEAK


def deep_dive_state(judged: int, last: date, day: date) -> str:
    """How much a question of a deep dive shows whose quarter ended on `last`."""
    if day > add_months(last, DIVE_MONTHS):
        return EXPIRED
    return EVIDENCED if judged else CANNOT_TELL


def training_state(has: int, expired: int, passed: int) -> str:
    """How much a course shows: so many have it, had it, and passed a check of it. Attendance alone is weak."""
    if not has:
        return EXPIRED if expired else NONE
    return EVIDENCED if passed else WEAK


def guidance_state(ends: date | None, day: date) -> str:
    """How much a published document shows: it is expired after its last day, or the day by which it had to be reviewed."""
    return EXPIRED if ends is not None and ends < day else EVIDENCED


def obligation_state(due: int, recorded: int) -> str:
    """How much the ledger shows of something that had to be done: nothing where it fell due for nobody; it is weak where none
    was closed with a record."""
    if not due:
        return CANNOT_TELL
    return EVIDENCED if recorded else WEAK
