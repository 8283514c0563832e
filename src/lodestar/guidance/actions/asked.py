"""What was looked for: only words that the library or the thesaurus knows, and nobody's name."""

from datetime import datetime

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.models import DidNotAnswer, Document, Search
from lodestar.record import actions as record


def keep_search(*, words: list[str], dropped: int, found: int, has_answer: bool) -> Search:
    """Keeps that somebody looked for these words, which the caller has freed of all others."""
    return Search.objects.create(
        words=words, dropped=dropped, found=found, has_answer=has_answer, asked_at=timezone.now()
    )


def say_did_not_answer(*, by: Member, at: datetime, document: Document, words: list[str]) -> DidNotAnswer:
    """Somebody says that a result did not answer what they looked for; the words are freed of all others by the caller."""
    row = DidNotAnswer.objects.create(document=document, words=words, said_at=at)
    record.append("guidance.did_not_answer", by=by.user, role=by.role, at=at, subject=str(document.id))
    return row


def say_none_answered(*, by: Member, at: datetime, words: list[str], found: int) -> Search:
    """Somebody says that none of the results answered: one more search without a good answer, which the owner sees."""
    row = keep_search(words=words, dropped=0, found=found, has_answer=False)
    record.append("guidance.did_not_answer", by=by.user, role=by.role, at=at, subject=str(row.id))
    return row
