"""What waits for the editors: searches without an answer, documents past their review, versions on their way, words."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from lodestar.knowledge.library.models import Document, Passage, StaleFact, Version
from lodestar.knowledge.library.queries.library import document_called, facts, published
from lodestar.knowledge.library.rules.documents import clean_file_name
from lodestar.knowledge.publishing.models import TOPIC, Mailing, NewsletterReader
from lodestar.knowledge.publishing.rules import Item
from lodestar.knowledge.search.models import Search, ThesaurusEntry
from lodestar.platform.accounts.models import Membership, User

_ALONE = Q(state="published", is_alone=True, confirmed_at__isnull=True)


def _on_their_way() -> QuerySet[Version]:
    rows = Version.objects.filter(Q(state__in=("draft", "approved")) | (_ALONE & Q(document__is_own=False)))
    return rows.select_related("document", "added_by").order_by(F("state").asc(), "added_at", "id")


def _open() -> QuerySet[Search]:
    return Search.objects.filter(has_answer=False, dealt_with_at__isnull=True)


def _stale() -> QuerySet[Passage]:
    return Passage.objects.filter(version__state="published").exclude(stale=[])


def waiting(kind: str, today: date) -> list[QuerySet[Any, Any]]:
    """All that waits for the editors of a kind (`presenters.WAITS`), in its order. Of searches the words asked most often, each
    with how many `times`, the `last`, the most words `dropped`, and the searches (`ids`); of documents that quote a fact that
    no longer holds how many `passages` do, and the number of the `first`."""
    if kind == "versions":
        return [_on_their_way(), Document.objects.exclude(said_alone={}).order_by("title", "id")]
    if kind == "lodestar":
        rows = Version.objects.filter(_ALONE, document__is_own=True).select_related("document", "added_by")
        return [rows.order_by("document__title", "id")]
    if kind == "searches":
        words = _open().exclude(words=[]).values("words")
        words = words.annotate(times=Count("id"), last=Max("asked_at"), most_dropped=Max("dropped"), ids=ArrayAgg("id"))
        return [words.order_by("-times", "-last", "words")]
    if kind == "review":
        return [published().filter(review_by__lt=today).order_by("review_by", "title", "id")]
    of = "version__document"
    quoting = _stale().values(document=F(of), title=F(f"{of}__title"), owner=F(f"{of}__owner"))
    return [quoting.annotate(passages=Count("id"), first=Min("number")).order_by("owner", "title", "document")]


def some_waiting(kind: str, today: date, most: int, start: int = 0) -> list[Any]:
    """Of these the first, after so many of them."""
    rows: list[Any] = []
    for part in waiting(kind, today):
        rows += part[start : start + most - len(rows)]
        start = 0 if rows or not start else max(0, start - part.count())
    return rows


def counts(kinds: Iterable[str], today: date) -> dict[str, int]:
    """How many of each kind wait."""
    numbers = {kind: sum(part.count() for part in waiting(kind, today)) for kind in kinds}
    return numbers | {"searches": _open().exclude(words=[]).count()}


def without_a_known_word() -> int:
    """How many searches that wait hold no word that the library knows: of them nothing is kept but that they were."""
    return _open().filter(words=[]).count()


def past_their_review(today: date) -> dict[str, int]:
    """How many facts that no longer hold, and entries of the thesaurus, are in use past their review date."""
    past: dict[str, Any] = {"is_used": True, "review_by__lt": today}
    return {"facts": StaleFact.objects.filter(**past).count(), "words": ThesaurusEntry.objects.filter(**past).count()}


def every_fact() -> list[tuple[StaleFact, int]]:
    """The facts that no longer hold, those in use first, each with how many published passages quote it."""
    quoted = Counter(code for codes in _stale().values_list("stale", flat=True) for code in codes)
    return [(row, quoted[row.code]) for row in StaleFact.objects.order_by("-is_used", "called", "code")]


def title_of(file_name: str) -> str:
    """The title of the document that came as a file of this name; nothing where none did."""
    document = document_called(file_name)
    return document.title if document else ""


def others(document: Document, most: int) -> list[str]:
    """The titles of other published documents, which a box offers while somebody writes which one a document replaces."""
    return list(published().exclude(id=document.id).order_by("title", "id").values_list("title", flat=True)[:most])


def replaceable_documents(written: str, document: Document) -> list[Document]:
    """What a document may replace by a name, that of a file or else two at most of that title: what is published, and what it
    replaces already, whatever became of that."""
    return documents_called(written, Document.objects.filter(Q(id__in=published()) | Q(id=document.supersedes_id)))


def documents_called(written: str, rows: QuerySet[Document]) -> list[Document]:
    """Of these documents the one of a file of this name, or else two at most of that title."""
    by_file_name = rows.filter(file_name=clean_file_name(written)).first()
    return [by_file_name] if by_file_name else list(rows.filter(title__iexact=written).order_by("id")[:2])


def leads_to(former: Document, document: Document) -> bool:
    """Whether a document, or one that it replaces in turn, is this one: they would replace each other."""
    seen: set[Any] = set()
    earlier: Document | None = former
    while earlier is not None and earlier.id not in seen and earlier.id != document.id:
        seen.add(earlier.id)
        earlier = earlier.supersedes
    return earlier is not None and earlier.id == document.id


def groups() -> list[tuple[str, int]]:
    """The groups of the thesaurus, with how many entries of each are used."""
    rows = ThesaurusEntry.objects.values("group").annotate(used=Count("id", filter=Q(is_used=True)))
    return [(row["group"], row["used"]) for row in rows.order_by("group")]


def entries(group: str, start: int, most: int) -> list[ThesaurusEntry]:
    """The entries of a group, the used ones first."""
    rows = ThesaurusEntry.objects.filter(group=group).order_by("-is_used", "says", "id")
    return list(rows[start : start + most])


FIRST = timedelta(days=30)  # how far back the first newsletter looks


def newsletters(most: int) -> list[Version]:
    """The newsletters of the force that are published, the latest first."""
    rows = Version.objects.filter(state="published", document__topics__contains=[TOPIC]).select_related("document")
    return list(rows.order_by("-published_at", "id")[:most])


def since(now: datetime) -> datetime:
    """From when on what changed is news: since the last newsletter that the force published was written. What came while it
    waited for its second person is not in it."""
    own = Version.objects.filter(document__topics__contains=[TOPIC], document__origin="force", published_at__isnull=False)
    last = own.order_by("-added_at").values_list("added_at", flat=True).first()
    return last or now - FIRST


def changed(begin: datetime, most: int) -> list[tuple[str, Item]]:
    """What changed in the library since a moment, each with the id of its version: published or withdrawn, the latest first.
    What the regional co-ordinator sent is among it; Lodestar's own pages and newsletters of the force are not."""
    own = Q(document__topics__contains=[TOPIC], document__origin="force") | Q(document__is_own=True)
    came = Q(state="published", published_at__gt=begin) | Q(state="withdrawn", withdrawn_at__gt=begin)
    rows = Version.objects.filter(came).exclude(own).select_related("document")
    return [(str(row.id), _item(row)) for row in rows.order_by("-published_at", "id")[:most]]


