"""What an editor keeps for the search: the thesaurus, facts that no longer hold, and what becomes of searches without answer."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.models import Passage, Search, SearchFeedback, StaleFact, ThesaurusEntry, Version
from lodestar.guidance.queries.force import facts
from lodestar.guidance.rules.superseded import stated
from lodestar.kernel.ids import new_id
from lodestar.record import actions as record
from lodestar.tenancy.request_cache import forget


def deal_with(*, by: Member, at: datetime, row: Search | SearchFeedback, done: str) -> None:
    """Says what was done about a search without an answer, or about a document that did not answer.

    Whoever else looked for the same words and has no answer yet is dealt with too.
    """
    row.dealt_with_at, row.dealt_with = timezone.now(), done
    row.save(update_fields=["dealt_with_at", "dealt_with"])
    if isinstance(row, Search):
        same = Search.objects.filter(words=row.words, has_answer=False, dealt_with_at__isnull=True)
        same.update(dealt_with_at=row.dealt_with_at, dealt_with=done)
    record.append("guidance.dealt_with", by=by.user, role=by.role, at=at, subject=str(row.id))


def keep_words(
    *,
    by: Member,
    at: datetime,
    entry: ThesaurusEntry | None,
    says: list[str],
    means: list[str],
    both_ways: bool,
    group: str,
    owner: str,
    review_by: date,
) -> ThesaurusEntry:
    """Adds an entry of the thesaurus, or changes one, which is then the force's own and used again."""
    row = entry or ThesaurusEntry()
    row.says, row.means, row.both_ways, row.review_by = says, means, both_ways, review_by
    row.group, row.owner, row.is_used = group or "the force's own", owner or by.name, True
    return _save_entry(by, at, row)


def end_words(*, by: Member, at: datetime, entry: ThesaurusEntry) -> ThesaurusEntry:
    """Takes an entry out of use. It is kept, so that the list that comes with Lodestar does not bring it back."""
    entry.is_used = False
    return _save_entry(by, at, entry)


def _save_entry(by: Member, at: datetime, row: ThesaurusEntry) -> ThesaurusEntry:
    row.changed_at, row.changed_by_id, row.as_shipped = timezone.now(), by.user, False
    row.save()
    forget("guidance.thesaurus")
    record.append("guidance.words_changed", by=by.user, role=by.role, at=at, subject=str(row.id))
    return row


AT_ONCE = 1_000


def keep_fact(*, by: Member, at: datetime, fact: StaleFact | None, fields: Mapping[str, Any]) -> StaleFact:
    """Adds a fact that no longer holds, or changes one, which is then used again. `said` are the fields of the record."""
    row = fact or StaleFact(code=f"own_{new_id().hex[-12:]}")
    for name, value in fields.items():
        setattr(row, name, value)
    row.owner, row.is_used = row.owner or by.name, True
    return _save_fact(by, at, row)


def end_fact(*, by: Member, at: datetime, fact: StaleFact) -> StaleFact:
    """Takes a fact out of use: no passage is marked with it any more. It is kept, with its dates."""
    fact.is_used = False
    return _save_fact(by, at, fact)


def mark_anew(version: Version) -> None:
    """Marks the passages of a version by the facts of today, where one changed since they were taken in."""
    if StaleFact.objects.filter(changed_at__gt=version.added_at).exists():
        _mark(Passage.objects.filter(version=version))


def mark_published() -> None:
    """Marks every published passage by the facts of today."""
    _mark(Passage.objects.filter(version__state="published"))


def _save_fact(by: Member, at: datetime, row: StaleFact) -> StaleFact:
    row.changed_at, row.changed_by_id, row.as_shipped = timezone.now(), by.user, False
    row.save()
    forget("guidance.facts")
    mark_published()
    record.append("guidance.fact_changed", by=by.user, role=by.role, at=at, subject=str(row.id))
    return row


def _mark(passages: QuerySet[Passage]) -> None:
    known_facts, changed = facts(), []
    for passage in passages.iterator():
        codes = [fact.code for fact in stated(passage.text, known_facts)]
        if sorted(passage.stale) != codes:
            passage.stale = codes
            changed.append(passage)
    Passage.objects.bulk_update(changed, ["stale"], batch_size=AT_ONCE)
