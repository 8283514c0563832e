"""Writing boards, their terms and members; meetings, papers, packs, minutes and decisions; and actions that chase."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from lodestar.oversight.boards import models, queries, rules
from lodestar.oversight.boards.models import Board, BoardAction, BoardDecision, BoardMember, Meeting, Pack, Paper
from lodestar.oversight.boards.queries.pack import numbers_in, pack_document
from lodestar.oversight.releases.actions import register_document
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import users_at_work
from lodestar.platform.audit.actions import audit
from lodestar.platform.documents.description import stored
from lodestar.platform.files.filestore import NotAccepted, accepted
from lodestar.platform.notices.actions import notify
from lodestar.platform.registers.actions import move
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.tenant_transaction import hold
from lodestar.platform.time.days import end_of_day, london_date

LONG_PAST = timedelta(days=30)  # a meeting before that is a slip of the pen
MEETING, CANCELLED, PACK, GIVEN, LATE, RETURNED = (
    "board_meeting", "board_meeting_cancelled", "board_pack", "board_action", "board_action_late", "board_action_returned",
)  # fmt: skip  # kinds of notices


class Refused(ValueError):
    """What was asked cannot be done: `code` says why, `str` the same in words."""

    def __init__(self, code: str, words: str = "") -> None:
        super().__init__(words or rules.REFUSALS[code])
        self.code = code


def _recorded(model: Any, code: str, by: Member, at: datetime, columns: Mapping[str, Any], refusal: str = "name") -> Any:
    """A new row with its event. What is there already raises Refused with `refusal`."""
    try:
        with transaction.atomic():
            row = model.objects.create(recorded_at=at, recorded_by_id=by.user, **columns)
    except IntegrityError:
        raise Refused(refusal) from None
    audit(code, by=by, at=at, subject=str(row.id))
    return row


def _next(rows: Any, board: Board, **narrowed: Any) -> int:
    """The next number on a board: two that are written at once wait for each other."""
    hold(f"boards {board.id}")
    return int(rows.filter(board=board, **narrowed).aggregate(last=Max("number"))["last"] or 0) + 1


def record_board(*, by: Member, at: datetime, name: str, terms: str) -> Board:
    """Records a board with the first version of its terms of reference. Raises Refused (`name`)."""
    board: Board = _recorded(Board, "boards.recorded", by, at, {"name": name})
    change_terms(by=by, at=at, board=board, words=terms, from_day=london_date(at))
    return board


def change_terms(*, by: Member, at: datetime, board: Board, words: str, from_day: date) -> None:
    """Adds a version of the terms of reference of a board; the former ones stay to be read."""
    number = _next(models.Terms.objects, board)
    columns: dict[str, Any] = {"board": board, "number": number, "words": words, "from_day": from_day}
    _recorded(models.Terms, "boards.terms_recorded", by, at, columns)


def add_member(
    *, by: Member, at: datetime, board: Board, post: str, from_day: date, user: UUID | None = None, name: str = "",
    is_chair: bool = False,
) -> BoardMember:  # fmt: skip
    """Puts a user, or a person without a sign-in, on a board. A new chair takes the place of the former, who stays a member.
    Raises Refused (`who`)."""
    if bool(user) == bool(name):
        raise Refused("who")
    if is_chair:
        BoardMember.objects.filter(board=board, is_chair=True).update(is_chair=False)
    columns: dict[str, Any] = {
        "board": board,
        "user_id": user,
        "name": name,
        "post": post,
        "is_chair": is_chair,
        "from_day": from_day,
    }
    row: BoardMember = _recorded(BoardMember, "boards.member_added", by, at, columns)
    return row


def end_member(*, by: Member, at: datetime, row: BoardMember, last: date) -> None:
    """Says which day is somebody's last on a board: from the next they see nothing of it. Raises Refused (`days`)."""
    if last < row.from_day:
        raise Refused("days")
    BoardMember.objects.filter(id=row.id).update(to_day=last, is_chair=False)
    audit("boards.member_ended", by=by, at=at, subject=str(row.id))


def _tell_members(by: Member, at: datetime, meeting: Meeting, kind: str) -> None:
    users = {row.user_id for row in queries.members_of(meeting.board, london_date(at)) if row.user_id}
    notify(to=users & users_at_work(Permission.BOARD_VIEW), kind=kind, by=by, at=at, subject=str(meeting.id))


