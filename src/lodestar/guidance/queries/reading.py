"""A document as it is read, and what searches had no answer."""

from collections.abc import Iterable

from lodestar.guidance.models import DidNotAnswer, Document, Passage, Search, Version

AT_ONCE = 20  # passages of a page


def passages_from(version: Version, number: int) -> list[Passage]:
    """The passages of a version from a place on, one more than a page shows."""
    rows = Passage.objects.filter(version=version, number__gte=number).order_by("number")
    return list(rows[: AT_ONCE + 1])


def replaced_by(document: Document) -> Document | None:
    """The published document that replaces this one, if any does."""
    later = Version.objects.select_related("document").filter(state="published", document__supersedes=document).first()
    return later.document if later else None


def unanswered(limit: int) -> list[Search]:
    """Searches without a good answer that nobody has dealt with, the newest first."""
    rows = Search.objects.filter(has_answer=False, dealt_with_at__isnull=True)
    return list(rows.order_by("-asked_at", "-id")[:limit])


def said_not_to_answer(limit: int) -> list[DidNotAnswer]:
    """Results that somebody marked as not answering, the newest first."""
    rows = DidNotAnswer.objects.select_related("document").filter(dealt_with_at__isnull=True)
    return list(rows.order_by("-said_at", "-id")[:limit])


def topics() -> Iterable[str]:
    """The topics of the published documents, in the order of the alphabet."""
    rows = Version.objects.filter(state="published").values_list("document__topics", flat=True)
    return sorted({topic for listed in rows for topic in listed}, key=str.lower)
