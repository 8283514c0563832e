"""The register of referrals: every one that the member may know of, a page after a key, with its clocks. It stays as quick at
twenty thousand as at twenty: each list is one stretch of one index (`models/standing.py`), each count stops at a thousand."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from lodestar.accounts.access import Member
from lodestar.accounts.models import Unit
from lodestar.cases.access import own_seals, sees_cases, visible
from lodestar.cases.models import REFERRAL_CLOCKS, Obligation, SealOwner
from lodestar.kernel.paging import Place
from lodestar.referrals.models import STATES, Pairing, ReferralNow, ReferralReference
from lodestar.referrals.queries.counted import how_many

RETURNED, LATE, ALL = "returned", "late", "all"
MOST_UNITS = 40  # of which one is chosen from a list
CLOCKS = REFERRAL_CLOCKS  # what a referral waits for or is answered by a day, and so can be late; one index holds them


@dataclass(frozen=True)
class Line:
    """One referral with what the list says of it. `clock` is the soonest of what is open; `reference` the last written."""

    now: ReferralNow
    clock: Obligation | None
    reference: str
    pairing: Pairing | None


class Register:
    """The referrals of one direction that one member may know of."""

    def __init__(self, member: Member, direction: str, unit: UUID | None = None) -> None:
        self.member, self.direction, self.unit = member, direction, unit
        rows = ReferralNow.objects.filter(direction=direction)
        self.rows = (rows.filter(unit=unit) if unit else rows) if sees_cases(member) else rows.none()

    def page(self, show: str, now: datetime, most: int, after: Place | None) -> list[ReferralNow]:
        """The first `most` rows after a place: the newest first, of what is late the longest overdue first."""
        if show == LATE:
            return self._late(now, most, after)
        rows = self.rows.filter(returned=True) if show == RETURNED else self.rows
        rows = rows.filter(state=show) if show in dict(STATES) else rows
        if after is not None and after.at is not None:
            rows = rows.filter(sent_at__lte=after.at).filter(Q(sent_at__lt=after.at) | Q(id__lt=after.id))
        return list(self._seen(rows).order_by("-sent_at", "-id")[:most])

    def _seen(self, rows: QuerySet[ReferralNow]) -> QuerySet[ReferralNow]:
        found = rows.filter(visible(self.member, "referral__person__case__"))
        return found.select_related("referral__person__case", "unit")

    def _late(self, now: datetime, most: int, after: Place | None) -> list[ReferralNow]:
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
            person: Place(due, one)
            for person, due, one in late.order_by("due_at", "id").values_list("person", "due_at", "id")[:most]
        }
        rows = self._seen(self.rows.filter(referral__person__in=list(places))).order_by("sent_at", "id")
        latest = {row.referral.person_id: row for row in rows}
        shown = [latest[person] for person in places if person in latest]
        for row in shown:
            row.late_place = places[row.referral.person_id]  # type: ignore[attr-defined]  # where the next page begins
        return shown

    def counts(self, now: datetime) -> Mapping[str, int]:
        """How many there are of each state, returned and in all, up to a thousand and one, without what is sealed from the
        member. One statement for what is there, one for what is sealed."""
        if self.rows.query.is_empty():
            return {}
        asked = {code: Q(state=code) for code, _ in STATES} | {RETURNED: Q(returned=True), ALL: Q()}
        return how_many(self.member.tenant, {name: self.rows.filter(of) for name, of in asked.items()}, self._hidden())

    def _hidden(self) -> dict[str, int]:
        """How many of each are of sealed cases that are not the member's. Few cases are sealed, and each has named owners."""
        sealed = self.rows.filter(referral__person__case__in=SealOwner.objects.values("case"))
        sealed = sealed.filter(referral__person__case__sealed=True)
        found: dict[str, int] = {}
        theirs = sealed.exclude(referral__person__case__in=own_seals(self.member))
        for state, returned, number in theirs.values_list("state", "returned").annotate(number=Count("id")):
            for name in (state, ALL, *([RETURNED] if returned else [])):
                found[name] = found.get(name, 0) + number
        return found


def late_clocks(now: datetime) -> QuerySet[Obligation]:
    """What of the clocks of referrals is overdue, in the order of its index."""
    return Obligation.objects.filter(state="open", code__in=CLOCKS, due_at__lt=now, person__isnull=False)


def lines(rows: Sequence[ReferralNow], now: datetime) -> list[Line]:
    """The rows with their soonest clock, their reference and their pairing, each read once for all."""
    people = [row.referral.person_id for row in rows]
    clocks: dict[UUID, Obligation] = {}
    open_ones = Obligation.objects.filter(person__in=people, code__in=CLOCKS, state="open", opens_at__lte=now)
    for one in open_ones.order_by(F("due_at").desc(nulls_first=True), "-id"):
        if one.person_id:
            clocks[one.person_id] = one
    written = ReferralReference.objects.filter(referral__in=[row.referral_id for row in rows])
    references = {row.referral_id: row.reference for row in written.order_by("recorded_at", "id")}
    pairings = {row.person_id: row for row in Pairing.objects.filter(person__in=people)}
    return [
        Line(
            row,
            clocks.get(row.referral.person_id),
            references.get(row.referral_id, ""),
            pairings.get(row.referral.person_id),
        )
        for row in rows
    ]


def units() -> list[Unit]:
    """The units of the force to choose from, by name; none where there are more than fit on a page: one is then named."""
    found = list(Unit.objects.order_by("name", "id")[: MOST_UNITS + 1])
    return found if len(found) <= MOST_UNITS else []


def unit_asked(words: str) -> Unit | None:
    """The unit of this id, or of this name; else the only one whose name begins so. None for anything else."""
    words = words.strip()[:120]
    with suppress(ValueError):
        return Unit.objects.filter(id=UUID(words)).first()
    named = list(Unit.objects.filter(name__istartswith=words).order_by(Length("name"), "id")[:2]) if words else []
    is_one = len(named) == 1 or (named and named[0].name.casefold() == words.casefold())
    return named[0] if is_one else None


def place_of(row: Any, show: str) -> Place:
    """The place after which the next page begins, in the order of the list that is shown."""
    return row.late_place if show == LATE else Place(row.sent_at, row.id)
