"""What waits for the editors: searches without an answer, documents past their review, versions on their way, words."""

from datetime import date

from django.db.models import Count, F, Q

from lodestar.guidance.models import DidNotAnswer, Document, Passage, Search, ThesaurusEntry, Version
from lodestar.guidance.queries.library import published


def on_their_way(most: int) -> list[Version]:
    """Versions that wait for a second person: drafts, approved ones, and those published without one."""
    waits = Q(state__in=("draft", "approved"))
    waits |= Q(state="published", is_alone=True, confirmed_at__isnull=True, document__is_own=False)
    rows = Version.objects.filter(waits).select_related("document", "added_by")
    return list(rows.order_by(F("state").asc(), "added_at", "id")[:most])


def unanswered(most: int) -> list[Search]:
    """Searches without a good answer that nobody has dealt with, the latest first."""
    rows = Search.objects.filter(has_answer=False, dealt_with_at__isnull=True).exclude(words=[])
    return list(rows.order_by("-asked_at", "id")[:most])


def did_not_answer(most: int) -> list[DidNotAnswer]:
    """Documents that somebody said did not answer them, the latest first."""
    rows = DidNotAnswer.objects.filter(dealt_with_at__isnull=True).select_related("document")
    return list(rows.order_by("-said_at", "id")[:most])


def past_review(today: date, most: int) -> list[Document]:
    """Published documents past their review date, the longest first."""
    return list(published().filter(review_by__lt=today).order_by("review_by", "title", "id")[:most])


def stale_passages(most: int) -> list[Passage]:
    """Passages of published versions that quote a fact that no longer holds: of each document the first."""
    rows = Passage.objects.filter(version__state="published").exclude(stale=[]).select_related("version__document")
    return list(rows.order_by("version__document", "number").distinct("version__document")[:most])


def counts(today: date) -> dict[str, int]:
    """How many of each wait."""
    return {
        "unanswered": Search.objects.filter(has_answer=False, dealt_with_at__isnull=True).exclude(words=[]).count(),
        "did_not_answer": DidNotAnswer.objects.filter(dealt_with_at__isnull=True).count(),
        "past_review": published().filter(review_by__lt=today).count(),
        "stale": Passage.objects.filter(version__state="published").exclude(stale=[]).count(),
    }


def title_of(file_name: str) -> str:
    """The title of the document that came as a file of this name; nothing where none did."""
    return Document.objects.filter(file_name=file_name).values_list("title", flat=True).first() or ""


def others(document: Document, most: int) -> list[Document]:
    """The other published documents, by title: which of them a document may replace."""
    return list(Document.objects.exclude(id=document.id).order_by("title", "id")[:most])


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
