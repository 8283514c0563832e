"""Giving notice, opening a notice, and saying whether one wants the digest."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from lodestar.platform.accounts.access import Member
from lodestar.platform.notices.kinds import KINDS
from lodestar.platform.notices.models import DigestChoice, Notice
from lodestar.platform.notices.queries import notices_of


def notify(
    *, to: Iterable[UUID], kind: str, by: Member | None, at: datetime, case: UUID | None = None, person: UUID | None = None,
    subject: str = "",
) -> None:  # fmt: skip
    """Gives these users notice of what `by` did, or a job where that is None, in the transaction of the act itself. Nobody is
    told of what they did themselves, and a notice that is still unopened is not given twice. Raises KeyError for a kind that no
    app registered."""
    code = KINDS[kind].code
    recipients = sorted(set(to) - ({by.user} if by else set()))
    Notice.objects.bulk_create(
        (
            Notice(to_id=user, kind=code, by_id=by.user if by else None, at=at, case=case, person=person, subject=subject)
            for user in recipients
        ),
        ignore_conflicts=True,
    )


def open_notice(*, by: Member, at: datetime, notice: Notice) -> None:
    """Marks a notice as opened, and with it those of the same kind about the same case: they are shown as one."""
    rows = Notice.objects.filter(id=notice.id)
    if notice.case:
        rows = Notice.objects.filter(to_id=by.user, kind=notice.kind, case=notice.case)
    rows.filter(opened_at__isnull=True).update(opened_at=at)


def open_all(*, by: Member, at: datetime) -> None:
    """Marks as opened all that the member is shown and had not opened. What they do not see any more stays as it is."""
    ids = list(notices_of(by).filter(opened_at__isnull=True).values_list("id", flat=True))
    Notice.objects.filter(id__in=ids).update(opened_at=at)


def choose_digest(*, by: Member, is_wanted: bool) -> None:
    """Switches the e-mails that say how many notices are new on or off for the member."""
    DigestChoice.objects.update_or_create(user_id=by.user, defaults={"is_wanted": is_wanted})
