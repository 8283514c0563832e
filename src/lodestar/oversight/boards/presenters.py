"""Boards in words: the register of actions, what is due, and cells of the pages of a board and of a meeting."""

from collections.abc import Container, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from lodestar.oversight.boards.access import actions_seen
from lodestar.oversight.boards.models import BoardAction, BoardMember, Paper
from lodestar.oversight.boards.rules import ACTION
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.design.when import day, day_time
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.registers.models import Column, Register
from lodestar.platform.registers.presenters import due_cell
from lodestar.platform.registers.queries import due_rows

MOST_DUE = 20


def member_name(row: BoardMember) -> str:
    """What a member of a board is called."""
    return f"{row.user.name if row.user else row.name}{', chair' if row.is_chair else ''}"


def member_cells(rows: Iterable[BoardMember], may_view: Container[UUID]) -> list[list[Any]]:
    """Who is on a board, in which role, since when, and who of them cannot open it."""
    sign_in = {True: "Opens this board", False: "Their role opens no board"}
    return [
        [member_name(row), row.post, day(row.from_day), sign_in[row.user_id in may_view] if row.user_id else "No sign-in"]
        for row in rows
    ]


def action_words(row: BoardAction) -> str:
    """An action by its number."""
    return f"{row.number}. {row.words}"


def action_cells(rows: Iterable[BoardAction], member: Member, now: datetime) -> list[list[Any]]:
    """Actions on an agenda; the page of one is for its owner and for whoever manages boards."""
    may = member.may(Permission.BOARD_MANAGE)
    return [
        [{"words": action_words(row), "href": f"/boards/actions/{row.id}" if may or row.owner_id == member.user else ""},
         row.owner.name, due_cell(row, now), ACTION.states[row.state]]
        for row in rows
    ]  # fmt: skip


def paper_cells(rows: Iterable[Paper]) -> list[dict[str, str]]:
    """Papers with where they are."""
    return [{"words": row.title, "href": row.url or f"/boards/papers/{row.id}"} for row in rows]


def _words(row: BoardAction, now: datetime) -> list[dict[str, Any]]:
    pairs = (
        ("Board", row.board.name), ("What has to be done", row.words), ("Owner", row.owner.name),
        ("From decision", f"{row.decision.number}. {row.decision.words}" if row.decision else ""),
        ("Due", due_cell(row, now).get("words", "") if row.due_at else ""),
        ("Told that it is late", day_time(row.reminded_at) if row.reminded_at else ""),
    )  # fmt: skip
    return [{"key": key, "value": value} for key, value in pairs if value]


ACTIONS = Register(
    name="board-actions",
    title="Actions of boards",
    model=BoardAction,
    columns=(
        Column("Action", lambda row, now: {"words": action_words(row), "href": f"/boards/actions/{row.id}"}),
        Column("Board", lambda row, now: row.board.name),
        Column("Status", lambda row, now: ACTION.states[row.state]),
        Column("Due", due_cell),
        Column("Owner", lambda row, now: row.owner.name, is_exported=False),
    ),
    filters=(),
    visible=actions_seen,
    named=lambda row: f"Action {row.number}, {row.board.name}",
    changes=Permission.SIGNED_IN,
    words=_words,
    shown=lambda member, rows: None,  # it names nobody of a case
)


def _due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    rows = due_rows(actions_seen(member).filter(owner=member.user), until)
    return rows.values_list(Value("board_action"), "id", "board__name", Value(""), "due_at")[:MOST_DUE]


def _item(action: UUID, board: str, _: str, due: datetime) -> DueItem:
    return DueItem("board_action", f"Action of the {board}", f"/boards/actions/{action}", due)


DUE = Kind("board_action", "Actions of boards", "/boards/actions", Permission.SIGNED_IN, _due, _item, after_cases=True)
