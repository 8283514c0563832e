"""Drawing a deep dive, giving its cases to reviewers, marking, disputes, findings, and completing it."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from lodestar.oversight.deep_dives import queries
from lodestar.oversight.deep_dives.access import Reviewers
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive, Dispute, DrawnCase, Finding
from lodestar.oversight.deep_dives.queries import answers_of
from lodestar.oversight.deep_dives.queries.frame import frame_of
from lodestar.oversight.deep_dives.queries.material import answers_from_records
from lodestar.oversight.deep_dives.rules import questions as rules
from lodestar.oversight.deep_dives.rules.sampling import CENSUS, draw
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import set_number, users_at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import end_of_day, london_date

GIVEN, RESULT, DISPUTED, SETTLED, FOUND, UNGIVEN = (
    "deep_dive_given", "deep_dive_result", "deep_dive_disputed", "deep_dive_settled", "deep_dive_finding", "deep_dive_ungiven",
)  # fmt: skip  # kinds of notices


class Refused(ValueError):
    """What was asked cannot be done: `code` says why, `str` the same in words."""

    def __init__(self, code: str) -> None:
        super().__init__(rules.REFUSALS[code])
        self.code = code


def draw_deep_dive(*, by: Member, at: datetime, period: rules.Quarter, reason: str = "", seed: int | None = None) -> DeepDive:
    """Draws the deep dive of a quarter by a seed of chance and gives its cases to those who may review them. Raises Refused:
    `empty`, `drawn` where that quarter was drawn before, `works` where whoever draws works a case of the frame and gives no
    reason."""
    frame = frame_of(period, at)
    if not frame.cases:
        raise Refused("empty")
    if any(by.user in row.is_worked_by for row in frame.cases) and not reason:
        raise Refused("works")
    seed = secrets.randbelow(2**31) if seed is None else seed
    size = set_number("deep_dive_size", london_date(at)) if len(frame.cases) > CENSUS else len(frame.cases)
    sample = draw(frame.rows, seed, size)
    twice = rules.marked_twice(seed, [reference for reference, _ in sample])
    by_reference = {row.reference: row for row in frame.cases}
    try:
        with transaction.atomic():
            dive = DeepDive.objects.create(
                first=period.first, last=period.last, seed=seed, frame=frame.rows, not_drawn=frame.not_drawn, works_drawn=reason,
                version=rules.questions_on(london_date(at)).version, drawn_at=at, drawn_by_id=by.user,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("drawn") from None
    DrawnCase.objects.bulk_create(
        DrawnCase(
            dive=dive, case_id=by_reference[reference].case, number=number, stratum=stratum, is_twice=reference in twice,
            kinds=list(by_reference[reference].kinds), drawer_works=by.user in by_reference[reference].is_worked_by,
        )
        for number, (reference, stratum) in enumerate(sample, 1)
    )  # fmt: skip
    audit("dives.drawn", by=by, at=at, subject=str(dive.id), fields=["seed", "frame"], reason=reason)
    give_all(by=by, at=at, dive=dive)
    return dive


def give_all(*, by: Member, at: datetime, dive: DeepDive) -> None:
    """Gives every marking that nobody has to whoever may have it and has the fewest. What nobody may have waits."""
    cases = list(queries.drawn_cases(dive))
    reviewers, reviews = Reviewers([drawn.case for drawn in cases]), CaseReview.objects.filter(drawn__in=cases)
    before: dict[UUID, set[UUID]] = {drawn.id: set() for drawn in cases}
    markings: set[tuple[UUID, int]] = set()
    load = Counter(dict.fromkeys(reviewers.members, 0))
    for drawn_id, reviewer, marking, withdrawn in reviews.values_list("drawn_id", "reviewer_id", "marking", "withdrawn_at"):
        before[drawn_id].add(reviewer)
        if not withdrawn:
            markings.add((drawn_id, marking))
            load[reviewer] += 1
    rows = []
    for drawn in cases:
        for marking in (1, 2) if drawn.is_twice else (1,):
            may = [user for user in reviewers.members if not reviewers.refusal(user, drawn.case, before[drawn.id])]
            if (drawn.id, marking) in markings or not may:
                continue
            reviewer = min(may, key=lambda user: (load[user], str(user)))
            load[reviewer] += 1
            before[drawn.id].add(reviewer)
            rows.append(_review(by, drawn, reviewer, marking))
    _given(by=by, at=at, dive=dive, rows=rows)


def _review(by: Member, drawn: DrawnCase, reviewer: UUID, marking: int) -> CaseReview:
    return CaseReview(drawn=drawn, reviewer_id=reviewer, marking=marking, given_at=timezone.now(), given_by_id=by.user)


def _given(*, by: Member, at: datetime, dive: DeepDive, rows: list[CaseReview]) -> None:
    if rows:
        CaseReview.objects.bulk_create(rows)
        audit("dives.given", by=by, at=at, subject=str(dive.id), fields=["reviewer"])
        notify(to={row.reviewer_id for row in rows}, kind=GIVEN, by=by, at=at, subject=str(dive.id))


def give_case(*, by: Member, at: datetime, drawn: DrawnCase, reviewer: UUID, marking: int) -> CaseReview:
    """Gives one marking of a case to a reviewer. Raises Refused: `no_reviewer` where they hold no permission,
    `submitted` where it is done, or as `refusal_of`."""
    reviewers, rows = Reviewers([drawn.case]), CaseReview.objects.filter(drawn=drawn)
    present = rows.filter(marking=marking, withdrawn_at__isnull=True).first()
    before = set(rows.values_list("reviewer_id", flat=True))
    why = "no_reviewer" if reviewer not in reviewers.members else reviewers.refusal(reviewer, drawn.case, before)
    if present is not None and present.submitted_at:
        why = "submitted"
    if why:
        raise Refused(why)
    if present is not None:
        CaseReview.objects.filter(id=present.id).update(withdrawn_at=at)
    row = _review(by, drawn, reviewer, marking)
    _given(by=by, at=at, dive=drawn.dive, rows=[row])
    return row


def _open(review: CaseReview) -> QuerySet[CaseReview]:
    return CaseReview.objects.filter(id=review.id, submitted_at__isnull=True, withdrawn_at__isnull=True)


def declare_conflict(*, by: Member, at: datetime, review: CaseReview, why: str) -> None:
    """Records a conflict of interest of a reviewer: the case goes to another who may have it, else whoever draws is told."""
    if not _open(review).update(withdrawn_at=at, why=why):
        raise ConcurrentEdit(review)
    dive = review.drawn.dive
    audit("dives.conflict", by=by, at=at, case=review.drawn.case_id, subject=str(review.id))
    give_all(by=by, at=at, dive=dive)
    if not CaseReview.objects.filter(drawn=review.drawn_id, marking=review.marking, withdrawn_at__isnull=True).exists():
        notify(to=users_at_work(Permission.DEEP_DIVE_DRAW), kind=UNGIVEN, by=by, at=at, subject=str(dive.id))


def save_section(
    *, by: Member, at: datetime, review: CaseReview, items: Iterable[rules.Item], answers: Mapping[str, Mapping[str, str]],
    seen: int,
) -> None:  # fmt: skip
    """Stores the answers to some questions of a review, with what the ledger and records say of them now. Raises ConcurrentEdit
    where it was changed, submitted or given to another meanwhile."""
    asked, drawn = list(items), review.drawn
    machine = {code: each.answer for code, each in answers_from_records(drawn.case, asked, at).items()}
    blank = rules.blank_questions(drawn.dive.seed, drawn.case.reference, rules.items_of(drawn.dive.version))
    stored = answers_of(review)
    for item in asked:
        more = {"machine": machine.get(item.code, ""), "blank": item.code in blank}
        stored[item.code] = dict(answers[item.code]) | more
    if not _open(review).filter(version=seen).update(answers=json.dumps(stored), version=seen + 1):
        raise ConcurrentEdit(review)
    review.answers, review.version = json.dumps(stored), seen + 1
    audit("dives.answered", by=by, at=at, case=drawn.case_id, subject=str(review.id), fields=[item.code for item in asked])


def unanswered(review: CaseReview) -> list[str]:
    """The questions of a review that lack an answer, a note or its evidence."""
    stored = answers_of(review)
    return [
        item.code
        for item in rules.items_of(review.drawn.dive.version)
        if not (row := stored.get(item.code)) or not row["answer"] or rules.lacks(row["answer"], row["note"], row["evidence"])
    ]


def submit_review(*, by: Member, at: datetime, review: CaseReview) -> None:
    """Submits a marking. The first grades the case, tells its owner, and makes a need of training of a missed sign. Raises
    Refused (`unanswered`), and ConcurrentEdit."""
    if unanswered(review):
        raise Refused("unanswered")
    if not _open(review).update(submitted_at=at):
        raise ConcurrentEdit(review)
    review.submitted_at, drawn = at, review.drawn
    audit("dives.submitted", by=by, at=at, case=drawn.case_id, subject=str(review.id))
    if review.marking == 1:
        _grade(drawn, review, at)
        owner = drawn.case.owner_id or drawn.case.interim_owner_id
        _notify_of_case(drawn, to=[owner], kind=RESULT, by=by, at=at)
        if answers_of(review)[rules.MISSED_SIGN]["answer"] == rules.NOT_MET:
            record_finding(
                by=by, at=at, dive=drawn.dive, drawn=drawn, question=rules.MISSED_SIGN, owner=drawn.dive.drawn_by_id,
                words="Signs were there at the first contact and were not recognised.",
                training_role=queries.role_when_recorded(drawn.case),
            )  # fmt: skip


def _notify_of_case(drawn: DrawnCase, **what: Any) -> None:
    notify(case=drawn.case_id, subject=f"{drawn.dive_id}/cases/{drawn.number}", **what)


def _grade(drawn: DrawnCase, review: CaseReview, at: datetime) -> None:
    day = london_date(at)
    answers = queries.settled_answers(review, drawn.disputes.all())
    grade, critical = rules.grade_of(answers, rules.items_of(drawn.dive.version), day)
    DrawnCase.objects.filter(id=drawn.id).update(grade=grade, critical=list(critical), decided_on=day)


def can_dispute_until(review: CaseReview) -> date:
    """The last day on which a submitted marking may be disputed, by the setting of the day on which it was submitted."""
    day = london_date(review.submitted_at or review.given_at)
    return day + timedelta(days=set_number("deep_dive_dispute_days", day))


def dispute_answer(*, by: Member, at: datetime, drawn: DrawnCase, question: str, because: str) -> Dispute:
    """Disputes one answer of a graded case. Raises Refused: `late` after the days that the force set, `again` where it was
    disputed before, `complete` where the deep dive is completed."""
    review = queries.counted_review(drawn)
    if review is None or drawn.dive.completed_at:
        raise Refused("complete")
    if london_date(at) > can_dispute_until(review):
        raise Refused("late")
    if drawn.disputes.filter(question=question).exists():
        raise Refused("again")
    row = Dispute.objects.create(drawn=drawn, question=question, because=because, disputed_at=at, disputed_by_id=by.user)
    audit("dives.disputed", by=by, at=at, case=drawn.case_id, subject=str(row.id), fields=[question])
    notify(to=users_at_work(Permission.DEEP_DIVE_DRAW), kind=DISPUTED, by=by, at=at, subject=str(row.id))
    return row


def settle_dispute(*, by: Member, at: datetime, dispute: Dispute, answer: str, reason: str) -> None:
    """Settles a dispute: `answer` counts from now on, and the case is graded by it. Raises Refused (`reviewer`, `own`) for who
    marked the case or disputed it, and ConcurrentEdit where it is settled."""
    drawn = dispute.drawn
    if by.user == dispute.disputed_by_id:
        raise Refused("own")
    if CaseReview.objects.filter(drawn=drawn, reviewer=by.user).exists():
        raise Refused("reviewer")
    changes = {"settled": answer, "reason": reason, "settled_at": at, "settled_by_id": by.user}
    if not Dispute.objects.filter(id=dispute.id, settled="").update(**changes):
        raise ConcurrentEdit(dispute)
    review = queries.counted_review(drawn)
    if review is not None:
        _grade(drawn, review, at)
    audit("dives.settled", by=by, at=at, case=drawn.case_id, subject=str(dispute.id), fields=["settled"])
    _notify_of_case(drawn, to=[dispute.disputed_by_id], kind=SETTLED, by=by, at=at)


def _due(at: datetime) -> datetime:
    day = london_date(at)
    return end_of_day(day + timedelta(days=set_number("deep_dive_action_days", day)))


def record_finding(
    *, by: Member, at: datetime, dive: DeepDive, question: str, words: str, owner: UUID, drawn: DrawnCase | None = None,
    training_role: str = "",
) -> Finding:  # fmt: skip
    """Records a finding and who is to act on it, after the days that the force set."""
    row = Finding.objects.create(
        dive=dive, drawn=drawn, question=question, words=words, training_role=training_role, owner_id=owner, state="open",
        due_at=_due(at),
        recorded_at=timezone.now(), recorded_by_id=by.user,
    )  # fmt: skip
    audit("dives.finding", by=by, at=at, fields=["question"], **row.logged())
    notify(to=[owner], kind=FOUND, by=by, at=at, subject=str(row.id))
    return row


def move_finding(
    *, by: Member, at: datetime, row: Finding, to: str, seen: int, reason: str = "", because: str = "", **columns: Any
) -> None:
    """Records what became of an action; `because` is its evidence, without which nothing is done. Only who draws says whether it
    is better. Raises Refused, MoveNotAllowed and ConcurrentEdit."""
    if (to == "done" and not because) or (to in ("better", "no_better") and not by.may(Permission.DEEP_DIVE_DRAW)):
        raise Refused("evidence")
    if to not in row.rules.closed:
        columns["due_at"] = _due(at)
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
    if "owner_id" in columns:
        notify(to=[columns["owner_id"]], kind=FOUND, by=by, at=at, subject=str(row.id))


def complete(*, by: Member, at: datetime, dive: DeepDive) -> None:
    """Completes a deep dive and stores its numbers: later changes, disposal and sealing do not change them. Raises Refused
    (`open`) while a review or a dispute is open, and ConcurrentEdit."""
    if any(queries.left_to_do(dive)):
        raise Refused("open")
    numbers = queries.numbers_of(dive)
    if not DeepDive.objects.filter(id=dive.id, completed_at__isnull=True).update(completed_at=at, report=numbers):
        raise ConcurrentEdit(dive)
    audit("dives.completed", by=by, at=at, subject=str(dive.id))
