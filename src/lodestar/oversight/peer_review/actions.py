"""Planning a peer review, drawing its sample, assessing themes, findings, and what becomes of them."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from lodestar.oversight.deep_dives.queries.frame import frame_of
from lodestar.oversight.deep_dives.rules.questions import Quarter
from lodestar.oversight.deep_dives.rules.sampling import draw
from lodestar.oversight.peer_review import rules
from lodestar.oversight.peer_review.access import DO, MANAGE, possible_reviewers
from lodestar.oversight.peer_review.models import WITHDRAWN, PeerFinding, PeerReview, SampleCase
from lodestar.oversight.plan.actions import record_item
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.notices.actions import notify
from lodestar.platform.questionnaires.rules import question_set
from lodestar.platform.registers.actions import move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import end_of_day, london_date

TO_DECIDE = timedelta(days=28)  # from the report to a decision about each area
NAMED, HANDED_IN = "peer_review_named", "peer_review_reported"  # kinds of notices


class Refused(ValueError):
    """What was asked cannot be done: `code` says why, `str` the same in words."""

    def __init__(self, code: str) -> None:
        super().__init__(rules.REFUSALS[code])
        self.code = code


def _refuse(**faults: bool) -> None:
    for code, is_so in faults.items():
        if is_so:
            raise Refused(code)


def plan_review(
    *, by: Member, at: datetime, first: date, last: date, reviewer: UUID | None = None, review: PeerReview | None = None,
    seen: int = 0, **columns: Any,
) -> PeerReview:  # fmt: skip
    """Plans a review from a first to a last day (`remit`, `asked_force`, `asked_name`), or changes one that is not handed in.
    Raises Refused (`days`, `reviewer`, `begun`) and ConcurrentEdit."""
    before = review.reviewer_id if review else None
    by_name = {reviewer} - {None, before}
    _refuse(days=last < first, reviewer=bool(by_name) and str(reviewer) not in possible_reviewers())
    columns |= {"first": first, "last": last, "reviewer_id": reviewer, "due_at": end_of_day(last)}
    if review is None:
        review = PeerReview.objects.create(
            state="planned", owner_id=by.user, questions=question_set(rules.APP, "questions", london_date(at)).version,
            recorded_at=at, recorded_by_id=by.user, **columns,
        )  # fmt: skip
        audit("peer.planned", by=by, at=at, **review.logged())
    elif review.state == "planned" or (review.state == "under_way" and reviewer):
        _change(by, at, review, seen, "peer.changed", **columns)
    else:
        raise Refused("begun")
    if reviewer and by_name:
        notify(to=[reviewer], kind=NAMED, by=by, at=at, subject=str(review.id))
    return review


def _change(by: Member, at: datetime, review: PeerReview, seen: int, code: str, **columns: Any) -> None:
    rows = PeerReview.objects.filter(id=review.id, version=seen, state=review.state)
    if not rows.update(**columns, version=seen + 1):
        raise ConcurrentEdit(review)
    for name, value in (columns | {"version": seen + 1}).items():
        setattr(review, name, value)
    audit(code, by=by, at=at, fields=[*columns], **review.logged())


def draw_sample(
    *, by: Member, at: datetime, review: PeerReview, seen: int, cases_from: date, cases_to: date, size: int,
    seed: int | None = None,
) -> None:  # fmt: skip
    """Draws the sample of the unsealed cases encountered or recorded from a day to a day, once, by a seed of chance. Raises
    Refused (`begun`, `days`, `drawn`, `empty`) and ConcurrentEdit."""
    frame = frame_of(Quarter(cases_from, cases_to), at)
    is_open = review.state == "planned"
    _refuse(drawn=review.seed is not None, begun=not is_open, days=cases_to < cases_from, empty=not frame.cases)
    seed = secrets.randbelow(2**31) if seed is None else seed
    sample = draw(frame.rows, seed, max(size, len({stratum for _, stratum in frame.rows})))
    _change(
        by, at, review, seen, "peer.drawn",
        cases_from=cases_from, cases_to=cases_to, seed=seed, frame=frame.rows, not_drawn=frame.not_drawn,
    )  # fmt: skip
    ids = {row.reference: row.case for row in frame.cases}
    SampleCase.objects.bulk_create(
        SampleCase(review=review, case_id=ids[reference], number=number) for number, (reference, _) in enumerate(sample, 1)
    )


def whose(by: Member, review: PeerReview) -> str:
    """Whose assessment of a theme this member writes now: the force's own while the review is planned, the reviewer's while it is
    under way; empty where neither."""
    if review.state == "planned" and by.may(MANAGE):
        return rules.OWN
    return rules.PEER if review.state == "under_way" and by.user == review.reviewer_id and by.may(DO) else ""


def assess(*, by: Member, at: datetime, review: PeerReview, theme: str, answers: Mapping[str, Any], seen: int) -> None:
    """Stores what the force or the reviewer says of a theme. Raises Refused (`begun`) and ConcurrentEdit."""
    kind = whose(by, review)
    _refuse(begun=not kind)
    of_kind = {**review.assessed.get(kind, {}), theme: dict(answers)}
    _change(by, at, review, seen, "peer.assessed", assessed={**review.assessed, kind: of_kind})


def move_review(
    *, by: Member, at: datetime, row: PeerReview, to: str, seen: int, reason: str = "", because: str = "", **columns: Any
) -> None:  # fmt: skip
    """Takes a review on: the reviewer hands it in, the coordinator does the rest. Raises Refused where something is still to do
    before, MoveNotAllowed and ConcurrentEdit."""
    if to == "reported":
        is_allowed = whose(by, row) == rules.PEER and not columns
        columns = {"reported_at": at, "due_at": end_of_day(london_date(at) + TO_DECIDE)}
    else:
        is_allowed = by.may(MANAGE)
    own, peer = (rules.unanswered(row.assessed.get(kind, {}), row.questions) for kind in (rules.OWN, rules.PEER))
    _refuse(
        not_yours=not is_allowed,
        not_ready=to == "under_way" and (row.seed is None or not row.reviewer_id or bool(own)),
        unjudged=to == "reported" and bool(peer),
        undecided=to == "closed" and PeerFinding.objects.filter(review=row, state="open").exists(),
        reason=to == "not_held" and not because,
    )
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
    if to == "reported":
        notify(to=users_at_work(MANAGE), kind=HANDED_IN, by=by, at=at, subject=str(row.id))


def record_finding(
    *, by: Member, at: datetime, review: PeerReview, theme: str, kind: str, words: str, drawn: SampleCase | None = None
) -> PeerFinding:  # fmt: skip
    """Records good practice or an area for development under a theme, by the reviewer. Raises Refused (`begun`)."""
    _refuse(begun=whose(by, review) != rules.PEER)
    row = PeerFinding.objects.create(
        review=review, theme=theme, kind=kind, words=words, drawn=drawn, owner_id=review.owner_id, recorded_at=at,
        recorded_by_id=by.user, state="noted" if kind == rules.PRACTICE else "open",
    )  # fmt: skip
    audit("peer.finding", by=by, at=at, case=drawn.case_id if drawn else None, **row.logged())
    return row


def judges(by: Member, finding: PeerFinding) -> bool:
    """Whether somebody is the reviewer of a later review that is under way, who says whether an area is better."""
    later = PeerReview.objects.filter(state="under_way", reviewer=by.user, first__gt=finding.review.last)
    return by.may(DO) and later.exists()


def is_author(by: Member, finding: PeerFinding) -> bool:
    """Whether somebody wrote a finding of a review that is still under way, and may put it right."""
    return finding.recorded_by_id == by.user and finding.state != WITHDRAWN and whose(by, finding.review) == rules.PEER


def moves_of(by: Member, finding: PeerFinding) -> set[str]:
    """The states into which this member may take a finding now, besides into the plan."""
    if is_author(by, finding):
        allowed = {WITHDRAWN}
    elif by.may(DO):
        allowed = {"better", "no_better"} if judges(by, finding) else set()
    else:
        allowed = {"not_taken"} if finding.review.reported_at else set()
    return allowed & {*finding.rules.following(finding.state)}


def reword_finding(*, by: Member, at: datetime, finding: PeerFinding, seen: int, words: str) -> None:
    """Puts the words of a finding right, by its author; those before stay in its history. Raises Refused (`not_yours`) and
    ConcurrentEdit."""
    _refuse(not_yours=not is_author(by, finding))
    if not PeerFinding.objects.filter(id=finding.id, version=seen).update(words=words, version=seen + 1):
        raise ConcurrentEdit(finding)
    same = dict.fromkeys(("before", "after"), finding.state)
    finding.moves.create(**same, moved_at=at, mover_id=by.user, because=f"The words before: {finding.words!s}", recorded_at=at)
    audit("peer.finding_moved", by=by, at=at, fields=["words"], **finding.logged())


def move_finding(
    *, by: Member, at: datetime, row: PeerFinding, to: str, seen: int, reason: str = "", because: str = "", **columns: Any
) -> None:  # fmt: skip
    """Records that an area is not taken, and why, how the reviewer of a later review judges it, or that its author withdraws it.
    Raises Refused, MoveNotAllowed and ConcurrentEdit."""
    _refuse(plan=to == "in_plan", not_yours=to not in moves_of(by, row), reason=not because)
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)


def take_area(*, by: Member, at: datetime, finding: PeerFinding, seen: int, **item: Any) -> None:
    """Makes an item of the plan of an area for development: `item` are the columns that `record_item` wants. Raises Refused,
    MoveNotAllowed and ConcurrentEdit."""
    _refuse(begun=not finding.review.reported_at)
    made = record_item(by=by, at=at, source="peer_review", source_key=str(finding.id), **item)
    move(by=by, at=at, row=finding, to="in_plan", seen=seen, plan_item_id=made.id)
