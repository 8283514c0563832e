"""A transcript for a scan: its words are found and read, and the scan itself stays the original."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.actions.held import hold
from lodestar.guidance.actions.indexing import index_version, unindex_version
from lodestar.guidance.actions.intake import EMPTY, SCAN, TRANSCRIPT, keep_transcript
from lodestar.guidance.actions.stages import NotNow
from lodestar.guidance.models import Passage, Version
from lodestar.guidance.rules.passages import pieces
from lodestar.record import actions as record

CHANGED = (
    "state", "approved_at", "approved_by", "added_by", "is_alone", "confirmed_at", "confirmed_by", "published_at", "published_by",
    "passages", "note",
)  # fmt: skip
WITHOUT_TEXT = (SCAN, EMPTY, TRANSCRIPT)  # what is said of a version that may be given one


def may_have_transcript(version: Version) -> bool:
    """Whether a version may be given a transcript: it has no text of its own, and is in use or on its way there."""
    return version.note in WITHOUT_TEXT and version.state in ("draft", "approved", "published")


def transcribe(*, by: Member, at: datetime, version: Version, read: Mapping[str, Any], count: bool = True) -> bool:
    """Gives a scan its transcript, or another in its place; False where it has this one. Raises NotNow.

    Its words are what officers read, so that somebody else looks at them too: an approved version is a draft again, a published
    one was published without a second person, and whoever wrote the transcript is who added or published it.
    """
    hold(version)
    if not may_have_transcript(version):
        raise NotNow("It has text of its own, or is history: a transcript is for a scan.")
    told = pieces(read["blocks"], read["outline"])
    if not told:
        raise NotNow("The transcript holds no text.")
    standing = Passage.objects.filter(version=version).order_by("number").values_list("page", "text")
    if version.note == TRANSCRIPT and _words(standing) == _words((one.page, one.text) for one in told):
        return False
    if version.state == "published":
        unindex_version(version)
        version.is_alone, version.confirmed_at, version.confirmed_by = True, None, None
        version.published_at, version.published_by_id = timezone.now(), by.user
    else:
        version.state, version.approved_at, version.approved_by = "draft", None, None
        version.added_by_id = by.user
    Passage.objects.filter(version=version).delete()
    keep_transcript(version, read)
    version.save(update_fields=CHANGED)
    if version.state == "published":
        index_version(version, count=count)
    record.append("guidance.transcribed", by=by.user, role=by.role, at=at, subject=str(version.id))
    return True


def _words(passages: Iterable[tuple[int | None, str]]) -> list[tuple[int | None, list[str]]]:
    """What passages say, wherever their lines end: those that were kept earlier may end in other places."""
    return [(page, text.split()) for page, text in passages]
