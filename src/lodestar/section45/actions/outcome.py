"""Recording what came of what a person is suspected of: authorised with the full record, or as it happened without."""

from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Obligation
from lodestar.kernel.typed import several_lines
from lodestar.record import actions as record
from lodestar.section45.actions.record import NotYet
from lodestar.section45.models import FullRecord, OutcomeRecorded
from lodestar.section45.queries import RECORD, owed_for, was_closed
from lodestar.section45.queries.records import MINUTE

STAGE = {
    "charge": "charged",
    "caution": "out_of_court_disposal",
    "other_disposal": "out_of_court_disposal",
    "no_further_action": "no_further_action",
    "plea": "hearing",
    "hearing": "hearing",
}


class RecordOpen(Exception):
    """The full record of section 45 of the Modern Slavery Act 2015 was open, so that no outcome is authorised."""


def record_outcome(
    *,
    by: Member,
    at: datetime,
    offence: AllegedOffence,
    kind: str,
    waits_for_nrm: bool = False,
    words: str = "",
    reason: str = "",
) -> OutcomeRecorded:
    """Records an outcome at `at`, authorised by the countersigned record; the stage of the case against them follows.

    Raises RecordOpen when the full record was open then, and NotYet for a charge without a reason while the decision of
    the NRM is waited for (so far as possible it comes first).
    """
    with ledger.acting_on(offence.person.case_id, by=by.user, at=at, code="section45.outcome_recorded"):
        is_open, rests = _record_then(offence, at)
        if is_open:
            raise RecordOpen
        if kind == "charge" and waits_for_nrm and not reason.strip():
            raise NotYet({"reason": "Write why the charge does not wait for the NRM decision"})
        return _add(by, at, offence, kind, words, reason, rests, without=False)


def record_happened_without(
    *, by: Member, at: datetime, offence: AllegedOffence, kind: str, words: str = "", reason: str = ""
) -> OutcomeRecorded:
    """Records an outcome that has come at `at`, whatever stands open. It is never refused: where the full record was open
    it is owed as late from that very moment, and the outcome stays counted. Where it was not, it is recorded as any other."""
    with ledger.acting_on(offence.person.case_id, by=by.user, at=at, code="section45.outcome_recorded"):
        is_open, rests = _record_then(offence, at)
        return _add(by, at, offence, kind, words, reason, rests, without=is_open)


def _record_then(offence: AllegedOffence, at: datetime) -> tuple[bool, FullRecord | None]:
    """Whether the full record was open at `at`, and the countersigned version that stood then."""
    owed: Obligation | None = owed_for(offence.person).get((RECORD, str(offence.id)))
    if owed is None:
        return False, None
    if not was_closed(owed, at):
        return True, None
    agreed = FullRecord.objects.filter(
        offence=offence, countersignatures__kind="agree", countersignatures__signed_at__lt=at + MINUTE
    )
    return False, agreed.order_by("number").last()


def _add(
    by: Member,
    at: datetime,
    offence: AllegedOffence,
    kind: str,
    words: str,
    reason: str,
    rests: FullRecord | None,
    *,
    without: bool,
) -> OutcomeRecorded:
    earlier = list(OutcomeRecorded.objects.filter(offence=offence).order_by("number"))
    row = OutcomeRecorded(
        offence=offence,
        number=len(earlier) + 1,
        kind=kind,
        at=at,
        at_words=words[:40],
        happened_without=without,
        record=rests,
        reason=several_lines(reason)[:2000],
        recorded_at=timezone.now(),
        by_id=by.user,
    )
    row.save(force_insert=True)
    act = AllegedOffence.objects.get(id=offence.id)  # as it is by now, under the lock
    if all(one.at <= at for one in earlier) and act.stage != STAGE[kind]:
        cases.change_offence(by=by, at=at, person=offence.person, offence=act, facts={"stage": STAGE[kind]})
    record.append(
        "section45.happened_without" if without else "section45.outcome_recorded", by=by, at=at,
        case=offence.person.case_id, people=[offence.person_id], subject=str(row.id),
        fields=["kind", "at", "stage", *(["reason"] if reason else [])],
    )  # fmt: skip
    return row
