"""Giving notice, opening notices, and the e-mails that say how many are new."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.notices.kinds import KINDS
from lodestar.platform.notices.models import DigestChoice, Notice
from lodestar.platform.notices.queries import Digest


def notify(
    *, to: Iterable[UUID], kind: str, by: Member | None, at: datetime, case: UUID | None = None, person: UUID | None = None,
    subject: str = "",
) -> None:  # fmt: skip
    """Gives these users notice of what `by` did, or a job where that is None, in the transaction of the act itself. Nobody is
    told of what they did themselves, and a notice that is still unopened is not given twice. Raises KeyError for a kind that no
    app registered."""
    code = KINDS[kind].code
    recipients = set(to) - ({by.user} if by else set())
    if not recipients:
        return
    Notice.objects.bulk_create(
        (
            Notice(to_id=user, kind=code, by_id=by.user if by else None, at=at, case=case, person=person, subject=subject)
            for user in sorted(recipients)
        ),
        ignore_conflicts=True,
    )


def open_notices(*, by: Member, at: datetime, notices: Iterable[Notice]) -> None:
    """Marks these of the member's as opened."""
    ids = [row.id for row in notices]
    Notice.objects.filter(to_id=by.user, id__in=ids, opened_at__isnull=True).update(opened_at=at)


def choose_digest(*, by: Member, is_wanted: bool) -> None:
    """Switches the e-mails that say how many things are new on or off for the member."""
    DigestChoice.objects.update_or_create(user_id=by.user, defaults={"is_wanted": is_wanted})


def claim_digest(digest: Digest, at: datetime) -> bool:
    """Writes down that an e-mail goes out at `at`, before it does: whether nobody else did so meanwhile."""
    DigestChoice.objects.bulk_create([DigestChoice(user_id=digest.user)], ignore_conflicts=True)
    rows = DigestChoice.objects.filter(user_id=digest.user, is_wanted=True, sent_at=digest.previous)
    return bool(rows.update(sent_at=at))


def release_digest(digest: Digest, at: datetime) -> None:
    """Takes back that an e-mail went out at `at`, because it did not: the next run sends it."""
    DigestChoice.objects.filter(user_id=digest.user, sent_at=at).update(sent_at=digest.previous)
