"""Filing what the competent authority decided, and what else came of a referral. Rows are only ever added."""

from datetime import date, datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.record import actions as record
from lodestar.referrals import queries
from lodestar.referrals.actions import standing
from lodestar.referrals.models import Decision, Referral


class DecidedMeanwhile(Exception):
    """Somebody filed another decision after the writer looked: `theirs` is the latest row."""

    def __init__(self, theirs: Decision) -> None:
        super().__init__("changed meanwhile")
        self.theirs = theirs

def file_decision(
    *,
    by: Member,
    at: datetime,
    referral: Referral,
    kind: str,
    decided_on: date,
    seen: int,
    notice_on: date | None = None,
    answer_by: date | None = None,
    ground: str = "",
    replaces: Decision | None = None,
) -> Decision:
    """Files what came of an NRM referral, known since `at`: a decision of the competent authority, what it asks for or
    answers, or what was sent to it or asked of it.

    The clocks run from `decided_on`, `notice_on` and `answer_by`, days in London. `ground` is one of GROUNDS, of the kinds
    that have one. `replaces` is one that was recorded by mistake; it
    no longer counts and stays to be read. The same kind and days again are the same row. Raises DecidedMeanwhile when
    there are more decisions than the `seen` that the writer had before them.
    """
    case = referral.person.case_id
    with ledger.acting_on(case, by=by.user, at=at, code="referrals.decided"):
        earlier = queries.decisions_of(referral)
        known = _same(earlier, kind, decided_on, notice_on) if replaces is None else None
        if known:
            return known
        if len(earlier) > seen:
            raise DecidedMeanwhile(earlier[-1])
        row = Decision(
            referral=referral,
            number=len(earlier) + 1,
            kind=kind,
            decided_on=decided_on,
            notice_on=notice_on,
            answer_by=answer_by if kind == "info_asked" else None,
            ground=ground,
            replaces=replaces,
            filed_at=timezone.now(),
            filed_by_id=by.user,
        )
        row.save(force_insert=True)
        standing.moves(referral)
        _log(row, by, at)
    return row


def _log(row: Decision, by: Member, at: datetime) -> None:
    record.append(
        "referrals.decided",
        by=by.user,
        role=by.role,
        at=at,
        case=row.referral.person.case_id,
        people=[row.referral.person_id],
        subject=str(row.id),
        fields=["kind", "decided_on", *_told(row)],
    )


def _told(row: Decision) -> list[str]:
    """The names of what else was told."""
    return [name for name in ("notice_on", "answer_by", "ground", "replaces") if getattr(row, name)]


def _same(earlier: list[Decision], kind: str, decided_on: date, notice_on: date | None) -> Decision | None:
    replaced = {row.replaces_id for row in earlier}
    told = (kind, decided_on, notice_on)
    standing = (row for row in earlier if row.id not in replaced)
    return next((row for row in standing if (row.kind, row.decided_on, row.notice_on) == told), None)