def plan_meeting(*, by: Member, at: datetime, board: Board, starts_at: datetime, place: str) -> Meeting:
    """Plans a meeting with the standing items as its agenda, and tells the members. Raises Refused (`taken`, `past`)."""
    _not_long_past(starts_at, at)
    columns: dict[str, Any] = {"board": board, "starts_at": starts_at, "place": place, "agenda": rules.STANDING}
    meeting: Meeting = _recorded(Meeting, "boards.meeting_planned", by, at, columns, "taken")
    _tell_members(by, at, meeting, MEETING)
    return meeting


def change_meeting(*, by: Member, at: datetime, meeting: Meeting, seen: int, **columns: Any) -> None:
    """Moves a meeting to another time (`starts_at`) or `place`, or changes its `agenda`, and tells the members. Raises Refused
    (`taken`, `past`, `cancelled`) and ConcurrentEdit."""
    _not_cancelled(meeting)
    starts_at = columns.get("starts_at", meeting.starts_at)
    if starts_at != meeting.starts_at:
        _not_long_past(starts_at, at)
    others = Meeting.objects.filter(board=meeting.board_id, starts_at=starts_at, cancelled_at__isnull=True)
    if others.exclude(id=meeting.id).exists():
        raise Refused("taken")
    _change(by, at, meeting, seen, "boards.meeting_changed", **columns)
    _tell_members(by, at, meeting, MEETING)


def cancel_meeting(*, by: Member, at: datetime, meeting: Meeting, seen: int, reason: str) -> None:
    """Cancels a meeting, which stays to be read, and tells the members; the reason is in the log. Raises Refused (`cancelled`,
    `minuted`) and ConcurrentEdit."""
    _not_cancelled(meeting)
    if meeting.minuted_at:
        raise Refused("minuted")
    _change(by, at, meeting, seen, "boards.meeting_changed", reason, cancelled_at=at)
    _tell_members(by, at, meeting, CANCELLED)


def _not_long_past(starts_at: datetime, at: datetime) -> None:
    if starts_at < at - LONG_PAST:
        raise Refused("past")


def _not_cancelled(meeting: Meeting) -> None:
    if meeting.cancelled_at:
        raise Refused("cancelled")


def _change(by: Member, at: datetime, meeting: Meeting, seen: int, code: str, reason: str = "", **columns: Any) -> None:
    if not Meeting.objects.filter(id=meeting.id, version=seen).update(version=seen + 1, **columns):
        raise ConcurrentEdit(meeting)
    audit(code, by=by, at=at, subject=str(meeting.id), fields=[*columns], reason=reason)


def add_paper(*, by: Member, at: datetime, meeting: Meeting, title: str, url: str = "", content: bytes = b"") -> Paper:
    """Adds a paper to a meeting: a file, of which a picture is kept without what the camera added, or a link. Raises Refused
    (`file`) for none or both, and for a file that cannot be kept."""
    if bool(url) == bool(content):
        raise Refused("file")
    try:
        clean, media_type = accepted(content) if content else (b"", "")
    except NotAccepted as error:
        raise Refused("file", str(error)) from None
    digest = queries.store().put(by.tenant, clean) if content else ""
    columns: dict[str, Any] = {"meeting": meeting, "title": title, "url": url, "digest": digest, "media_type": media_type}
    row: Paper = _recorded(Paper, "boards.paper_added", by, at, columns)
    return row


def store_pack(*, by: Member, at: datetime, board: Board, as_at: date, meeting: Meeting | None = None) -> Pack:
    """Makes the pack of a board as at a day and stores it: later edits, sealing and disposal do not change it. Its numbers go
    into the register of what was given out. Raises Refused (`future`)."""
    if as_at > london_date(at):
        raise Refused("future")
    document = pack_document(board, as_at, min(at, end_of_day(as_at)))
    content = json.dumps(stored(document), ensure_ascii=False, sort_keys=True)
    columns: dict[str, Any] = {"board": board, "meeting": meeting, "as_at": as_at, "content": content}
    columns |= {"number": _next(Pack.objects, board, as_at=as_at), "sha256": hashlib.sha256(content.encode()).hexdigest()}
    pack: Pack = _recorded(Pack, "boards.pack_stored", by, at, columns)
    head, rows = numbers_in(document)
    register_document(
        by=by, at=at, kind="pack", key=str(pack.id), title=f"{board.name}, as at {as_at}", head=head, rows=rows,
        recipient=board.name, reason="Board pack",
    )  # fmt: skip
    if meeting is not None:
        _tell_members(by, at, meeting, PACK)
    return pack


