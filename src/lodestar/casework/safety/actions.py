"""Writes of the first screen. A tick is stored first; when it happened is asked afterwards and stored as a further answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import GivenAnswer, answer_duties, answer_with_times
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.safety.queries import short_question
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import boxed


def whole_minute(at: datetime) -> datetime:
    """A time that somebody gave. That it is a whole minute tells it from the time of a bare tap."""
    return at.replace(second=0, microsecond=0)


@dataclass(frozen=True)
class FilledLine:
    """What was filled in on one line: for whom it was done and the words in its box; for whom it was not and why; the time of
    earlier ticks (none: as they were ticked); or who the short question was `asked` about, and the answer."""

    done: Sequence[Obligation] = ()
    said: str = ""
    otherwise: Sequence[Obligation] = ()
    kind: str = ""
    why: str = ""
    otherwise_at: datetime | None = None
    taps: Sequence[ObligationAnswer] = ()
    taps_at: datetime | None = None
    asked: Person | None = None
    answer: str = ""

    @property
    def is_any(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.done or self.otherwise or self.taps or self.asked)


def save_lines(*, by: Member, at: datetime, case: Case, lines: Sequence[FilledLine]) -> None:
    """Stores what was filled in on the first screen, for each person and thing by itself, and recalculates the case once. What
    was done is stored as of this moment, with what was said in its box as its record, without it as an officer's word."""
    moment = at if at.second or at.microsecond else at + timedelta(microseconds=1)  # a whole minute is a time that somebody gave
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.duty_answered"):
        given = []
        for line in lines:
            if line.done:
                record = boxed(line.done[0].code, line.said)
                given.append(GivenAnswer(moment, line.done, "done", record=record))
            if line.otherwise:
                when = whole_minute(line.otherwise_at) if line.otherwise_at else moment
                given.append(GivenAnswer(when, line.otherwise, line.kind, line.why))
        if given:
            answer_duties(by=by, at=moment, case=case, given=given)
        for line in lines:
            if line.asked:
                line.asked.case = case
                short_question().answer(by=by, at=at, person=line.asked, answer=line.answer, why=line.why)
        timed = [(tap, whole_minute(line.taps_at or tap.happened_at)) for line in lines for tap in line.taps]
        answer_with_times(by=by, case=case, answers=timed)
