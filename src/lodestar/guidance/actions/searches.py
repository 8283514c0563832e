"""What people looked for, and that it was not answered. Only words that the library knows are kept."""

from django.utils import timezone

from lodestar.guidance.models.library import Document
from lodestar.guidance.models.search import Search, SearchFeedback


def keep_search(*, words: list[str], dropped: int, result_count: int, has_answer: bool) -> Search:
    """Keeps that somebody looked for these words, which the caller has freed of all others."""
    return Search.objects.create(
        words=words, dropped=dropped, found=result_count, has_answer=has_answer, asked_at=timezone.now()
    )


def say_did_not_answer(*, document: Document, words: list[str]) -> SearchFeedback:
    """Somebody says that a result did not answer what they looked for; the words are freed of all others by the caller. The log
    has no line of it: one at the same moment would say who it was."""
    return SearchFeedback.objects.create(document=document, words=words, said_at=timezone.now())


def say_none_answered(*, words: list[str], result_count: int) -> Search:
    """Somebody says that none of the results answered: one more search without a good answer, which the owner sees. The log has
    no line of it either."""
    return keep_search(words=words, dropped=0, result_count=result_count, has_answer=False)
