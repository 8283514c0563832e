"""The facts that no longer hold: changed by an editor, and marked in the passages that state them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.models.library import Passage, StaleFact, Version
from lodestar.guidance.queries.facts import facts
from lodestar.guidance.rules.superseded import stated
from lodestar.kernel.ids import new_id
from lodestar.record import actions as record
from lodestar.tenancy.request_cache import forget

AT_ONCE = 1_000


def keep_fact(*, by: Member, at: datetime, fact: StaleFact | None, fields: Mapping[str, Any]) -> StaleFact:
    """Adds a fact that no longer holds, or changes one, which is then used again. `fields` are those of the record."""
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
