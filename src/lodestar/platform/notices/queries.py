"""What is new for somebody, as much as they may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lodestar.platform.accounts.access import Member
from lodestar.platform.design.words import count
from lodestar.platform.notices.kinds import KINDS, cases_seen
from lodestar.platform.notices.models import DigestChoice, Notice
from lodestar.platform.text.paging import Place

SHOWN = 5  # in the panel
MOST_READ = 200  # unopened ones that are counted


@dataclass(frozen=True)
class NoticeLine:
    """One line of what is new: several people of one case in the same thing are one line."""

    id: UUID
    sentence: str
    by: str
    at: datetime
    reference: str
    people: int
    is_opened: bool
    href: str


def notices_of(member: Member) -> QuerySet[Notice]:
    """The member's notices, each with the `reference` of its case; without those about a case that they do not see."""
    seen = cases_seen(member).filter(id=OuterRef("case")).values("reference")[:1]
    rows = Notice.objects.filter(to_id=member.user, kind__in=KINDS).annotate(reference=Subquery(seen))
    return rows.filter(Q(case__isnull=True) | Q(reference__isnull=False))


def notice_of(member: Member, notice: UUID) -> Notice | None:
    """One notice of the member's, None where there is none that they may see."""
    return notices_of(member).filter(id=notice).first()


def unopened(member: Member) -> QuerySet[Notice]:
    """What the member has not opened, the latest first."""
    return notices_of(member).filter(opened_at__isnull=True).select_related("by").order_by("-at", "-id")


def page_of(member: Member, most: int, after: Place | None, *, is_opened_too: bool) -> list[Notice]:
    """The latest notices of the member after a place in that list, opened ones too or not."""
    rows = notices_of(member).select_related("by").order_by("-at", "-id") if is_opened_too else unopened(member)
    if after is not None and after.at is not None:
        rows = rows.filter(at__lte=after.at).filter(Q(at__lt=after.at) | Q(id__lt=after.id))
    return list(rows[:most])


def as_lines(rows: Iterable[Any]) -> list[NoticeLine]:
    """Notices in words: the unopened ones of one kind about one case are one line, where the latest of them is."""
    groups: dict[object, list[Any]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.case, row.opened_at) if row.case else row.id, []).append(row)
    return [_line(group) for group in groups.values()]


def _line(group: list[Any]) -> NoticeLine:
    latest, kind = group[0], KINDS[group[0].kind]
    people = {row.person for row in group if row.person}
    subjects = {row.subject for row in group}
    href = kind.address(
        reference=latest.reference or "",
        person=latest.person if len(people) == 1 else None,
        subject=latest.subject if len(subjects) == 1 else "",
    )
    return NoticeLine(
        id=latest.id, sentence=kind.sentence, by=latest.by.name if latest.by else "", at=latest.at,
        reference=latest.reference or "", people=len(people), is_opened=latest.opened_at is not None, href=href,
    )  # fmt: skip


def new_for_you(member: Member, now: datetime) -> dict[str, Any]:
    """What the panel *New for you* of a first page shows: at most five lines, and how many there are. One query."""
    rows = list(unopened(member)[: MOST_READ + 1])
    lines = as_lines(rows[:MOST_READ])
    return {
        "lines": lines[:SHOWN],
        "how_many": f"over {len(lines)}" if len(rows) > MOST_READ else count(len(lines)),
        "has_more": len(lines) > SHOWN,
        "now": now,
    }


def wants_digest(user: UUID) -> bool:
    """Whether somebody wants the e-mails; those who said nothing do."""
    return not DigestChoice.objects.filter(user_id=user, is_wanted=False).exists()
