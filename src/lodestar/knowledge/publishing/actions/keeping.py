"""What an editor does for the search: the thesaurus, facts that no longer hold, and searches without an answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.knowledge.library.actions import mark_published
from lodestar.knowledge.library.models import StaleFact
from lodestar.knowledge.search.models import Search, ThesaurusEntry
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tenancy.request_cache import forget
from lodestar.platform.text.ids import new_id


def deal_with(*, by: Member, at: datetime, row: Search, done: str) -> None:
    """Says what was done about a search without an answer, and so about whoever else looked for the same words and has none."""
    same = Search.objects.filter(words=row.words, has_answer=False, dealt_with_at__isnull=True)
    same.update(dealt_with_at=timezone.now(), dealt_with=done)
    audit("guidance.dealt_with", by=by, at=at, subject=str(row.id))


Row = ThesaurusEntry | StaleFact


def keep_row(*, by: Member, at: datetime, row: Row, fields: Mapping[str, Any]) -> None:
    """Adds an entry of the thesaurus, or a fact that no longer holds, or changes one, which is then the force's own and used
    again. `fields` are those of the record."""
    for name, value in fields.items():
        setattr(row, name, value)
    if isinstance(row, ThesaurusEntry):
        row.group = row.group or "the force's own"
    else:
        row.code = row.code or f"own_{new_id().hex[-12:]}"
    row.owner, row.is_used = row.owner or by.name, True
    _save(by, at, row)


def end_row(*, by: Member, at: datetime, row: Row) -> None:
    """Takes one out of use. It is kept, with its dates, so that the list that comes with Lodestar does not bring it back."""
    row.is_used = False
    _save(by, at, row)


def _save(by: Member, at: datetime, row: Row) -> None:
    row.changed_at, row.changed_by_id, row.as_shipped = timezone.now(), by.user, False
    row.save()
    if isinstance(row, StaleFact):
        forget("guidance.facts")
        mark_published()
    else:
        forget("guidance.thesaurus")
    code = "guidance.fact_changed" if isinstance(row, StaleFact) else "guidance.words_changed"
    audit(code, by=by, at=at, subject=str(row.id))
