"""What an editor does for the search: the thesaurus, and what becomes of searches without an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.knowledge.search.models import Search, SearchFeedback, ThesaurusEntry
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.request_cache import forget


def deal_with(*, by: Member, at: datetime, row: Search | SearchFeedback, done: str) -> None:
    """Says what was done about a search without an answer, or about a document that did not answer.

    Whoever else looked for the same words and has no answer yet is dealt with too.
    """
    row.dealt_with_at, row.dealt_with = timezone.now(), done
    row.save(update_fields=["dealt_with_at", "dealt_with"])
    if isinstance(row, Search):
        same = Search.objects.filter(words=row.words, has_answer=False, dealt_with_at__isnull=True)
        same.update(dealt_with_at=row.dealt_with_at, dealt_with=done)
    audit("guidance.dealt_with", by=by, at=at, subject=str(row.id))


def keep_words(*, by: Member, at: datetime, entry: ThesaurusEntry | None, fields: Mapping[str, Any]) -> ThesaurusEntry:
    """Adds an entry of the thesaurus, or changes one, which is then the force's own and used again."""
    row = entry or ThesaurusEntry()
    for name, value in fields.items():
        setattr(row, name, value)
    row.group, row.owner, row.is_used = row.group or "the force's own", row.owner or by.name, True
    return _save_entry(by, at, row)


def end_words(*, by: Member, at: datetime, entry: ThesaurusEntry) -> ThesaurusEntry:
    """Takes an entry out of use. It is kept, so that the list that comes with Lodestar does not bring it back."""
    entry.is_used = False
    return _save_entry(by, at, entry)


def _save_entry(by: Member, at: datetime, row: ThesaurusEntry) -> ThesaurusEntry:
    row.changed_at, row.changed_by_id, row.as_shipped = timezone.now(), by.user, False
    row.save()
    forget("guidance.thesaurus")
    audit("guidance.words_changed", by=by, at=at, subject=str(row.id))
    return row
