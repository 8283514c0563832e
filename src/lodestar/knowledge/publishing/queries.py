"""What waits for the editors: searches without an answer, documents past their review, versions on their way, words."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from lodestar.knowledge.library.models import Document, Passage, StaleFact, Version
from lodestar.knowledge.library.queries.documents import document_called
from lodestar.knowledge.library.queries.facts import facts
from lodestar.knowledge.library.queries.library import published
from lodestar.knowledge.library.rules.documents import clean_file_name
from lodestar.knowledge.publishing.models import TOPIC, Mailing, NewsletterReader
from lodestar.knowledge.publishing.rules import Item
from lodestar.knowledge.search.models import Search, SearchFeedback, ThesaurusEntry
from lodestar.platform.accounts.models import Membership, User


def on_their_way(most: int, start: int = 0) -> list[Version]:
    """Versions that wait for a second person, after so many of them: drafts, approved ones, and those published without one."""
    rows = _on_their_way().select_related("document", "added_by").order_by(F("state").asc(), "added_at", "id")
    return list(rows[start : start + most])


def how_many_on_their_way() -> int:
    """How many versions wait for a second person."""
    return _on_their_way().count()


_ALONE = Q(state="published", is_alone=True, confirmed_at__isnull=True)


def _on_their_way() -> QuerySet[Version]:
    return Version.objects.filter(Q(state__in=("draft", "approved")) | (_ALONE & Q(document__is_own=False)))


def _of_lodestar() -> QuerySet[Version]:
    return Version.objects.filter(_ALONE, document__is_own=True)


def of_lodestar(most: int, start: int = 0) -> list[Version]:
    """The project's own pages that nobody of the force has confirmed, by title, after so many of them."""
    rows = _of_lodestar().select_related("document", "added_by").order_by("document__title", "id")
    return list(rows[start : start + most])


def _open() -> QuerySet[Search]:
    return Search.objects.filter(has_answer=False, dealt_with_at__isnull=True)


def unanswered(most: int, start: int = 0) -> list[dict[str, Any]]:
    """Words without a good answer that nobody has dealt with, after so many of them: those asked most often first. Each
    with its `words`, how many `times`, the `last` time, the most words that were `dropped`, and the searches (`ids`)."""
    rows = _open().exclude(words=[]).values("words")
    rows = rows.annotate(times=Count("id"), last=Max("asked_at"), most_dropped=Max("dropped"), ids=ArrayAgg("id"))
    return [dict(row) for row in rows.order_by("-times", "-last", "words")[start : start + most]]


def without_a_known_word() -> int:
    """How many searches that wait hold no word that the library knows: of them nothing is kept but that they were."""
    return _open().filter(words=[]).count()


def did_not_answer(most: int, start: int = 0) -> list[SearchFeedback]:
    """Documents that somebody said did not answer them, the latest first."""
    rows = SearchFeedback.objects.filter(dealt_with_at__isnull=True).select_related("document")
    return list(rows.order_by("-said_at", "id")[start : start + most])


def past_review(today: date, most: int, start: int = 0) -> list[Document]:
    """Published documents past their review date, the longest first, after so many of them."""
    return list(published().filter(review_by__lt=today).order_by("review_by", "title", "id")[start : start + most])


def quoting_stale(most: int, start: int = 0) -> list[dict[str, Any]]:
    """Published documents with passages that quote a fact that no longer holds, by owner and title, after so many of them: each
    with its `document`, `title`, `owner`, how many `passages`, and the number of the `first`."""
    of = "version__document"
    rows = _stale().values(document=F(of), title=F(f"{of}__title"), owner=F(f"{of}__owner"))
    rows = rows.annotate(passages=Count("id"), first=Min("number")).order_by("owner", "title", "document")
    return [dict(row) for row in rows[start : start + most]]


def _stale() -> QuerySet[Passage]:
    return Passage.objects.filter(version__state="published").exclude(stale=[])


def every_fact() -> list[tuple[StaleFact, int]]:
    """The facts that no longer hold, those in use first, each with how many published passages quote it."""
    quoted = Counter(code for codes in _stale().values_list("stale", flat=True) for code in codes)
    return [(row, quoted[row.code]) for row in StaleFact.objects.order_by("-is_used", "called", "code")]


def counts(today: date) -> dict[str, int]:
    """How many of each wait."""
    return {
        "on_their_way": _on_their_way().count() + Document.objects.exclude(said_alone={}).count(),
        "lodestar": _of_lodestar().count(),
        "unanswered": _open().exclude(words=[]).count(),
        "did_not_answer": SearchFeedback.objects.filter(dealt_with_at__isnull=True).count(),
        "past_review": published().filter(review_by__lt=today).count(),
        "stale": _stale().values("version__document").distinct().count(),
        "facts_past_review": StaleFact.objects.filter(is_used=True, review_by__lt=today).count(),
    }


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
    rows = Document.objects.filter(Q(id__in=published()) | Q(id=document.supersedes_id))
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


def changed_alone(most: int, start: int = 0) -> list[Document]:
    """Documents of which one editor changed what is said, and nobody has confirmed it, after so many of them."""
    return list(Document.objects.exclude(said_alone={}).order_by("title", "id")[start : start + most])


def groups() -> list[tuple[str, int]]:
    """The groups of the thesaurus, with how many entries of each are used."""
    rows = ThesaurusEntry.objects.values("group").annotate(used=Count("id", filter=Q(is_used=True)))
    return [(row["group"], row["used"]) for row in rows.order_by("group")]


def entries(group: str, start: int, most: int) -> list[ThesaurusEntry]:
    """The entries of a group, the used ones first."""
    rows = ThesaurusEntry.objects.filter(group=group).order_by("-is_used", "says", "id")
    return list(rows[start : start + most])


def words_past_review(today: date) -> int:
    """How many entries in use are past their review date."""
    return ThesaurusEntry.objects.filter(is_used=True, review_by__lt=today).count()


FIRST = timedelta(days=30)  # how far back the first newsletter looks


def newsletters(most: int) -> list[Version]:
    """The newsletters of the force that are published, the latest first."""
    rows = Version.objects.filter(state="published", document__topics__contains=[TOPIC]).select_related("document")
    return list(rows.order_by("-published_at", "id")[:most])


def newsletters_waiting(most: int) -> list[Version]:
    """The newsletters that wait for a second person, the longest waiting first."""
    rows = _on_their_way().filter(document__topics__contains=[TOPIC]).select_related("document")
    return list(rows.order_by("added_at", "id")[:most])


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
