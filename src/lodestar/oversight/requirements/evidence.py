"""Evidence that what is required is done: every kind of it, read by its reference as it was at a moment.

A reference is a kind and a key: `measure:needs-in-time`, `training:<course>`, `plan_item:<id>`. Each app registers its kinds as
it starts (`register_kind`); requirements, the plan, responses and board packs read them all here.
A `query` is a reference with its days; `read_query` gives the same numbers again, whatever was edited since.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lodestar.oversight.measures.rules.facts import Period

# How much a piece of evidence shows, the least first. `weak`: somebody's word, or attendance alone. `cannot_tell`: the records
# do not say. `expired`: it is older than the force lets it be.
NONE, CANNOT_TELL, WEAK, EXPIRED, EVIDENCED = "none", "cannot_tell", "weak", "expired", "evidenced"
STATES = (NONE, CANNOT_TELL, WEAK, EXPIRED, EVIDENCED)
Reference = tuple[str, str]  # kind and key


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence as it was at a moment. `words` say it with all its `numbers`, `query` is how anybody counts them
    again, `href` the page of its rows, `day` when it is from (None: of its period), `due_on` by when what is planned is due. It
    names no person and no case."""

    kind: str
    key: str
    title: str
    words: str
    state: str
    query: str
    numbers: tuple[float, ...] = ()
    href: str = ""
    day: date | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of evidence: what it is called, which there are to choose from (key and label), and how those of some keys are read
    for a period as known at a moment; a key that is no more has none."""

    code: str
    name: str
    choices: Callable[[], Sequence[tuple[str, str]]]
    read: Callable[[Sequence[str], Period, datetime], Mapping[str, Evidence]]


KINDS: dict[str, EvidenceKind] = {}


def register_kind(*kinds: EvidenceKind) -> None:
    """Makes kinds of evidence known. Called by an app as it starts, and by nothing else."""
    KINDS.update({kind.code: kind for kind in kinds})


def read_evidence(references: Iterable[Reference], period: Period, at: datetime) -> dict[Reference, Evidence]:
    """The evidence of these references for a period, as known at a moment; each kind is read once. What is there no more is
    left out."""
    keys: dict[str, list[str]] = {}
    for kind, key in dict.fromkeys(references):
        keys.setdefault(kind, []).append(key)
    return {
        (kind, key): evidence
        for kind, of_kind in keys.items()
        if kind in KINDS
        for key, evidence in KINDS[kind].read(of_kind, period, at).items()
    }


def query_of(kind: str, key: UUID | str, period: Period, at: datetime) -> str:
    """How a piece of evidence is read again: kind, key, the days of its period, and as known at which moment."""
    return f"{kind}:{key} {period.first:%Y-%m-%d} {period.last:%Y-%m-%d} as at {at.isoformat()}"


def read_query(query: str) -> Evidence | None:
    """The evidence that a query names, read again; None where there is none. Raises ValueError for what is no query."""
    reference, first, last, _, _, at = query.split(" ")
    kind, _, key = reference.partition(":")
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    return read_evidence([(kind, key)], period, datetime.fromisoformat(at)).get((kind, key))
