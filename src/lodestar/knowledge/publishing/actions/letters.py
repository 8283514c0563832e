"""Letters that come in with what is attached, and the text that an editor gives one."""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.utils import timezone

from lodestar.knowledge.library.models import Passage, Version
from lodestar.knowledge.library.queries.library import hold
from lodestar.knowledge.library.rules.documents import MEDIA_TYPES
from lodestar.knowledge.library.rules.passages import Piece, pieces
from lodestar.knowledge.publishing.actions.intake import CO_ORDINATOR, About, TakenIn, keep_passages, take_in
from lodestar.knowledge.publishing.actions.stages import NotNow
from lodestar.knowledge.publishing.models import TOPIC
from lodestar.knowledge.search.actions import index_version, unindex_version
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.document_text import NotRead, read_document
from lodestar.platform.files.mail import sent_at

CHANGED = (
    "state", "approved_at", "approved_by", "added_by", "is_alone", "confirmed_at", "confirmed_by", "published_at", "published_by",
    "passages", "note",
)  # fmt: skip


def may_be_edited(version: Version) -> bool:
    """Whether a version is a letter that is in use or on its way there."""
    return version.media_type == MEDIA_TYPES["eml"] and version.state in ("draft", "approved", "published")


def edit_letter(*, by: Member, at: datetime, version: Version, text: str) -> bool:
    """Puts an edited text in place of a letter's, a paragraph a line, headings behind #; False where it is the same. Raises
    NotNow."""
    hold(version)
    if not may_be_edited(version):
        raise NotNow("It is no letter, or is history.")
    lines = [line.strip() for line in text.splitlines()]
    passages = pieces([(None, int(line.startswith("# ")), line.removeprefix("# ")) for line in lines if line])
    if not passages:
        raise NotNow("Write what it says, or refuse it.")
    if not version.note and _has(version, passages):
        return False
    version.note = ""
    _replace_text(by, version, passages)
    audit("guidance.letter_edited", by=by, at=at, subject=str(version.id))
    return True


def _replace_text(by: Member, version: Version, passages: Sequence[Piece]) -> None:
    """Officers read these words, so somebody else looks at them too: an approved version is a draft again, a published one was
    published without a second person, and whoever wrote them is who added or published it."""
    if version.state == "published":
        unindex_version(version)
        version.is_alone, version.confirmed_at, version.confirmed_by = True, None, None
        version.published_at, version.published_by_id = timezone.now(), by.user
    else:
        version.state, version.approved_at, version.approved_by = "draft", None, None
        version.added_by_id = by.user
    Passage.objects.filter(version=version).delete()
    keep_passages(version, passages)
    version.save(update_fields=CHANGED)
    if version.state == "published":
        index_version(version)


def _has(version: Version, passages: Sequence[Piece]) -> bool:
    standing = Passage.objects.filter(version=version).order_by("number").values_list("page", "text")
    return list(standing) == [(passage.page, passage.text) for passage in passages]


MOST_DEEP = 3  # letters within letters


@dataclass(frozen=True)
class Arrived:
    """One file: its name, its bytes, what it holds or why it is not read, and what its letter says of it. `house`: where the
    letter came from that it came with, which stands before its name as it is told."""

    name: str
    content: bytes
    read: dict[str, Any] | str
    about: About
    house: str = ""

    @property
    def file(self) -> str:
        """Its name without the house."""
        return self.name.removeprefix(f"{self.house}/") if self.house else self.name


def arrived(name: str, content: bytes, read: dict[str, Any] | str) -> Iterator[Arrived]:
    """A file, and where it is a letter those that came with it."""
    about = of_letter(read)
    yield Arrived(name, content, read, about)
    if isinstance(read, dict):
        house = read.get("sender") or PurePath(name).stem
        yield from _with(read, house, replace(about, title="", topics=[]), MOST_DEEP)


def _with(read: dict[str, Any], house: str, about: About, deep: int) -> Iterator[Arrived]:
    for attached, packed in read["attached"]:
        inner = base64.b64decode(packed)
        file = PurePath(attached.replace("\\", "/")).name or "attachment"
        name = f"{house}/{file}"
        try:
            parsed = read_document(inner, PurePath(file).suffix.removeprefix("."))
        except NotRead as error:
            yield Arrived(name, inner, str(error), about, house=house)
            continue
        yield Arrived(name, inner, parsed, about, house=house)
        if deep > 1:
            yield from _with(parsed, house, about, deep - 1)


def take_arrived(*, by: Member, at: datetime, arrival: Arrived, about: About) -> TakenIn:
    """Takes in a file that was read, with what is said of it. Raises OSError."""
    read = arrival.read if isinstance(arrival.read, dict) else {}
    return take_in(by=by, at=at, file_name=arrival.file, content=arrival.content, read=read, about=about, house=arrival.house)


def of_letter(read: dict[str, Any] | str) -> About:
    """What a letter tells of itself: it is a newsletter of the regional co-ordinator, published the day it was sent. Its sender
    is a person: where they wrote from is what readers are told."""
    if not isinstance(read, dict) or read["kind"] != "eml":
        return About()
    sent = sent_at(read["sent"])
    return About(
        title=read["title"], publisher=", ".join(filter(None, (CO_ORDINATOR, read["sender"]))), origin="regional",
        topics=[TOPIC], published_on=timezone.localdate(sent).isoformat() if sent else "",
    )  # fmt: skip


def merge_about(letter: About, details: About) -> About:
    """What is said of a letter by somebody, and what it says of itself where they said nothing."""
    return replace(letter, **details.filled_fields(), url=details.url)
