"""The two boards of the invented force: a year of meetings, packs, decisions, and actions at every stage."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.demo.concerns import listed
from lodestar.oversight.boards import actions
from lodestar.oversight.boards.models import Board, BoardDecision
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import LONDON, london_date

DAY = timedelta(days=1)


def boards(members: Mapping[str, Member], now: datetime) -> None:
    """Two boards meet for a year: packs for two past meetings of the first and for the coming one; of its actions one is late,
    one was given back, one is closed."""
    for row in listed("boards")["board"]:
        _board(members, now, row)
    actions.remind_late(by=None, at=now)


def _board(members: Mapping[str, Member], now: datetime, row: Mapping[str, Any]) -> None:
    by, begun = members["secretary"], now - 400 * DAY
    board = actions.record_board(by=by, at=begun, name=row["name"], terms=row["terms"])
    for who, post in row["members"].items():
        is_chair = who == row["chair"]
        user, name = (members[who].user, "") if who in members else (None, who)
        facts: dict[str, Any] = {"post": post, "is_chair": is_chair, "from_day": london_date(begun)}
        actions.add_member(by=by, at=begun, board=board, user=user, name=name, **facts)
    for number in range(row["meetings"]):
        at = _at_ten(now - (row["last"] + row["every"] * (row["meetings"] - 1 - number)) * DAY)
        _meeting(members, board, at, row, number)
    coming = _at_ten(now + row["next"] * DAY)
    meeting = actions.plan_meeting(by=by, at=now - 5 * DAY, board=board, starts_at=coming, place=row["place"])
    link = "https://www.gov.uk/government/publications/modern-slavery-annual-report"
    actions.add_paper(by=by, at=now - 2 * DAY, meeting=meeting, title="Annual report of the Home Office", url=link)
    if row["packs"]:
        actions.store_pack(by=by, at=now - DAY, board=board, as_at=london_date(now - DAY), meeting=meeting)


def _at_ten(at: datetime) -> datetime:
    return at.astimezone(LONDON).replace(hour=10, minute=0, second=0, microsecond=0)


def _meeting(members: Mapping[str, Member], board: Board, at: datetime, row: Mapping[str, Any], number: int) -> None:
    by = members["secretary"]
    meeting = actions.plan_meeting(by=by, at=at - 20 * DAY, board=board, starts_at=at, place=row["place"])
    if number >= row["meetings"] - row["packs"]:
        actions.store_pack(by=by, at=at - DAY, board=board, as_at=london_date(at - DAY), meeting=meeting)
    after = at + timedelta(hours=3)
    there = [each.id for each in board.members.all() if not (number == 1 and not each.is_chair and each.user_id)]
    actions.minute(by=by, at=after, meeting=meeting, present=there, minutes=row["minutes"], seen=1)
    decided: dict[int, BoardDecision] = {}
    for each in row["decisions"]:
        if each["at"] == number:
            decided[len(decided)] = actions.decide(by=by, at=after, meeting=meeting, words=each["words"])
    for each in row["actions"]:
        if each["at"] == number:
            _action(members, meeting, after, each, decided.get(0))


def _action(members: Mapping[str, Member], meeting: Any, at: datetime, row: Mapping[str, Any], of: BoardDecision | None) -> None:
    by, owner = members["secretary"], members[row["owner"]]
    due_on = london_date(at + row["days"] * DAY)
    action = actions.record_action(
        by=by, at=at, meeting=meeting, words=row["words"], owner=owner.user, due_on=due_on, decision=of
    )
    if row["came"] == "late":
        return
    actions.move_action(by=owner, at=at + 9 * DAY, row=action, to="done", seen=1, because=row["because"])
    back = london_date(at + (row["days"] + 150) * DAY)
    more: dict[str, Any] = {"to": "closed"} if row["came"] == "closed" else {"to": "open", "due_on": back}
    actions.move_action(by=by, at=at + 20 * DAY, row=action, seen=2, because=row["answer"], **more)


register_demo_part(DemoPart("boards", boards, needs=(YEARS, "peer_review", "plan", "recommendations")))
