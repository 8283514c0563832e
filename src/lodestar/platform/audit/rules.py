"""The hash chain of a force's log, checked against itself and against the heads that were written outside the database. Pure.

Each row of the log has a link: its place in the order of writing, the database's time, and the hash of the link before it
together with the row. A head is the last link as it was one night, in a file that the database's owner does not write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

# What is hashed, after the hash of the link before: SQL over a row `e` of the log and its link `l`. The database's function and
# the check use the same words; with others no hash of before fits any more.
_US = "(extract(epoch from {}) * 1000000)::bigint"
CANONICAL = "json_build_array({})::text".format(
    ", ".join(
        [
            "l.tenant", "l.sequence", _US.format("l.began_at"), _US.format("l.written_at"), "e.id", _US.format("e.recorded_at"),
            "e.tenant", _US.format("e.happened_at"), "e.operation", "e.code", 'e."by"', "e.role", 'e."case"', "e.people",
            "e.subject", "e.fields", "e.recipient", "e.power", "e.reason", "e.request",
        ]
    )
)  # fmt: skip
MOST_APART = timedelta(minutes=10)  # between a row's own time and the database's clock, before the row is refused or found
LONGEST = timedelta(hours=6)  # of a transaction that writes to the log: a row says no earlier time
HEADS_LATE = timedelta(hours=48)  # without a head: one is written every night


@dataclass(frozen=True)
class Link:
    """A link with what its row says today: None where the row is gone. A row without a link has the sequence 0."""

    sequence: int
    hash: bytes
    began_at: datetime
    written_at: datetime
    recorded_at: datetime
    canonical: str | None
    event: str = ""


@dataclass(frozen=True)
class Head:
    """The last link of a force at a moment, and how many rows its log had. `is_restored`: as a restore found it."""

    tenant: str
    sequence: int
    hash: str
    written_at: datetime
    count: int
    at: datetime
    is_restored: bool = False


@dataclass(frozen=True)
class LogFault:
    """What is wrong, of the rows with these sequences: `changed`, `gone` (the row), `missing` (its link too), `rewritten`,
    `cut`, `other_time`, `unlinked` (no sequence; `event` names it), `heads_late`."""

    kind: str
    first: int
    last: int
    event: str = ""


@dataclass(frozen=True)
class Checked:
    """The faults of a force's log, its last sequence, and how many rows are younger than the last head."""

    faults: tuple[LogFault, ...]
    last: int
    not_witnessed: int
    restored: tuple[Head, ...] = ()


def heads_that_count(heads: Iterable[Head]) -> list[Head]:
    """The heads of one force, in their order, without those that a restore to an earlier moment left beyond its end."""
    kept: list[Head] = []
    for head in heads:
        if head.is_restored:
            kept = [earlier for earlier in kept if earlier.sequence <= head.sequence]
        kept.append(head)
    return kept


def check_chain(links: Iterable[Link], heads: Sequence[Head], *, any_time: bool = False) -> Checked:
    """Works the chain out again, rows without a link last, and compares it with the heads of the force. With `any_time` rows
    may say other times than the database's: those of an invented force."""
    counted = heads_that_count(heads)
    expected: dict[int, set[str]] = {}
    for head in counted:
        expected.setdefault(head.sequence, set()).add(head.hash)
    faults: list[LogFault] = []
    before, last = b"", 0
    first_unwitnessed: datetime | None = None
    witnessed = max((head.sequence for head in counted), default=0)
    written_at: datetime | None = None
    for link in links:
        if link.sequence == 0:
            faults.append(LogFault("unlinked", 0, 0, link.event))
            continue
        faults += _faults_of(link, before, last, written_at, expected, any_time=any_time)
        before, last, written_at = link.hash, link.sequence, link.written_at
        if last > witnessed and first_unwitnessed is None:
            first_unwitnessed = link.written_at
    if witnessed > last:
        faults.append(LogFault("cut", last + 1, witnessed))
    if first_unwitnessed is not None and written_at is not None and written_at - first_unwitnessed > HEADS_LATE:
        faults.append(LogFault("heads_late", witnessed + 1, last))
    restored = tuple(head for head in heads if head.is_restored)
    return Checked(tuple(_joined(faults)), last, max(last - witnessed, 0), restored)


def _faults_of(
    link: Link, before: bytes, last: int, written_at: datetime | None, heads: Mapping[int, set[str]], *, any_time: bool
) -> Iterator[LogFault]:
    number = link.sequence
    follows = number == last + 1
    if not follows:
        yield LogFault("missing", last + 1, number - 1)
    if link.canonical is None:
        yield LogFault("gone", number, number)
    elif follows and sha256(before + link.canonical.encode()).digest() != link.hash:
        yield LogFault("changed", number, number)
    if any(head != link.hash.hex() for head in heads.get(number, ())):
        yield LogFault("rewritten", number, number)
    is_late = not max(link.began_at, link.written_at - LONGEST) - MOST_APART <= link.recorded_at <= link.written_at + MOST_APART
    if (is_late and not any_time) or (written_at is not None and link.written_at < written_at):
        yield LogFault("other_time", number, number)


def _joined(faults: Iterable[LogFault]) -> Iterator[LogFault]:
    """Faults of one kind in rows that follow each other as one."""
    open_: dict[str, LogFault] = {}
    for fault in faults:
        earlier = open_.get(fault.kind)
        if earlier is not None and not fault.event and earlier.last + 1 >= fault.first:
            open_[fault.kind] = LogFault(fault.kind, earlier.first, max(earlier.last, fault.last))
            continue
        if earlier is not None:
            yield earlier
        open_[fault.kind] = fault
    yield from open_.values()
