"""The ledger, pure: how each thing owed stands, given the evidence. It holds no state and knows no clock.

What is owed is closed by evidence that it was done, or by a named person's reason why it is not needed, as long as the facts it
rests on are those of the evidence. Other facts: it stands open again. *Not possible* closes nothing: it stays open, and is the
supervisor's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from lodestar.platform.obligations.closing_records import BY_REASON, BY_RECORD, BY_WORD
from lodestar.platform.obligations.obligations import Owed

Kind = Literal["done", "not_needed", "not_possible"]
State = Literal["open", "closed", "reopened"]

CLOSING = frozenset({"done", "not_needed"})


@dataclass(frozen=True)
class Evidence:
    """The record of one answer to one thing owed. `rests_on` is that of the obligation when it was answered.

    `happened_at` is when the thing was done, not when it was written down. `reference` is whatever proves it.
    """

    person: str | None
    code: str
    subject: str
    moment: str
    kind: Kind
    happened_at: datetime
    rests_on: str = ""
    by: str = ""
    reference: str = ""
    is_word: bool = False  # an officer's word alone; what a page records is more

    @property
    def key(self) -> tuple[str | None, str, str, str]:
        """The key of the obligation that it answers."""
        return (self.person, self.code, self.subject, self.moment)


@dataclass(frozen=True)
class ObligationStatus:
    """How one thing owed stands.

    `evidence` is what decided it: what closed it; for `reopened`, what had closed it under other facts; for an open one, the
    latest *not possible*, with which `with_supervisor` is true.
    """

    owed: Owed
    state: State
    evidence: Evidence | None = None
    with_supervisor: bool = False
    closed_with: str = ""  # a record, an officer's word or a reason

    @property
    def is_open(self) -> bool:
        """Whether it still wants doing."""
        return self.state != "closed"


def obligation_statuses(owed: Sequence[Owed], evidence: Sequence[Evidence]) -> list[ObligationStatus]:
    """How each thing owed stands, in the order given.

    Closed by the latest `done` or `not_needed` evidence that rests on the same facts. `reopened` when there is closing
    evidence, but under other facts only. Evidence for what is no longer owed changes nothing. Of several at one instant the
    last given counts as the latest.
    """
    answers: dict[tuple[str | None, str, str, str], list[Evidence]] = {}
    for entry in evidence:
        answers.setdefault(entry.key, []).append(entry)
    return [_status_of(obligation, answers.get(obligation.key, ())) for obligation in owed]


def _status_of(owed: Owed, answers: Sequence[Evidence]) -> ObligationStatus:
    closing = [answer for answer in answers if answer.kind in CLOSING]
    fits = [answer for answer in closing if answer.rests_on == owed.rests_on]
    if fits:
        return ObligationStatus(owed, "closed", _latest(fits), closed_with=_closed_with(fits))
    stuck = [answer for answer in answers if answer.kind == "not_possible" and answer.rests_on == owed.rests_on]
    if closing:
        return ObligationStatus(owed, "reopened", _latest(stuck or closing), with_supervisor=bool(stuck))
    return ObligationStatus(owed, "open", _latest(stuck) if stuck else None, with_supervisor=bool(stuck))


def _closed_with(fits: Sequence[Evidence]) -> str:
    """By a record, where any of the evidence is one: a later word takes nothing from it."""
    done = [answer for answer in fits if answer.kind == "done"]
    if any(not answer.is_word for answer in done):
        return BY_RECORD
    return BY_WORD if _latest(fits).kind == "done" else BY_REASON


def _latest(evidence: Sequence[Evidence]) -> Evidence:
    latest = evidence[0]
    for candidate in evidence[1:]:
        if candidate.happened_at >= latest.happened_at:
            latest = candidate
    return latest
