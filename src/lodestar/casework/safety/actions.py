"""Writes of the first screen. A tap is stored first; when it happened is asked afterwards and stored as a further answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.actions import answer_duty, answer_with_times
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import Record, boxed


def whole_minute(at: datetime) -> datetime:
    """A time that somebody gave. That it is a whole minute tells it from the time of a bare tap."""
    return at.replace(second=0, microsecond=0)


def tap(
    *, by: Member, at: datetime, case: Case, owed: Sequence[Obligation], kind: str, because: str = "", said: str = ""
) -> list[ObligationAnswer]:
    """Stores a tap as of this moment, for each of these things by itself: with what was `said` in the box of its line as its
    record, without it as an officer's word."""
    moment = at if at.second or at.microsecond else at + timedelta(microseconds=1)
    return answer_duty(by=by, at=moment, case=case, obligations=owed, kind=kind, because=because, record=_record(owed, said))


def answer_at(
    *, by: Member, at: datetime, case: Case, owed: Sequence[Obligation], kind: str, because: str = "", said: str = ""
) -> list[ObligationAnswer]:
    """Stores an answer with the time that was given for it."""
    return answer_duty(
        by=by, at=whole_minute(at), case=case, obligations=owed, kind=kind, because=because, record=_record(owed, said)
    )


def _record(owed: Sequence[Obligation], said: str) -> Record | None:
    return boxed(owed[0].code, said) if owed else None


def give_time(*, by: Member, at: datetime | None, case: Case, taps: Sequence[ObligationAnswer]) -> None:
    """Stores when these taps had happened as further answers. `at` None: each happened as it was tapped."""
    times = [(tapped, whole_minute(at or tapped.happened_at)) for tapped in taps]
    answer_with_times(by=by, case=case, answers=times)
