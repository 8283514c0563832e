"""Answers to what is owed: done, not possible because, not needed because; and handing on what is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.cases.queries import who_to_tell
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Handover, Obligation, ObligationAnswer
from lodestar.casework.ledger.queries.obligations import may_be_handed_on
from lodestar.platform.accounts import actions as accounts
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.obligations.closing_records import PAGE, Record, closing_of, is_complete, kinds_of
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit

# Of an answer given once more.
SAID_AGAIN = ("person_id", "code", "subject", "moment", "kind", "because", "record", "details", "rests_on")


_after_answers: list[Callable[..., None]] = []


def after_answers(follow_up: Callable[..., None]) -> None:
    """Has `follow_up` called with the answers that somebody gave in a case, in their transaction. Called by an app as it starts,
    and by nothing else."""
    _after_answers.append(follow_up)


class OnlyOnItsPage(ValueError):
    """Some of these are closed by what a page of their own records, and by no tap."""


class NoContactRule(ValueError):
    """A person is to be contacted whose rule does not allow it, or who has none, and nothing says why it was done."""


class NeedsRecord(ValueError):
    """One of these is closed by a record that this answer lacks, or that lacks a field."""


@dataclass(frozen=True)
class GivenAnswer:
    """One answer to things owed: when it happened, of what, and the rest as `answer_duty` takes it."""

    at: datetime
    obligations: Sequence[Obligation]
    kind: str
    because: str = ""
    record: Record | None = None
    without: str = ""


def answer_duty(
    *,
    by: Member,
    at: datetime,
    case: Case,
    obligations: Sequence[Obligation],
    kind: str,
    because: str = "",
    record: Record | None = None,
    without: str = "",
) -> list[ObligationAnswer]:
    """Records that each of these things was done, was not possible, or is not needed, at `at`. One tick, one person; one record
    may stand for several. `record` of the kind `page`: a page of its own has recorded more.

    Raises OnlyOnItsPage, and records nothing, where one of them is closed by its own page alone; NeedsRecord where one is
    not done without its record: on the lines of the first hour alone a tap is enough, and is an officer's word;
    NoContactRule where it means a contact that no rule allows, and `without` does not say why it was made.
    """
    given = GivenAnswer(at, obligations, kind, because, record, without)
    return answer_duties(by=by, at=at, case=case, given=[given])


def answer_duties(*, by: Member, at: datetime, case: Case, given: Sequence[GivenAnswer]) -> list[ObligationAnswer]:
    """Records several answers at once, each as `answer_duty` does; raises as it does, and then records none."""
    for one in given:
        _check(one.obligations, one.kind, one.record)
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.duty_answered"):
        for one in given:
            if one.kind == "done":
                _check_contact(by, one.at, one.obligations, one.without)
        now = timezone.now()
        answers = ObligationAnswer.objects.bulk_create(
            ObligationAnswer(
                case=case, person_id=owed.person_id, code=owed.code, subject=owed.subject, moment=owed.moment, kind=one.kind,
                because=one.because.strip()[:1000], record=one.record.kind if one.record else "",
                details=one.record.as_text() if one.record else "", rests_on=owed.rests_on, happened_at=one.at, recorded_at=now,
                by_id=by.user,
            )
            for one in given
            for owed in one.obligations
        )  # fmt: skip
        for one in given:
            _log("cases.duty_answered", by, one.at, case.id, one.obligations, subject=one.kind)
        for follow_up in _after_answers:
            follow_up(by=by, at=now, case=case, answers=answers)
    return answers


def _check(obligations: Sequence[Obligation], kind: str, record: Record | None) -> None:
    by_page = record is not None and record.kind == PAGE
    refused = sorted({owed.code for owed in obligations if not (by_page or kind in kinds_of(owed.code))})
    if refused:
        raise OnlyOnItsPage(", ".join(refused))
    lacking = sorted({owed.code for owed in obligations if kind == "done" and not _may_be_done(owed, record)})
    if lacking:
        raise NeedsRecord(", ".join(lacking))


def _check_contact(by: Member, at: datetime, obligations: Sequence[Obligation], without: str) -> None:
    contacted = [owed for owed in obligations if owed.person and closing_of(owed.code).contacts]
    for code in sorted({owed.code for owed in contacted}):
        people = {owed.person_id: owed.person for owed in contacted if owed.code == code}
        ledger.check_contact(by=by, at=at, people=people.values(), code=code, without=without)


def _may_be_done(owed: Obligation, record: Record | None) -> bool:
    if record is not None:
        return is_complete(owed.code, record)
    return owed.line is not None or closing_of(owed.code).kind is None


def _log(code: str, by: Member, at: datetime, case: UUID, obligations: Sequence[Obligation], **more: Any) -> None:
    people = sorted({owed.person_id for owed in obligations if owed.person_id})
    audit(code, by=by, at=at, case=case, people=people, fields=sorted({owed.code for owed in obligations}), **more)


def hand_on(*, by: Member, at: datetime, case: Case, obligations: Sequence[Obligation], note: str = "") -> None:
    """Passes what is left to the coordinator's morning list, with what is known. It stays with the officer until it is taken.
    What somebody handed on or answered a moment before stays as theirs; raises ConcurrentEdit where that is all of it."""
    with ledger.acting_on(case.id, by=by.user, at=at, code="cases.handed_on"):
        before = Handover.objects.filter(obligation__in=obligations).values("obligation_id")
        still = set(may_be_handed_on(case).exclude(id__in=before).values_list("id", flat=True))
        left = [owed for owed in obligations if owed.id in still]
        if obligations and not left:
            raise ConcurrentEdit
        Handover.objects.bulk_create(
            Handover(obligation=owed, by_id=by.user, handed_at=at, known=note.strip()[:400]) for owed in left
        )
        _log("cases.handed_on", by, at, case.id, left)
        now = timezone.now()  # what is told late is new all the same
        notify(to=who_to_tell(case, Permission.HAND_ON_TAKE), kind="handover_waits", by=by, at=now, case=case.id)


def take_hand_on(*, by: Member, at: datetime, hand_ons: Sequence[Handover]) -> list[Handover]:
    """The coordinator takes over what was handed on; it is theirs from now, with the same due time.

    Returns what was taken: what a colleague took a moment before stays with them.
    """
    cases = {row.obligation.case_id for row in hand_ons}
    with ledger.acting_on(*cases, by=by.user, at=at, code="cases.hand_on_taken"):
        now = timezone.now()
        waiting = Handover.objects.select_related("obligation").filter(id__in=[row.id for row in hand_ons])
        taken = list(waiting.filter(taken_at__isnull=True).order_by("id"))
        Handover.objects.filter(id__in=[row.id for row in taken]).update(taken_by=by.user, taken_at=at)
        for case in sorted({row.obligation.case_id for row in taken}):
            owed = [row.obligation for row in taken if row.obligation.case_id == case]
            _log("cases.hand_on_taken", by, at, case, owed)
            officers = {row.by_id for row in taken if row.obligation.case_id == case}
            notify(to=officers, kind="handover_taken", by=by, at=now, case=case)
    return taken


def return_to_morning_list(*, by: Member, at: datetime, hand_ons: Sequence[Handover]) -> None:
    """What somebody took who has left the force waits on the morning list again, with the same due time."""
    cases = {row.obligation.case_id for row in hand_ons}
    with ledger.acting_on(*cases, by=by.user, at=at, code="cases.hand_on_returned"):
        takers = {row.taken_by_id for row in hand_ons}
        still_theirs = Handover.objects.filter(id__in=[row.id for row in hand_ons], taken_by__in=takers)
        still_theirs.update(taken_by=None, taken_at=None)  # what a colleague took again meanwhile stays with them
        for case in sorted(cases):
            owed = [row.obligation for row in hand_ons if row.obligation.case_id == case]
            _log("cases.hand_on_returned", by, at, case, owed)


def answer_with_times(*, by: Member, case: Case, answers: Sequence[tuple[ObligationAnswer, datetime]]) -> list[ObligationAnswer]:
    """Records each of these answers of one's own again, with the time at which it happened."""
    if not answers:
        return []
    latest = max(at for _, at in answers)
    with ledger.acting_on(case.id, by=by.user, at=latest, code="cases.duty_answered"):
        now = timezone.now()
        rows = ObligationAnswer.objects.bulk_create(
            ObligationAnswer(
                case=case, **{name: getattr(before, name) for name in SAID_AGAIN}, happened_at=at, recorded_at=now, by_id=by.user
            )
            for before, at in answers
        )
        audit(
            "cases.duty_answered", by=by, at=latest, case=case.id,
            people=sorted({before.person_id for before, _ in answers if before.person_id}), subject="time",
            fields=["happened_at"],
        )  # fmt: skip
    return rows


def end_tour(*, by: Member, at: datetime, to_at: datetime) -> None:
    """Names `to_at` as the end of the tour under way at `at`, and reckons afresh every case that the officer recorded in
    it: its times count from that end (`casework/safety/queries.py`). Raises accounts.NoSuchEnd."""
    begun, until = accounts.end_tour_at(by=by, at=at, to_at=to_at)
    cases = Case.objects.filter(opened_by=by.user, recorded_at__gte=begun, recorded_at__lt=until)
    with ledger.acting_on(*cases.values_list("id", flat=True), by=by.user, at=at, code="accounts.tour_end_named"):
        pass  # the end is a fact of these cases: to reckon them is all there is to do