def minute(*, by: Member, at: datetime, meeting: Meeting, present: Iterable[UUID], minutes: str, seen: int) -> None:
    """Records who was at a meeting and what was said; the page shows when and by whom. Raises Refused (`before`) and
    ConcurrentEdit."""
    _begun(meeting, at)
    columns: dict[str, Any] = {"present": list(present), "minutes": minutes, "minuted_at": at, "minuted_by_id": by.user}
    _change(by, at, meeting, seen, "boards.minuted", **columns)


def _begun(meeting: Meeting, at: datetime) -> None:
    _not_cancelled(meeting)
    if at < meeting.starts_at:
        raise Refused("before")


def decide(*, by: Member, at: datetime, meeting: Meeting, words: str, replaces: BoardDecision | None = None) -> BoardDecision:
    """Records a decision of a meeting under the next number of its board; one that puts an earlier right leaves that to be read.
    Raises Refused (`before`)."""
    _begun(meeting, at)
    columns: dict[str, Any] = {"board": meeting.board, "meeting": meeting, "words": words, "replaces": replaces}
    columns |= {"number": _next(BoardDecision.objects, meeting.board), "decided_on": london_date(meeting.starts_at)}
    row: BoardDecision = _recorded(BoardDecision, "boards.decided", by, at, columns)
    return row


def record_action(
    *, by: Member, at: datetime, meeting: Meeting, words: str, owner: UUID, due_on: date, decision: BoardDecision | None = None
) -> BoardAction:
    """Records what somebody is to do for a board and by when, and tells them."""
    columns: dict[str, Any] = {
        "board": meeting.board,
        "meeting": meeting,
        "decision": decision,
        "words": words,
        "state": rules.OPEN,
    }
    columns |= {"number": _next(BoardAction.objects, meeting.board), "owner_id": owner, "due_at": end_of_day(due_on)}
    row: BoardAction = _recorded(BoardAction, "boards.action_recorded", by, at, columns)
    notify(to=[owner], kind=GIVEN, by=by, at=at, subject=str(row.id))
    return row


def move_action(
    *, by: Member, at: datetime, row: BoardAction, to: str, seen: int, reason: str = "", because: str = "",
    due_on: date | None = None, **columns: Any,
) -> None:  # fmt: skip
    """Records what became of an action; `because` is its evidence, without which it is neither done nor closed. The board alone
    (`BOARD_MANAGE`) closes it, gives it back with a new day or lets it have more time, and nobody closes their own. Raises
    Refused, MoveNotAllowed and ConcurrentEdit."""
    is_settled, is_back = to in row.rules.closed, to == rules.OPEN and row.state != rules.OPEN
    if (to == rules.DONE or is_settled) and not because:
        raise Refused("evidence")
    if (is_settled or is_back or due_on) and not by.may(Permission.BOARD_MANAGE):
        raise Refused("board")
    if is_settled and by.user == row.owner_id:
        raise Refused("own")
    if is_back and due_on is None:
        raise Refused("day")
    columns["closed_at"] = at if is_settled else None
    if due_on or to == rules.DONE:
        columns |= {"due_at": end_of_day(due_on) if due_on and to == rules.OPEN else None, "reminded_at": None}
    move(by=by, at=at, row=row, to=to, seen=seen, reason=reason, because=because, **columns)
    if is_back or "owner_id" in columns:
        notify(to=[row.owner_id], kind=RETURNED if is_back else GIVEN, by=by, at=at, subject=str(row.id))


def remind_late(*, by: Member | None, at: datetime) -> int:
    """Tells each owner of an action that is late so, once; returns how many were told. `by` is None for the job."""
    rows = list(BoardAction.objects.filter(due_at__lt=at, reminded_at__isnull=True, closed_at__isnull=True))
    for row in rows:
        notify(to=[row.owner_id], kind=LATE, by=by, at=at, subject=str(row.id))
    BoardAction.objects.filter(id__in=[row.id for row in rows]).update(reminded_at=at)
    return len(rows)
