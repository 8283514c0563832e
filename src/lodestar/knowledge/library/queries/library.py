"""Named reads of the library for its pages: documents by topic and by letter, versions, passages, who has read what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from lodestar.knowledge.library.models import Document, Passage, Reading, Version
from lodestar.knowledge.library.queries.documents import has_begun, in_force, in_use
from lodestar.platform.tenancy.models import Tenant

PUBLISHED = Version.objects.filter(state="published", document=OuterRef("id"))


def own_nation(tenant: str) -> str:
    """The nation of a force, which its officers' searches begin with."""
    return Tenant.objects.values_list("nation", flat=True).get(slug=tenant)


def published() -> QuerySet[Document]:
    """The documents that have a published version."""
    return Document.objects.filter(Exists(PUBLISHED))


def topics() -> Counter[str]:
    """How many published documents each topic has."""
    return Counter(topic for listed in published().values_list("topics", flat=True) for topic in listed)


def of_topics(topic_names: Iterable[str], most: int) -> list[Document]:
    """The published documents of any of these topics: the force's own first, then by title."""
    rows = published().filter(topics__overlap=list(topic_names))
    return list(rows.order_by(F("origin").asc(), "title", "id")[:most])


def letters() -> list[str]:
    """The letters with which titles begin, in the order of the alphabet."""
    return sorted({title.strip()[:1].upper() for title in published().values_list("title", flat=True) if title.strip()})


def by_letter(letter: str, start: int, most: int) -> list[Document]:
    """Published documents whose title begins with the letter, after so many of them."""
    rows = published().filter(title__istartswith=letter).order_by("title", "id")
    return list(rows[start : start + most])


def holds(document: Document, on: date) -> bool:
    """Whether a published document is in force on a day, and no other published one replaces it."""
    return in_force(document, on, is_replaced=replaced_by(document, on) is not None)


def replaced_by(document: Document, on: date) -> Document | None:
    """The published document that says it replaces this one, and has begun to hold by a day."""
    return _replacing(on).filter(supersedes=document).order_by("title", "id").first()


def _replacing(on: date) -> QuerySet[Document]:
    return Document.objects.filter(Exists(PUBLISHED.filter(has_begun(on))))


def passages(version: Version, start: int, most: int) -> list[Passage]:
    """Passages of a version in their order, from a number on."""
    return list(Passage.objects.filter(version=version, number__gte=start).order_by("number")[:most])


def texts(version: Version) -> list[str]:
    """The texts of all passages of a version in their order."""
    return list(Passage.objects.filter(version=version).order_by("number").values_list("text", flat=True))


def stale_in(version: Version) -> int:
    """How many passages of a version quote a fact that no longer holds."""
    return Passage.objects.filter(version=version).exclude(stale=[]).count()


# --- who has read what ------------------------------------------------------------------------------------------------


def find_reading(user: UUID, version: Version) -> Reading | None:
    """What somebody did with a version: when they opened it, and whether they said that they have understood it."""
    return Reading.objects.filter(user_id=user, version=version).first()


def read_before(user: UUID, version: Version) -> Version | None:
    """The latest version of the same document, older than this one, that somebody opened; None where they opened none."""
    rows = Reading.objects.filter(user_id=user, version__document=version.document_id, version__number__lt=version.number)
    row = rows.select_related("version__document").order_by("-version__number").first()
    return row.version if row else None


def changed_since_read(user: UUID, on: date, most: int) -> list[Version]:
    """Versions in use on a day of documents of which somebody opened an older version and has not opened this one."""
    own = Reading.objects.filter(user_id=user)
    older = own.filter(version__document=OuterRef("document"), version__number__lt=OuterRef("number"))
    rows = in_use(on).filter(Exists(older), ~Exists(own.filter(version=OuterRef("id"))))
    return list(rows.select_related("document").order_by("-published_at", "id")[:most])


def readable(documents: Sequence[Document], on: date) -> list[tuple[Document, bool]]:
    """Documents, each with whether it is in force on a day."""
    replaced = set(_replacing(on).filter(supersedes__in=documents).values_list("supersedes", flat=True))
    return [(document, in_force(document, on, is_replaced=document.id in replaced)) for document in documents]


def letter_text(version: Version) -> str:
    """The text of a letter as `edit_letter` takes it."""
    rows = Passage.objects.filter(version=version).order_by("number").values_list("heading", "text")
    marked = (f"# {text}" if heading and text.startswith(heading) else text for heading, text in rows)
    return "\n".join(text.replace("\n\n", "\n\n# ") for text in marked)
