"""Taking a document in: its bytes into the store, its passages into the library, as a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from lodestar.knowledge.library.models import OURS, Document, Passage, Version
from lodestar.knowledge.library.queries.library import document_called, facts, hold, hold_document, originals, publishers
from lodestar.knowledge.library.rules import documents
from lodestar.knowledge.library.rules.passages import Piece, first_heading, pieces, plain
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.film import ENDINGS

CO_ORDINATOR = "Regional co-ordinator"  # publishes what came as a letter, with where it came from behind a comma
LONGEST_HOUSE = 100  # characters of a name: where a letter came from
SCAN = "A scan without text: only its title and name can be found. Scan it again with its text."
NO_CAPTIONS = "A film without captions: it stays a draft until it is sent again with its captions (WebVTT)."
EMPTY = "It contains no text: only its title and name can be found."
LETTER = "An original letter: its text has not been edited yet."


@dataclass
class About:
    """What is said of a document besides its bytes: by a manifest, a form or a message. Empty where nothing was said.
    `published_on` is a partial date, as 2020 or 2020-03-09; `url` where the file came from."""

    title: str = ""
    publisher: str = ""
    origin: str = ""
    nation: str = ""
    published_on: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    review_by: date | None = None
    licence: str = ""
    topics: list[str] = field(default_factory=list)
    audience: list[str] = field(default_factory=list)
    exploitation: list[str] = field(default_factory=list)
    owner: str = ""
    is_own: bool = False
    classification: str = ""
    url: str = ""

    def filled_fields(self) -> dict[str, Any]:
        """What was said, by the names of a document's fields."""
        return {name: value for name, value in vars(self).items() if value and name != "url"}


@dataclass(frozen=True)
class TakenIn:
    """A version that was taken in, or stood already with the same content."""

    version: Version
    is_new: bool


def take_in(
    *, by: Member, at: datetime, file_name: str, content: bytes, read: Mapping[str, Any], about: About, house: str = ""
) -> TakenIn:
    """Keeps a document as the next draft of its file's name, unless its content stands already. `house`: where the letter came
    from that it came with. Raises OSError."""
    name = documents.clean_file_name(file_name)
    digest = originals().put(by.tenant, content)
    standing = Version.objects.select_related("document").filter(digest=digest).order_by("-number").first()
    if standing is not None:
        if read.get("captions"):
            _caption(by, standing, read)
        if about.url and standing.url != about.url:
            standing.url = about.url
            standing.save(update_fields=["url"])
        return TakenIn(standing, is_new=False)
    document, waits = _document(by, name, read, about, house)
    hold_document(document)  # two that come at once are one after the other
    number = 1 + Version.objects.filter(document=document).count()
    version = Version.objects.create(
        document=document, number=number, digest=digest, url=about.url, media_type=documents.MEDIA_TYPES[read["kind"]],
        size=len(content), pages=read["pages"], captions=read.get("captions", ""), said=waits, added_at=timezone.now(),
        added_by_id=by.user,
    )  # fmt: skip
    _keep_text(version, read)
    version.save(update_fields=["passages", "note"])
    audit("guidance.taken_in", by=by, at=at, subject=str(version.id))
    return TakenIn(version, is_new=True)


def _caption(by: Member, standing: Version, read: Mapping[str, Any]) -> None:
    """Gives a draft of a film that has no captions those that come after it."""
    hold(standing)
    if standing.state != "draft" or standing.captions:
        return
    _keep_text(standing, read)
    standing.captions = read["captions"]
    if by.user not in (standing.added_by_id, *standing.also_by):
        standing.also_by = [*standing.also_by, by.user]  # who added a part of it does not approve it
    standing.save(update_fields=["passages", "note", "captions", "also_by"])


def _keep_text(version: Version, read: Mapping[str, Any]) -> None:
    """The passages of what was read; how many they are, and what a reader must know, is left to be saved."""
    passages = pieces(read["blocks"], read["outline"])
    version.note = _note(read, len(passages))
    keep_passages(version, passages)


def keep_passages(version: Version, passages: Sequence[Piece]) -> None:
    """Writes the passages of a version that has none; how many they are is left to be saved."""
    version.passages = len(passages)
    known_facts = facts()
    Passage.objects.bulk_create(
        (
            Passage(
                version=version,
                number=place,
                page=passage.page,
                heading=passage.heading[:200],
                text=passage.text,
                stale=[fact.code for fact in documents.stated(passage.text, known_facts)],
            )
            for place, passage in enumerate(passages)
        ),
        batch_size=2_000,
    )


def _document(by: Member, name: str, read: Mapping[str, Any], about: About, house: str) -> tuple[Document, dict[str, Any]]:
    """The document of this name, and what was said of it that waits until its draft is published. A letter is called by its
    sender besides, and what came with one by its day as well: it is no next version of another's or of the force's own."""
    details = about.filled_fields()
    own = (plain(read["title"]), first_heading(read["blocks"]))
    sender = str(read.get("sender") or "") if read["kind"] == "eml" else ""
    if house or sender:
        day = f"{about.published_on or 'undated'}/" if house else ""
        before = f"{(house or sender)[:LONGEST_HOUSE]}/{day}"
        name = before + name[-(documents.LONGEST - len(before)) :]
    else:
        name = _apart(name, about)
    title = details.get("title") or documents.title_of(*own, plain(name))
    nation = details.get("nation") or documents.nation_of(about.publisher, publishers())
    first = {**details, **({"nation": nation} if nation else {}), "title": title}
    standing = document_called(name)
    document, is_new = Document.objects.get_or_create(
        file_name=standing.file_name if standing else name,
        defaults={**first, "created_at": timezone.now(), "created_by_id": by.user},
    )
    return document, {} if is_new else details


def _apart(name: str, about: About) -> str:
    """The name to keep: one of Lodestar's own pages gives way to a force's file of its name."""
    ours = f"{OURS}{name}"[-documents.LONGEST :]
    if not about.is_own:
        Document.objects.filter(file_name=name, is_own=True).update(file_name=ours)
    return ours if about.is_own and Document.objects.filter(file_name=name, is_own=False).exists() else name


def _note(read: Mapping[str, Any], passages: int) -> str:
    letters = sum(len(text) for _, _, text in read["blocks"])
    if read["kind"] == "pdf" and letters < 20 * (read["pages"] or 1):
        return SCAN
    if read["kind"] in ENDINGS and not read.get("captions"):
        return NO_CAPTIONS
    if read["kind"] == "eml" and passages:
        return " ".join(filter(None, (LETTER, read.get("note"))))
    return str(read.get("note") or "") if passages else EMPTY
