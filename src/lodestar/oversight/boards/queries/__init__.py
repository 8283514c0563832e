"""Named reads of boards: members, the actions on an agenda, decisions, and these as evidence."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from lodestar.oversight.boards.access import serving
from lodestar.oversight.boards.models import Board, BoardAction, BoardDecision, BoardMember, Meeting, Pack
from lodestar.oversight.boards.rules import decision_state
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.requirements.evidence import Evidence, EvidenceKind, query_of
from lodestar.platform.design.when import day
from lodestar.platform.documents.description import Document, restored
from lodestar.platform.files.filestore import FileStore

DECISION = "decision"


class NoSuchBoard(ValueError):
    """No board, or more than one, has this name; `str` says which."""


def store() -> FileStore:
    """The one file store."""
    return FileStore(settings.VAR / "files", settings.FILE_KEYS)


def board_named(words: str) -> Board:
    """The board of this name, or the only one whose name begins so. Raises NoSuchBoard."""
    rows = list((Board.objects.filter(name=words) or Board.objects.filter(name__istartswith=words)) if words else ())
    if len(rows) != 1:
        raise NoSuchBoard("; ".join(sorted(row.name for row in rows)) if rows else f"No board has the name {words!r}")
    return rows[0]


def members_of(board: Board, on: date) -> list[BoardMember]:
    """Who is on a board on a day, the chair first."""
    return list(serving(on).filter(board=board).select_related("user").order_by("-is_chair", "from_day", "id"))


def coming(meetings: QuerySet[Meeting], now: datetime) -> QuerySet[Any]:
    """Of these meetings those that are not cancelled and have not begun, the next last, each with how `many` papers it has."""
    return meetings.filter(starts_at__gte=now, cancelled_at__isnull=True).annotate(many=Count("papers")).order_by("-starts_at")


def actions_open_at(board: Board, at: datetime) -> list[BoardAction]:
    """The actions of a board that were open at a moment, by number: on the agenda of a meeting those when it begins."""
    rows = BoardAction.objects.filter(board=board, recorded_at__lte=at).select_related("owner").order_by("number")
    return list(rows.filter(Q(closed_at__isnull=True) | Q(closed_at__gt=at)))


def pack_stored(board: Board, as_at: date) -> Pack | None:
    """The last pack of a board that was stored as at a day."""
    return Pack.objects.filter(board=board, as_at=as_at).order_by("-number").first()


def states_then(rows: Sequence[Any], at: datetime) -> list[str]:
    """The states that rows of a register had at a moment, in their order. One statement."""
    later: dict[UUID, str] = {}
    if rows:
        moves = rows[0].moves.model.objects.filter(row__in=rows, recorded_at__gt=at).order_by("-recorded_at", "-id")
        later.update(moves.values_list("row_id", "before"))  # of several the earliest stays
    return [later.get(row.id, row.state) for row in rows]


def decision_choices() -> list[tuple[str, str]]:
    """The decisions to cite, the latest first."""
    rows = BoardDecision.objects.select_related("board").order_by("-decided_on", "-number")[:200]
    return [(str(row.id), f"{row.board.name}, decision {row.number}: {row.words}"[:160]) for row in rows]


def read_decisions(keys: Sequence[str], period: Period, at: datetime) -> Mapping[str, Evidence]:
    """These decisions, as far as they were recorded by then, and whether the actions that follow from each were closed. Two
    statements."""
    rows = list(BoardDecision.objects.filter(id__in=[UUID(key) for key in keys], recorded_at__lte=at).select_related("board"))
    followed: dict[UUID, list[bool]] = defaultdict(list)
    actions = BoardAction.objects.filter(decision__in=rows, recorded_at__lte=at)
    for decision, closed_at in actions.values_list("decision_id", "closed_at"):
        followed[decision].append(closed_at is not None and closed_at <= at)
    return {str(row.id): _evidence(row, followed[row.id], period, at) for row in rows}


def _evidence(row: BoardDecision, closed: list[bool], period: Period, at: datetime) -> Evidence:
    done = f"Actions that follow from it: {len(closed)}, closed: {sum(closed)}." if closed else "No action follows from it."
    return Evidence(
        kind=DECISION, key=str(row.id), title=f"{row.board.name}, decision {row.number}", state=decision_state(closed),
        words=f"Decided on {day(row.decided_on)}: {row.words}. {done}", query=query_of(DECISION, row.id, period, at),
        numbers=(float(len(closed)), float(sum(closed))), href=f"/boards/meetings/{row.meeting_id}", day=row.decided_on,
    )  # fmt: skip


def document_of(pack: Pack) -> Document:
    """The pack as it was described when it was stored."""
    return restored(json.loads(pack.content))


DECISIONS = EvidenceKind(DECISION, "Decision of a board", decision_choices, read_decisions)
