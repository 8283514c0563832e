"""The register of referrals, a page after a key, with its clocks; and which checks of the form were open, by quarter.

It stays as quick at twenty thousand as at twenty: each list is one stretch of one index, each count stops at two hundred.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from lodestar.casework.cases.access import own_seals, sees_cases, visible
from lodestar.casework.cases.models import SealOwner
from lodestar.casework.ledger.models import REFERRAL_CLOCKS, Obligation
from lodestar.casework.referrals.models import STATES, Pairing, Referral, ReferralReference, ReferralStatus
from lodestar.casework.referrals.rules import FIRST
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Unit
from lodestar.platform.design.words import MOST_COUNTED
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.text.paging import Place
from lodestar.platform.time.days import start_of_day


class _HowMany(Subquery):
    """How many rows a query gives, as a column of another: what ends at a limit is counted no further."""

    template = "(select count(*) from (%(subquery)s) counted)"
    output_field = IntegerField()


def how_many(tenant: str, lists: Mapping[str, QuerySet[Any, Any]], hidden: Mapping[str, int]) -> dict[str, int]:
    """How many rows each list has up to two hundred and one, less those of it that are `hidden` from whoever asks.

    One statement for all; each list stops where its answer would not change any more.
    """
    parts = {f"of_{name}": _HowMany(rows.values("id")[: MOST_COUNTED + 1 + hidden.get(name, 0)]) for name, rows in lists.items()}
    counts = Tenant.objects.filter(slug=tenant).annotate(**parts).values(*parts).get()
    return {name: counts[f"of_{name}"] - hidden.get(name, 0) for name in lists}


RETURNED, LATE, ALL = "returned", "late", "all"
MOST_UNITS = 40  # of which one is chosen from a list


Line = tuple[ReferralStatus, Obligation | None, str, Pairing | None]


class Register:
    """The referrals of one direction that one member may know of."""

    def __init__(self, member: Member, direction: str, unit: UUID | None = None) -> None:
        self.member, self.direction, self.unit = member, direction, unit
        rows = ReferralStatus.objects.filter(direction=direction)
        self.rows = (rows.filter(unit=unit) if unit else rows) if sees_cases(member) else rows.none()

    def page(self, show: str, now: datetime, most: int, after: Place | None) -> list[ReferralStatus]:
        """The first `most` rows after a place: the newest first, of what is late the longest overdue first."""
        if show == LATE:
            return self._late(now, most, after)
        rows = self.rows.filter(returned=True) if show == RETURNED else self.rows
        rows = rows.filter(state=show) if show in dict(STATES) else rows
        if after is not None and after.at is not None:
            rows = rows.filter(sent_at__lte=after.at).filter(Q(sent_at__lt=after.at) | Q(id__lt=after.id))
        return list(self._seen(rows).order_by("-sent_at", "-id")[:most])

    def _seen(self, rows: QuerySet[ReferralStatus]) -> QuerySet[ReferralStatus]:
        visible_rows = rows.filter(visible(self.member, "referral__person__case__"))
        return visible_rows.select_related("referral__person__case", "unit")

    def _late(self, now: datetime, most: int, after: Place | None) -> list[ReferralStatus]:
        """By what is overdue of their people, each of whom stands once, by what is overdue longest; of several referrals of
        one person the latest stands for them."""
        late = late_clocks(now)
        longer = late.filter(Q(due_at__lt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), id__lt=OuterRef("id")))
        longer = longer.filter(case=OuterRef("case"), person=OuterRef("person"))
        theirs = self.rows.filter(referral__person=OuterRef("person"))
        late = late.filter(Exists(theirs), ~Exists(longer)).filter(visible(self.member, "case__"))
        if after is not None and after.at is not None:
            late = late.filter(due_at__gte=after.at).filter(Q(due_at__gt=after.at) | Q(id__gt=after.id))
        places = {
            person: Place(due, obligation_id)
            for person, due, obligation_id in late.order_by("due_at", "id").values_list("person", "due_at", "id")[:most]
        }
        rows = self._seen(self.rows.filter(referral__person__in=list(places))).order_by("sent_at", "id")
        latest = {row.referral.person_id: row for row in rows}
        shown = [latest[person] for person in places if person in latest]
        for row in shown:
            row.late_place = places[row.referral.person_id]  # type: ignore[attr-defined]  # where the next page begins
        return shown

    def counts(self, now: datetime) -> Mapping[str, int]:
        """How many there are of each state, returned and in all, up to two hundred and one, without what is sealed from the
        member. One statement for what is there, one for what is sealed."""
        if self.rows.query.is_empty():
            return {}
        asked = {code: Q(state=code) for code, _ in STATES} | {RETURNED: Q(returned=True), ALL: Q()}
        return how_many(self.member.tenant, {name: self.rows.filter(of) for name, of in asked.items()}, self._hidden())

    def _hidden(self) -> dict[str, int]:
        """How many of each are of sealed cases that are not the member's. Few cases are sealed, and each has named owners."""
        sealed = self.rows.filter(referral__person__case__in=SealOwner.objects.values("case"))
        sealed = sealed.filter(referral__person__case__sealed=True)
        hidden: dict[str, int] = {}
        theirs = sealed.exclude(referral__person__case__in=own_seals(self.member))
        for state, returned, number in theirs.values_list("state", "returned").annotate(number=Count("id")):
            for name in (state, ALL, *([RETURNED] if returned else [])):
                hidden[name] = hidden.get(name, 0) + number
        return hidden


