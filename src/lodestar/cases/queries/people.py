"""Named reads about one person of a case, for their page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lodestar.accounts.access import Member
from lodestar.accounts.permissions import Reach
from lodestar.cases.models import (
    AllegedOffence,
    Case,
    CaseMember,
    ConsentAnswer,
    DutyAnswer,
    Exploitation,
    Obligation,
    ObligationEvent,
    Person,
    SafeAddressViewer,
)
from lodestar.kernel.paging import Place


@dataclass(frozen=True)
class Seen:
    """Why somebody sees a case: how, since when, and until when where that ends."""

    how: str
    since: datetime | None = None
    until: datetime | None = None


def why_seen(member: Member, case: Case, now: datetime) -> Seen:
    """Why the member sees this case, which they were let into: by name first, then by what their role reaches."""
    if case.sealed:
        return Seen("seal")
    own = list(CaseMember.objects.filter(case=case, user_id=member.user).exclude(to_at__lt=now))
    order = ("owner", "opened", "given", "emergency")
    for row in sorted(own, key=lambda row: order.index(row.how)):
        return Seen(row.how, row.from_at, row.to_at)
    return Seen("force" if Reach.TENANT in member.reaches else "unit")


def team_of(case: Case, now: datetime) -> list[CaseMember]:
    """Who works the case: those who opened it, own it or were given it; emergency access is no part of it."""
    rows = CaseMember.objects.select_related("user").filter(case=case).exclude(how="emergency").exclude(to_at__lt=now)
    return list(rows.order_by("from_at", "id"))


def address_viewers(person: Person) -> list[SafeAddressViewer]:
    """Who may be shown the safe address. None means that none is recorded."""
    return list(SafeAddressViewer.objects.select_related("user").filter(person=person).order_by("user__name", "id"))


def latest_consent(person: Person) -> ConsentAnswer | None:
    """The conversation about referral that counts: the latest asked."""
    return ConsentAnswer.objects.filter(person=person).order_by("-asked_at", "-recorded_at").first()


def exploitation_of(person: Person) -> list[Exploitation]:
    """What exploitation is recorded of a person."""
    return list(Exploitation.objects.filter(person=person).order_by("id"))


def offences_of(person: Person) -> list[AllegedOffence]:
    """What a person is suspected of."""
    return list(AllegedOffence.objects.filter(person=person).order_by("id"))


def answers_about(person: Person, most: int, before: Place | None = None) -> list[DutyAnswer]:
    """What was answered of what was owed for a person, the latest written first."""
    rows = DutyAnswer.objects.select_related("by").filter(case=person.case_id, person=person)
    return list(_before(rows, "recorded_at", before)[:most])


def reopened_about(person: Person, most: int, before: Place | None = None) -> list[ObligationEvent]:
    """What came to be owed again for a person, because a fact changed."""
    rows = ObligationEvent.objects.select_related("obligation").filter(
        obligation__case=person.case_id, obligation__person=person, kind="reopened"
    )
    return list(_before(rows, "recorded_at", before)[:most])


def closed_about(person: Person, most: int, before: Place | None = None) -> list[Obligation]:
    """What was owed for a person and is answered, the latest first."""
    return list(_before(_closed(person), "closed_at", before)[:most])


def closed_number(person: Person, most: int) -> int:
    """How many things are answered; counted to one more than `most`."""
    return _closed(person).values("id")[: most + 1].count()


def _closed(person: Person) -> QuerySet[Obligation]:
    return Obligation.objects.filter(case=person.case_id, person=person, state="closed")


def closings(rows: Sequence[Obligation]) -> dict[UUID, ObligationEvent]:
    """The event that closed each of these, in one query."""
    events = ObligationEvent.objects.filter(obligation__in=[row.id for row in rows], kind="closed")
    return {event.obligation_id: event for event in events.order_by("recorded_at", "id")}


def _before(rows: QuerySet[Any], at: str, before: Place | None) -> QuerySet[Any]:
    if before is not None and before.at is not None:
        earlier = Q(**{f"{at}__lt": before.at}) | Q(**{at: before.at, "id__lt": before.id})
        rows = rows.filter(**{f"{at}__lte": before.at}).filter(earlier)
    return rows.order_by(f"-{at}", "-id")
