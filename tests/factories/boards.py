"""Boards with terms and members, meetings, papers, packs, decisions and actions."""

import hashlib
import json
from datetime import timedelta
from uuid import UUID

import factory

from lodestar.oversight.boards import models
from lodestar.platform.documents.description import Document, Heading, Paragraph, stored
from tests.factories.accounts import WORKER, UserFactory
from tests.factories.cases import MET

CONTENT = json.dumps(
    stored(
        Document("Board pack", "OFFICIAL", "A board", MET.date(), (Heading("Plan"), Paragraph("No item."), Paragraph("Query")))
    )
)


class Recorded(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    recorded_at = MET
    recorded_by = factory.SubFactory(UserFactory)


class BoardFactory(Recorded):
    class Meta:
        model = models.Board

    name = factory.Sequence(lambda n: f"Board {n}{WORKER}")


class TermsFactory(Recorded):
    class Meta:
        model = models.Terms

    board = factory.SubFactory(BoardFactory)
    number = 1
    words = "It looks at the plan"
    from_day = MET.date()


class BoardMemberFactory(Recorded):
    class Meta:
        model = models.BoardMember

    board = factory.SubFactory(BoardFactory)
    user = factory.SubFactory(UserFactory)
    post = "Head of crime"
    from_day = MET.date()


class MeetingFactory(Recorded):
    class Meta:
        model = models.Meeting

    board = factory.SubFactory(BoardFactory)
    starts_at = factory.Sequence(lambda n: MET + timedelta(minutes=n))
    place = "Headquarters"


class PaperFactory(Recorded):
    class Meta:
        model = models.Paper

    meeting = factory.SubFactory(MeetingFactory)
    title = "Budget"
    digest = "0" * 64
    media_type = "application/pdf"


class PackFactory(Recorded):
    class Meta:
        model = models.Pack

    board = factory.SubFactory(BoardFactory)
    as_at = MET.date()
    number = 1
    content = CONTENT
    sha256 = hashlib.sha256(CONTENT.encode()).hexdigest()


class BoardDecisionFactory(Recorded):
    class Meta:
        model = models.BoardDecision

    meeting = factory.SubFactory(MeetingFactory)
    board = factory.SelfAttribute("meeting.board")
    number = factory.Sequence(lambda n: n + 1)
    words = "Train every sergeant"
    decided_on = MET.date()


class BoardActionFactory(Recorded):
    class Meta:
        model = models.BoardAction

    meeting = factory.SubFactory(MeetingFactory)
    board = factory.SelfAttribute("meeting.board")
    number = factory.Sequence(lambda n: n + 1)
    words = "Book the course"
    state = "open"
    owner = factory.SubFactory(UserFactory)
    recorded_by = factory.SelfAttribute("owner")


def on_a_board(user: UUID, digest: str, words: str) -> dict[str, UUID]:
    """A board that this user is on, with a paper (a picture in the store), a pack, and an action of theirs."""
    meeting = MeetingFactory(recorded_by_id=user)
    TermsFactory(board=meeting.board)
    BoardMemberFactory(board=meeting.board, user_id=user)
    return {
        "board_id": meeting.board_id, "meeting_id": meeting.id, "pack_id": PackFactory(board=meeting.board, meeting=meeting).id,
        "paper_id": PaperFactory(meeting=meeting, title=f"{words} budget", digest=digest, media_type="image/png").id,
        "action_id": BoardActionFactory(meeting=meeting, words=f"{words} books it", owner_id=user).id,
    }  # fmt: skip
