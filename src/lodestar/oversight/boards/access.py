"""Who sees which board, meeting, paper, pack and action: a member those of the boards that they are on, and no case."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lodestar.oversight.boards.models import Board, BoardAction, BoardMember, Meeting, Pack, Paper
from lodestar.platform.accounts.access import Member, one_or_404
from lodestar.platform.accounts.permissions import Permission

VIEW, MANAGE = Permission.BOARD_VIEW, Permission.BOARD_MANAGE


def serving(day: date) -> QuerySet[BoardMember]:
    """Who is on a board on a day."""
    return BoardMember.objects.filter(Q(to_day__isnull=True) | Q(to_day__gte=day), from_day__lte=day)


def boards_seen(member: Member) -> QuerySet[Board]:
    """All boards for whoever manages them; for others those that they are on today."""
    rows = Board.objects.order_by("name")
    if member.may(MANAGE):
        return rows
    own = serving(timezone.localdate()).filter(user=member.user, board=OuterRef("pk"))
    return rows.filter(Exists(own)) if member.may(VIEW) else rows.none()


def board_for(member: Member, board_id: UUID) -> Board:
    """A board that the member sees; Http404 otherwise."""
    return one_or_404(boards_seen(member).filter(id=board_id))


def meetings_seen(member: Member) -> QuerySet[Meeting]:
    """The meetings of the boards that the member sees, each with its board."""
    return Meeting.objects.select_related("board", "minuted_by").filter(board__in=boards_seen(member).values("id"))


def meeting_for(member: Member, meeting_id: UUID) -> Meeting:
    """A meeting of a board that the member sees; Http404 otherwise."""
    return one_or_404(meetings_seen(member).filter(id=meeting_id))


def paper_for(member: Member, paper_id: UUID) -> Paper:
    """A paper of a meeting that the member sees; Http404 otherwise."""
    rows = Paper.objects.select_related("meeting").filter(meeting__board__in=boards_seen(member).values("id"))
    return one_or_404(rows.filter(id=paper_id))


def pack_for(member: Member, pack_id: UUID) -> Pack:
    """A pack of a board that the member sees; Http404 otherwise."""
    rows = Pack.objects.select_related("board", "recorded_by").filter(board__in=boards_seen(member).values("id"))
    return one_or_404(rows.filter(id=pack_id))


def actions_seen(member: Member) -> QuerySet[BoardAction]:
    """All actions for whoever manages boards; for others their own, on a board or not."""
    rows = BoardAction.objects.select_related("board", "owner", "decision")
    return rows if member.may(MANAGE) else rows.filter(owner=member.user)


def action_for(member: Member, action_id: UUID) -> BoardAction:
    """An action that the member sees; Http404 otherwise."""
    return one_or_404(actions_seen(member).filter(id=action_id))
