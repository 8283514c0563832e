"""Filing what came of a referral, and where it is by that. Each write locks its case, adds a row, writes one event."""

from datetime import date, datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.referrals.actions.sent import logged
from lodestar.referrals.models.decisions import Decision
from lodestar.referrals.models.sent import Referral
from lodestar.referrals.models.statuses import ReferralStatus
from lodestar.referrals.queries.decisions import decisions_of
from lodestar.referrals.rules.statuses import Came, decision_state


def moves(referral: Referral) -> None:
    """Something came of a referral: where it stands is worked out from all that did."""
    rows = list(Decision.objects.filter(referral=referral))
    replaced = {row.replaces_id for row in rows}
    came = [Came(row.kind, row.decided_on, row.number) for row in rows if row.id not in replaced]
    now = decision_state(referral.route, came)
    ReferralStatus.objects.filter(referral=referral).update(state=now.state, returned=now.returned, first=now.first)


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
        earlier = decisions_of(referral)
        existing = _same(earlier, kind, decided_on, notice_on) if replaces is None else None
        if existing:
            return existing
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
        moves(referral)
        names = ["kind", "decided_on", *(name for name in ("notice_on", "answer_by", "ground", "replaces") if getattr(row, name))]
        logged(code="referrals.decided", row=row, about=referral.person, by=by, at=at, fields=names)
    return row


def _same(earlier: list[Decision], kind: str, decided_on: date, notice_on: date | None) -> Decision | None:
    replaced = {row.replaces_id for row in earlier}
    key = (kind, decided_on, notice_on)
    standing = (row for row in earlier if row.id not in replaced)
    return next((row for row in standing if (row.kind, row.decided_on, row.notice_on) == key), None)
