"""What readers do: they read, understand, and are shown guidance at a step."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.models.library import Reading, Version
from lodestar.record import actions as record


def open_version(*, by: Member, at: datetime, version: Version) -> Reading:
    """Keeps that somebody opened a version, once, with the moment of the first time."""
    row, _ = Reading.objects.get_or_create(
        version=version, user_id=by.user, defaults={"unit_id": by.unit, "opened_at": at}
    )
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
        record.append("guidance.understood", by=by.user, role=by.role, at=at, subject=str(version.id))
    return row


def show_at_step(*, by: Member, at: datetime, case: UUID, step: str, versions: Iterable[UUID]) -> None:
    """Writes down which versions stood beside what is owed in a case. `step` is the code of the rule."""
    with record.appended():  # in one statement
        for version in versions:
            record.append("guidance.shown", by=by.user, role=by.role, at=at, case=case, subject=str(version), fields=[step])