def _item(row: Version) -> Item:
    path = f"/guidance/documents/{row.document_id}"
    if row.state == "withdrawn":
        return Item(row.document.title, "Withdrawn: no longer in use.", path)
    if row.document.origin == "regional":
        return Item(row.document.title, "From the regional co-ordinator.", path)
    return Item(row.document.title, "New in the library." if row.number == 1 else f"A new version, number {row.number}.", path)


def reader(user: UUID) -> NewsletterReader | None:
    """What somebody said about newsletters by e-mail; None where they said nothing."""
    return NewsletterReader.objects.filter(user_id=user).first()


def address_of(user: UUID) -> str:
    """The e-mail address that somebody has with the force; empty for none."""
    return User.objects.values_list("email", flat=True).get(id=user)


def addresses(today: date) -> list[str]:
    """The addresses of those who want newsletters, sign in still, and have a place in the force today."""
    here = Membership.objects.filter(user=OuterRef("user"), from_date__lte=today)
    here = here.filter(Q(to_date__isnull=True) | Q(to_date__gte=today))
    rows = NewsletterReader.objects.filter(Exists(here), is_wanted=True, user__is_active=True).exclude(user__email="")
    return sorted(set(rows.values_list("user__email", flat=True)))


def mailing_of(version: Version) -> Mailing | None:
    """Whether a newsletter was asked to be sent, and what became of it."""
    return Mailing.objects.filter(version=version).first()


def waiting_mailings() -> list[Mailing]:
    """The newsletters that wait to be sent, each locked for whoever sends it. A withdrawn one is sent no more."""
    rows = Mailing.objects.filter(went_at__isnull=True, version__state="published").select_for_update(of=("self",))
    return list(rows.select_related("version__document").order_by(F("asked_at").asc()))


def text_of(version: Version) -> str:
    """The words of a version, one passage after another, each with what no longer holds of it."""
    parts = []
    for text, stale in Passage.objects.filter(version=version).order_by("number").values_list("text", "stale"):
        parts.append(text)
        parts += [f"This {fact.warning()}." for fact in (facts() if stale else ()) if fact.code in stale]
    return "\n\n".join(parts)


def is_newsletter(document: Document) -> bool:
    """Whether a document is a newsletter of the force."""
    return TOPIC in document.topics and document.origin == "force"
