"""What is new for somebody, and to whom a digest is due."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat

from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Shift
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import BETWEEN_TOURS, at_work, set_number
from lodestar.platform.design.words import count
from lodestar.platform.notices.access import notices_of, unopened
from lodestar.platform.notices.kinds import KINDS
from lodestar.platform.notices.models import DigestChoice, Notice
from lodestar.platform.text.paging import Place
from lodestar.platform.time.days import london_date

SHOWN = 5  # in the panel
MOST_READ = 200  # unopened ones that are counted


@dataclass(frozen=True)
class NoticeLine:
    """One line of what is new: the same thing about several people of one case is one line."""

    id: UUID
    kind: str
    sentence: str
    by: str
    at: datetime
    reference: str
    people: int
    is_opened: bool
    cases: int = 1  # of several it leads to the page of all


def as_lines(rows: Iterable[Notice]) -> list[NoticeLine]:
    """Notices, the latest first, as lines: those of one kind about one case are one line, where the latest of them stands."""
    groups: dict[object, list[Any]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.case, row.opened_at) if row.case else row.id, []).append(row)
    return [
        NoticeLine(
            latest.id, latest.kind, KINDS[latest.kind].sentence, latest.by.name if latest.by else "", latest.at,
            latest.reference or "", len({row.person for row in group} - {None}), latest.opened_at is not None,
        )
        for group in groups.values()
        for latest in group[:1]
    ]  # fmt: skip


def address_of(rows: Sequence[Any]) -> str:
    """Where the notices of one line lead."""
    people, subjects = {row.person for row in rows}, {row.subject for row in rows}
    return KINDS[rows[0].kind].address(
        reference=rows[0].reference or "",
        person=people.pop() if len(people) == 1 else None,
        subject=subjects.pop() if len(subjects) == 1 else "",
    )


def new_rows(member: Member) -> QuerySet[Any, Any]:
    """What the member has not opened, as columns that stand beside those of other things that wait, to be read with them: what
    it is, its id, what `new_panel` reads of it, who gave it, and when."""
    person = Coalesce(Cast("person", CharField()), Value(""))
    about = Concat("kind", Value(" "), Coalesce("reference", Value("")), Value(" "), person)
    return unopened(member).values_list(Value("new"), "id", about, Coalesce("by__name", Value("")), "at")[: MOST_READ + 1]


def new_panel(rows: Iterable[tuple[UUID, str, str, datetime]], now: datetime) -> dict[str, Any]:
    """What *New for you* of a first page shows of `new_rows`: at most five lines, what colleagues did before what a job told,
    which is one line for all cases; and how many there are."""
    latest: dict[object, NoticeLine] = {}
    people: dict[object, set[str]] = defaultdict(set)
    rows = sorted(rows, key=lambda row: (row[3], row[0]), reverse=True)
    for key, about, by, at in rows[:MOST_READ]:
        kind, reference, person = about.split(" ")
        line = (kind, reference) if reference else key
        people[line] |= {person} - {""}
        latest.setdefault(line, NoticeLine(key, kind, KINDS[kind].sentence, by, at, reference, 0, False))
    lines = [replace(one, people=len(people[line])) for line, one in latest.items()]
    how_many = f"over {len(lines)}" if len(rows) > MOST_READ else count(len(lines))
    by_job = Counter(line.kind for line in lines if not line.by and line.reference)
    first = {line.kind: replace(line, cases=by_job[line.kind]) for line in reversed(lines) if not line.by and line.reference}
    shown = [line for line in lines if line.by or not line.reference] + list(first.values())
    return {"lines": shown[:SHOWN], "how_many": how_many, "now": now}


def new_for_you(member: Member, now: datetime) -> dict[str, Any]:
    """The same by itself, in one query."""
    return new_panel([row[1:] for row in new_rows(member)], now)


def in_one_line(member: Member, notice: Notice) -> list[Notice]:
    """All that is shown in the line of this notice."""
    rows = notices_of(member).filter(kind=notice.kind, case=notice.case, opened_at=notice.opened_at)
    return list(rows) if notice.case else [notice]


def page_of(member: Member, most: int, after: Place | None, *, is_opened_too: bool) -> list[Notice]:
    """The latest notices of the member after a place in that list, opened ones too or not."""
    rows = notices_of(member) if is_opened_too else unopened(member)
    if after is not None and after.at is not None:
        rows = rows.filter(at__lte=after.at).filter(Q(at__lt=after.at) | Q(id__lt=after.id))
    return list(rows[:most])


# --- the digest ------------------------------------------------------------------------------------------------------


def wants_digest(user: UUID) -> bool:
    """Whether somebody wants the e-mails; those who said nothing do."""
    return not DigestChoice.objects.filter(user_id=user, is_wanted=False).exists()


@dataclass(frozen=True)
class Digest:
    """One e-mail that is due: to whom, how many things are new since `previous`, when the last one went."""

    user: UUID
    email: str
    number: int
    previous: datetime | None


def digests_due(now: datetime, most: int) -> Iterator[Digest]:
    """To whom an e-mail is due: who has something new since the last one, at least as many hours ago as the force has set, can
    sign in, has not switched them off, and is not known to be off duty."""
    before = now - timedelta(hours=set_number("digest_hours", london_date(now)))
    rows = Notice.objects.filter(opened_at__isnull=True).values("to").annotate(latest=Max("at")).order_by()
    latest = dict(rows.values_list("to", "latest"))
    choices = {row.user_id: row for row in DigestChoice.objects.filter(user__in=latest)}
    sent = {user: row.sent_at for user, row in choices.items() if row.is_wanted and row.sent_at}
    users = {
        user for user, at in latest.items()
        if (user not in choices or choices[user].is_wanted) and (user not in sent or sent[user] <= min(before, at))
    }  # fmt: skip
    members = at_work(Permission.SIGNED_IN).filter(user__in=users - off_duty(users, now)).exclude(user__email="")
    for membership in members[:most]:
        previous = sent.get(membership.user_id)
        rows_of = unopened(member_from(membership))
        number = len(as_lines((rows_of.filter(at__gt=previous) if previous else rows_of)[:MOST_READ]))
        if number:
            yield Digest(membership.user_id, membership.user.email, number, previous)


def off_duty(users: Collection[UUID], now: datetime) -> set[UUID]:
    """Which of these are known to be off duty: their tour ended a short while ago, and no other has begun."""
    tours = Shift.objects.filter(user__in=users, from_at__lte=now, to_at__gt=now - BETWEEN_TOURS)
    ends = tours.values("user").annotate(ends=Max("to_at")).order_by().values_list("user", "ends")
    return {user for user, end in ends if end <= now}