def late_clocks(now: datetime) -> QuerySet[Obligation]:
    """What of the clocks of referrals is overdue, in the order of its index."""
    return Obligation.objects.filter(state="open", code__in=REFERRAL_CLOCKS, due_at__lt=now, person__isnull=False)


def lines(rows: Sequence[ReferralStatus], now: datetime) -> list[Line]:
    """The rows, each with the soonest of its clocks that is open, the reference last written, and its pairing."""
    people = [row.referral.person_id for row in rows]
    clocks: dict[UUID, Obligation] = {}
    open_ones = Obligation.objects.filter(person__in=people, code__in=REFERRAL_CLOCKS, state="open", opens_at__lte=now)
    for obligation in open_ones.order_by(F("due_at").desc(nulls_first=True), "-id"):
        if obligation.person_id:
            clocks[obligation.person_id] = obligation
    written = ReferralReference.objects.filter(referral__in=[row.referral_id for row in rows])
    references = {row.referral_id: row.reference for row in written.order_by("recorded_at", "id")}
    pairings = {row.person_id: row for row in Pairing.objects.filter(person__in=people)}
    return [
        (row, clocks.get(row.referral.person_id), references.get(row.referral_id, ""), pairings.get(row.referral.person_id))
        for row in rows
    ]


def units() -> list[Unit]:
    """The units of the force to choose from, by name; none where there are more than fit on a page: one is then named."""
    all_units = list(Unit.objects.order_by("name", "id")[: MOST_UNITS + 1])
    return all_units if len(all_units) <= MOST_UNITS else []


def unit_asked(words: str) -> Unit | None:
    """The unit of this id, or of this name; else the only one whose name begins so. None for anything else."""
    words = words.strip()[:120]
    with suppress(ValueError):
        return Unit.objects.filter(id=UUID(words)).first()
    candidates = list(Unit.objects.filter(name__istartswith=words).order_by(Length("name"), "id")[:2]) if words else []
    is_one = len(candidates) == 1 or (candidates and candidates[0].name.casefold() == words.casefold())
    return candidates[0] if is_one else None


def place_of(row: Any, show: str) -> Place:
    """The place after which the next page begins, in the order of the list that is shown."""
    return row.late_place if show == LATE else Place(row.sent_at, row.id)


NO_CHECK = ""  # the count of those in which no check was open
FEW = 5  # a team that sent fewer is not counted apart, and a smaller number not shown: it may be one person


@dataclass
class Tally:
    """How many were sent, and in how many each check was open; NO_CHECK counts those in which none was."""

    sent: int = 0
    checks: Counter[str] = field(default_factory=Counter)


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_after(first: date, number: int = 1) -> date:
    """The first day of the quarter so many after this one; before it for a number below nought."""
    months = first.year * 12 + first.month - 1 + 3 * number
    return date(months // 12, months % 12 + 1, 1)


def by_team(first: date) -> Mapping[str, Tally]:
    """What each team sent in the quarter from this day, by its name."""
    return dict(sorted(_counted(first, "unit__name").items()))


def by_outcome(first: date) -> Mapping[str, Tally]:
    """What was sent by what was decided first: rg_positive, rg_negative, or nothing yet (an empty name)."""
    return {name: Tally() for name in (*FIRST, "")} | _counted(first, "first")


def _counted(first: date, by: str) -> dict[str, Tally]:
    """What we sent in the quarter and wrote here, so that its checks are known, without what is sealed: counted by the database
    from one table, so that it takes as long however many there are in other quarters."""
    begins, ends = (start_of_day(day) for day in (first, quarter_after(first)))
    sealed = SealOwner.objects.filter(case__sealed=True).values("case")
    rows = ReferralStatus.objects.filter(
        direction="made_by_us", sent_at__gte=begins, sent_at__lt=ends, open_checks__isnull=False
    ).exclude(referral__in=Referral.objects.filter(person__case__in=sealed).values("id"))
    none_open = Count("id", filter=Q(open_checks=[]))
    sent = rows.values(by).annotate(sent=Count("id"), none=none_open).values_list(by, "sent", "none")
    tallies = {name: Tally(number, Counter({NO_CHECK: none} if none else {})) for name, number, none in sent}
    each = rows.annotate(open_check=Func(F("open_checks"), function="unnest", output_field=CharField()))
    for name, check, open_in in each.values_list(by, "open_check").annotate(open_in=Count("id")):
        tallies[name].checks[check] += open_in
    return tallies


def quarter_asked(words: str, now: datetime) -> date:
    """The quarter named like `2026-4`, not after that of `now`; that of `now` for anything else."""
    current = quarter_of(start_of_day(now.date()).date())
    year, _, number = words.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")) or year < "2015":
        return current
    return min(date(int(year), int(number) * 3 - 2, 1), current)
