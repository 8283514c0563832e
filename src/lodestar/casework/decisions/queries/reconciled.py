"""Referrals without a crime and crimes without a referral, of the people that the member may know of, each with the reason
that is recorded."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q

from lodestar.casework.cases.access import own_seals, sees_cases, visible
from lodestar.casework.cases.models import SealOwner
from lodestar.casework.decisions.queries.register import how_many
from lodestar.casework.ledger.models import ObligationAnswer
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.casework.referrals.models import SETTLED, Pairing, PairingSettled
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.encounter_reading import PersonReading, reading
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.text.grouping import grouped
from lodestar.platform.text.paging import Place

NO_CRIME, NO_REFERRAL, KEPT = "no_crime", "no_referral", "settled"
ABOUT = {  # what is owed on the worklist while the one is not there, and can be answered with a reason
    NO_CRIME: ("record_crime", "record_incident_overseas"),
    NO_REFERRAL: ("refer_nrm", "notify_home_office_without_identity", "reach_nrm_or_dtn"),
}
_AT = {NO_CRIME: "referral_at", NO_REFERRAL: "crime_at", KEPT: ""}  # the time by which each list goes; settled by key alone
_THERE = {
    NO_CRIME: Q(referral_at__isnull=False, crime_at__isnull=True, settled=False),
    NO_REFERRAL: Q(crime_at__isnull=False, referral_at__isnull=True, settled=False),
    KEPT: SETTLED,
}

_why_no_crime: list[Callable[[Sequence[UUID]], Mapping[UUID, Tried]]] = []


def why_no_crime_from(provider: Callable[[Sequence[UUID]], Mapping[UUID, Tried]]) -> None:
    """Called once as Lodestar starts, by what knows both: why a person has no crime number is another app's."""
    _why_no_crime[:] = [provider]


def listed(member: Member, show: str, most: int, after: Place | None) -> list[Pairing]:
    """The first `most` of one list after a place: the latest first, one stretch of one index."""
    rows = Pairing.objects.select_related("person__case").filter(_THERE[show], visible(member, "person__case__"))
    at = _AT[show]
    if after is not None and at and after.at is not None:
        rows = rows.filter(**{f"{at}__lte": after.at}).filter(Q(**{f"{at}__lt": after.at}) | Q(id__lt=after.id))
    elif after is not None and not at:
        rows = rows.filter(id__lt=after.id)
    return list(rows.order_by(*([f"-{at}"] if at else []), "-id")[:most])


def counts(member: Member) -> Mapping[str, int]:
    """How many rows each list has for the member, up to two hundred and one: sealed cases count for their owners alone."""
    if not sees_cases(member):
        return {}
    sealed = Pairing.objects.filter(person__case__in=SealOwner.objects.values("case"), person__case__sealed=True)
    theirs = sealed.exclude(person__case__in=own_seals(member))
    hidden = theirs.aggregate(**{show: Count("id", filter=of) for show, of in _THERE.items()})
    return how_many(member.tenant, {show: Pairing.objects.filter(of) for show, of in _THERE.items()}, hidden)


def place_of(row: Pairing, show: str) -> Place:
    """The place after which the next page of this list begins."""
    return Place(getattr(row, _AT[show]) if _AT[show] else None, row.id)


def side_of(row: Pairing | None) -> str:
    """Which of the two is there without the other; empty when both are there, or neither."""
    if row is None or (row.referral_at is None) == (row.crime_at is None):
        return ""
    return NO_CRIME if row.crime_at is None else NO_REFERRAL


def pairing_of(person: UUID) -> Pairing | None:
    """What is kept of one person."""
    return Pairing.objects.filter(person=person).first()


def latest_reasons(rows: Sequence[Pairing], side: str) -> dict[UUID, Tried]:
    """The latest reason that somebody gave for each of these people: on the worklist, or on the page of the crime."""
    people = [row.person_id for row in rows]
    answers = ObligationAnswer.objects.select_related("by").filter(
        case__in={row.person.case_id for row in rows}, person__in=people, code__in=ABOUT[side], because__gt=""
    )
    reasons: dict[UUID, Tried] = {}
    for row in answers.exclude(kind="done").order_by("recorded_at", "id"):
        if row.person_id:
            reasons[row.person_id] = Tried(row.by_id, row.by.name, row.happened_at, row.because)
    for provider in _why_no_crime if side == NO_CRIME and people else ():
        for person, reason in provider(people).items():
            if person not in reasons or reasons[person].at <= reason.at:
                reasons[person] = reason
    return reasons


def settled(rows: Sequence[Pairing]) -> dict[UUID, list[Tried]]:
    """Who said why for these people, on whichever side they are now: of each the latest first."""
    sides = {row.person_id: side_of(row) for row in rows}
    given = PairingSettled.objects.select_related("settled_by").filter(person__in=list(sides)).order_by("-settled_at", "-id")
    return grouped(
        (row.person_id, Tried(row.settled_by_id, row.settled_by.name, row.settled_at, row.reason))
        for row in given
        if row.side == sides[row.person_id]
    )


def read(rows: Sequence[Pairing]) -> dict[UUID, PersonReading]:
    """These people as the rules read what is recorded now, in a constant number of queries. Of their cases nobody else is
    read: a route is one person's."""
    cases = list({row.person.case_id: row.person.case for row in rows}.values())
    if not cases:
        return {}
    people = sorted((row.person for row in rows), key=lambda person: (person.case_id, person.number))
    in_force = settings_in_force()
    return {
        UUID(person.id): person
        for encounter in encounters(cases, persons=people).values()
        for person in reading(encounter, in_force).people
    }
