"""What was looked for: only words that the library or the thesaurus knows, and nobody's name."""

from django.utils import timezone

from lodestar.guidance.models import DidNotAnswer, Document, Search


def keep_search(*, words: list[str], dropped: int, found: int, has_answer: bool) -> Search:
    """Keeps that somebody looked for these words, which the caller has freed of all others."""
    return Search.objects.create(
        words=words, dropped=dropped, found=found, has_answer=has_answer, asked_at=timezone.now()
    )


def say_did_not_answer(*, document: Document, words: list[str]) -> DidNotAnswer:
    """Somebody says that a result did not answer what they looked for; the words are freed of all others by the caller. The log
    has no line of it: one at the same moment would say who it was."""
    return DidNotAnswer.objects.create(document=document, words=words, said_at=timezone.now())


def say_none_answered(*, words: list[str], found: int) -> Search:
    """Somebody says that none of the results answered: one more search without a good answer, which the owner sees. The log has
    no line of it either."""
    return keep_search(words=words, dropped=0, found=found, has_answer=False)
