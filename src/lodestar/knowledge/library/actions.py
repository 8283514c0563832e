"""Passages marked with the facts that no longer hold, and who opened and understood which version."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lodestar.knowledge.library.models import Passage, Reading, StaleFact, Version
from lodestar.knowledge.library.queries.library import facts
from lodestar.knowledge.library.rules.documents import stated
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit, audited

AT_ONCE = 1_000


def mark_anew(version: Version) -> None:
    """Marks the passages of a version by the facts of today, where one changed since they were taken in."""
    if StaleFact.objects.filter(changed_at__gt=version.added_at).exists():
        _mark(Passage.objects.filter(version=version))


def mark_published() -> None:
    """Marks every published passage by the facts of today."""
    _mark(Passage.objects.filter(version__state="published"))


def _mark(passages: QuerySet[Passage]) -> None:
    known_facts, changed = facts(), []
    for passage in passages.iterator():
        codes = [fact.code for fact in stated(passage.text, known_facts)]
        if sorted(passage.stale) != codes:
            passage.stale = codes
            changed.append(passage)
    Passage.objects.bulk_update(changed, ["stale"], batch_size=AT_ONCE)


def open_version(*, by: Member, at: datetime, version: Version) -> Reading:
    """Keeps that somebody opened a version, once, with the moment of the first time."""
    row, _ = Reading.objects.get_or_create(version=version, user_id=by.user, defaults={"unit_id": by.unit, "opened_at": at})
    return row


def see_withdrawal(*, by: Member, at: datetime, version: Version) -> None:
    """Keeps that somebody opened a version after it was withdrawn, where its reason stands: they are told of it no more."""
    row = open_version(by=by, at=at, version=version)
    if row.withdrawal_seen_at is None:
        row.withdrawal_seen_at = at
        row.save(update_fields=["withdrawal_seen_at"])


def understand(*, by: Member, at: datetime, version: Version) -> Reading:
    """Somebody says that they have read and understood a version. Saying it again changes nothing."""
    row = open_version(by=by, at=at, version=version)
    if row.understood_at is None:
        row.understood_at = timezone.now()
        row.save(update_fields=["understood_at"])
        audit("guidance.understood", by=by, at=at, subject=str(version.id))
    return row


def show_at_step(*, by: Member, at: datetime, case: UUID, step: str, versions: Iterable[UUID]) -> None:
    """Writes down which versions stood beside what is owed in a case. `step` is the code of the rule."""
    with audited():  # in one statement
        for version in versions:
            audit("guidance.shown", by=by, at=at, case=case, subject=str(version), fields=[step])
