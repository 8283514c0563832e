"""Writes of the first screen. A tap is stored first; when it happened is asked afterwards and stored as a further answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Case, DutyAnswer, Obligation

MINUTE = timedelta(minutes=1)


def whole_minute(at: datetime) -> datetime:
    """A time that somebody gave. That it is a whole minute tells it from the time of a bare tap."""
    return at.replace(second=0, microsecond=0)


def tap(
    *, by: Member, at: datetime, case: Case, owed: Sequence[Obligation], kind: str, because: str = "", told: str = ""
) -> list[DutyAnswer]:
    """Stores a tap as of this moment, for each of these things by itself."""
    moment = at if at.second or at.microsecond else at + timedelta(microseconds=1)
    return cases.answer_duty(by=by, at=moment, case=case, obligations=owed, kind=kind, because=because, told=told)


def answer_at(
    *, by: Member, at: datetime, case: Case, owed: Sequence[Obligation], kind: str, because: str = "", told: str = ""
) -> list[DutyAnswer]:
    """Stores an answer with the time that was given for it."""
    return cases.answer_duty(
        by=by, at=whole_minute(at), case=case, obligations=owed, kind=kind, because=because, told=told
    )


def give_time(
    *, by: Member, at: datetime | None, case: Case, taps: Sequence[DutyAnswer], owed: Sequence[Obligation]
) -> None:
    """Stores when it happened as a further answer to the same things. `at` None: it happened as each was tapped."""
    rows = {(row.person_id, row.code, row.subject, row.moment): row for row in owed}
    happened = at or (taps[0].happened_at if taps else None)
    if happened is None:
        return
    with ledger.acting_on(case.id, by=by.user, at=whole_minute(happened), code="cases.duty_answered"):
        for answer in taps:
            row = rows.get((answer.person_id, answer.code, answer.subject, answer.moment))
            if row is None:
                continue
            answer_at(
                by=by,
                at=at or answer.happened_at,
                case=case,
                owed=[row],
                kind=answer.kind,
                because=answer.because,
                told=answer.told,
            )
