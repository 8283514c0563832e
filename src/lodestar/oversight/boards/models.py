"""Boards, their terms and members, meetings with agenda, papers, packs, minutes and decisions, and actions that return."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.oversight.boards.rules import ACTION
from lodestar.platform.approvals.models import checks
from lodestar.platform.registers.models import RegisterMove, RegisterRow
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none


def _user(**options: Any) -> Any:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)


class Recorded(TenantModel):
    """A row with who recorded it, and when."""

    recorded_at = models.DateTimeField()
    recorded_by = _user()

    class Classified:
        none = frozenset({"id", "tenant", "recorded_at", "recorded_by"})

    class Meta:
        abstract = True


class Board(Recorded):
    """A board of the force, by its name."""

    name = models.CharField(max_length=120)

    class Classified:
        none = Recorded.Classified.none | {"name"}

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "name"], name="board_name_once")]


class Terms(Recorded):
    """One version of the terms of reference of a board, from a day. Only ever added."""

    board = OtherTenantRow(Board, related_name="terms")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    from_day = models.DateField()

    class Classified:
        none = Recorded.Classified.none | {"board", "number", "words", "from_day"}

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "board", "number"], name="board_terms_number_once")]


class BoardMember(Recorded):
    """Somebody on a board between two days: a user, or a person who has no sign-in, by name. `post`: in which role."""

    board = OtherTenantRow(Board, related_name="members")
    user = _user(null=True)
    name = models.CharField(max_length=120, blank=True)
    post = models.CharField(max_length=120)
    is_chair = models.BooleanField(default=False)
    from_day = models.DateField()
    to_day = models.DateField(null=True)

    class Classified:
        none = Recorded.Classified.none | {"board", "user", "post", "is_chair", "from_day", "to_day"}
        personal = frozenset({"name"})

    class Meta:
        constraints = checks(
            "board_member",
            user_or_name=Q(user__isnull=False, name="") | (Q(user__isnull=True) & ~Q(name="")),
            days_in_order=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
        )
        indexes = [Index(fields=["tenant", "user", "board"], name="board_member_user")]


class Meeting(Recorded):
    """One meeting of a board. `agenda` are its items in order; open actions come after them by themselves. `present` are the
    members who were there, `minutes` what was said, once `minuted_at` is set."""

    board = OtherTenantRow(Board, related_name="meetings")
    starts_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200)
    agenda = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    present = ArrayField(models.UUIDField(), default=list, blank=True)
    minutes = SealedTextField(blank=True, default=b"")
    minuted_at = models.DateTimeField(null=True)
    minuted_by = _user(null=True)
    version = models.PositiveIntegerField(default=1)

    class Classified:
        none = Recorded.Classified.none | {
            "board", "starts_at", "cancelled_at", "place", "agenda", "present", "minuted_at", "minuted_by", "version",
        }  # fmt: skip
        sensitive = frozenset({"minutes"})

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["tenant", "board", "starts_at"], name="board_meeting_once", condition=Q(cancelled_at__isnull=True)
            ),
            *checks("board_meeting", minuted_whole=all_or_none("minuted_at", "minuted_by")),
        ]


class Paper(Recorded):
    """A paper of a meeting: a file in the store, under `digest`, or a link. Only ever added."""

    meeting = OtherTenantRow(Meeting, related_name="papers")
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100, blank=True)

    class Classified:
        none = Recorded.Classified.none | {"meeting", "title", "url", "digest", "media_type"}

    class Meta:
        constraints = checks("board_paper", file_or_link=(Q(url="") & ~Q(digest="")) | (Q(digest="") & ~Q(url="")))
        indexes = [Index(fields=["tenant", "meeting", "recorded_at"], name="board_paper_meeting")]


class Pack(Recorded):
    """The pack of a board as at a day, the `number`th of that day, as it was when it was stored: the described document as JSON,
    and its SHA-256. Only ever added."""

    board = OtherTenantRow(Board, related_name="packs")
    meeting = OtherTenantRow(Meeting, null=True, related_name="packs")
    as_at = models.DateField()
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Classified:
        none = Recorded.Classified.none | {"board", "meeting", "as_at", "number", "content", "sha256"}

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "board", "as_at", "number"], name="board_pack_number_once")]
        indexes = [Index(fields=["tenant", "meeting"], name="board_pack_meeting")]


class BoardDecision(Recorded):
    """What a board decided at a meeting, by its number on the board. `replaces` is an earlier one that it puts right. Only ever
    added."""

    board = OtherTenantRow(Board, related_name="decisions")
    meeting = OtherTenantRow(Meeting, related_name="decisions")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=600)
    decided_on = models.DateField()
    replaces = OtherTenantRow("self", null=True)

    class Classified:
        none = Recorded.Classified.none | {"board", "meeting", "number", "words", "decided_on", "replaces"}

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "board", "number"], name="board_decision_number_once")]
        indexes = [Index(fields=["tenant", "meeting"], name="board_decision_meeting")]


class BoardAction(RegisterRow):
    """What somebody is to do for a board, by its number there: on the agenda of every meeting until the board closes it.
    `reminded_at`: when its owner was told, once, that it is late."""

    rules, moved = ACTION, "boards.action_moved"

    board = OtherTenantRow(Board, related_name="actions")
    meeting = OtherTenantRow(Meeting, related_name="actions")
    decision = OtherTenantRow(BoardDecision, null=True, related_name="actions")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=600)
    closed_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Classified:
        none = RegisterRow.Classified.none | {"board", "meeting", "decision", "number", "words", "closed_at", "reminded_at"}

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "board", "number"], name="board_action_number_once"),
            *checks(
                "board_action",
                state_known=Q(state__in=[*ACTION.states]),
                closed_when=Q(state__in=sorted(ACTION.closed)) ^ Q(closed_at__isnull=True),
            ),
        ]
        indexes = [
            Index(fields=["tenant", "owner", "due_at", "id"], name="board_action_owner"),
            Index(fields=["tenant", "due_at", "id"], name="board_action_due"),
            Index(fields=["tenant", "meeting"], name="board_action_meeting"),
        ]


class BoardActionMove(RegisterMove):
    """One move of an action; what it says is its evidence."""

    row = OtherTenantRow(BoardAction, related_name="moves")

    class Meta:
        indexes = [Index(fields=["tenant", "row", "moved_at"], name="board_action_move_row")]
