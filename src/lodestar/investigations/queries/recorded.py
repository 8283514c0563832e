"""What is recorded of cases that were got through `access.py`."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from lodestar.accounts.access import Member
from lodestar.cases.access import visible
from lodestar.cases.models import Case, DutyAnswer, Obligation
from lodestar.cases.queries.worklists import Tried
from lodestar.investigations.models import Allocation, Crime, Review
from lodestar.investigations.rules import of_review

DIRECTIONS = "answer_directions"
WITH_A_NUMBER = ("record_crime", "record_incident_overseas")


def crimes_of(people: Sequence[UUID]) -> list[Crime]:
    """Crimes and reasons for these people, the earliest written first."""
    return list(Crime.objects.select_related("by").filter(person__in=people).order_by("recorded_at", "id"))


def numbers_of(person: UUID) -> list[str]:
    """The crime numbers recorded for a person, the earliest written first."""
    rows = Crime.objects.filter(person=person, kind="recorded").order_by("recorded_at", "id")
    return list(rows.values_list("number", flat=True))


def crime_numbers_in(case: UUID) -> QuerySet[Crime, Any]:
    """Every crime number recorded for the people of a case, and whose it is."""
    return Crime.objects.filter(person__case=case, kind="recorded").values_list("person", "number")


def why_no_number(rows: Iterable[Obligation]) -> dict[UUID, Tried]:
    """For each of these rows that a crime number answers and that was passed up on its page, the latest reason, in one
    query."""
    stuck = {row.person_id: row.id for row in rows if row.not_possible and row.code in WITH_A_NUMBER}
    if not stuck:
        return {}
    crimes = Crime.objects.select_related("by").filter(person__in=list(stuck), kind="not_possible")
    return {
        stuck[crime.person_id]: Tried(crime.by_id, crime.by.name, crime.at, crime.why_not)
        for crime in crimes.order_by("recorded_at", "id")
    }


def why_no_crime(people: Sequence[UUID]) -> dict[UUID, Tried]:
    """The latest reason for each of these people why they have no crime number, or none yet; of whoever has one, what was
    said before."""
    rows = Crime.objects.select_related("by").filter(person__in=people, kind__in=("not_needed", "not_possible"))
    return {
        row.person_id: Tried(row.by_id, row.by.name, row.at, row.why_not) for row in rows.order_by("recorded_at", "id")
    }


def allocations_of(case: Case) -> list[Allocation]:
    """Who was given the case, the latest first."""
    rows = Allocation.objects.select_related("owner", "by", "authorised_by", "supervised_by").filter(case=case)
    return list(rows.order_by("-at", "-number"))


def allocation_owed(case: Case) -> list[Obligation]:
    """What is open of the PIP2 owner, also what opens only when an authority ends."""
    return list(Obligation.objects.filter(case=case, code="allocate_pip2_owner", state="open"))


def review_owed(case: Case) -> list[Obligation]:
    """The reviews that are owed and not answered, the soonest due first, also those that open later."""
    rows = Obligation.objects.filter(case=case, code="supervise_investigation", state="open")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "moment"))


def reviews_of(case: Case) -> list[Review]:
    """The reviews of the case, the latest first."""
    return list(Review.objects.select_related("by", "to").filter(case=case).order_by("-at", "-number"))


def authority_of(case: Case) -> Allocation | None:
    """The detective inspector's authority under which the case is held, or was held until it ended; None where whoever
    has it needs none."""
    latest = Allocation.objects.select_related("owner", "authorised_by").filter(case=case).order_by("-at", "-number").first()
    return latest if latest is not None and latest.expires_at else None


def authorities_seen(member: Member, now: datetime, most: int) -> list[Allocation]:
    """The authorities that run now in the cases that the member sees, the first to end first."""
    later = Allocation.objects.filter(case=OuterRef("case")).filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), number__gt=OuterRef("number"))
    )
    rows = Allocation.objects.select_related("case", "owner", "authorised_by").filter(
        visible(member, "case__"), ~Exists(later), kind="authority", expires_at__gt=now
    )
    return list(rows.order_by("expires_at", "id")[:most])


@dataclass(frozen=True)
class Given:
    """The directions of one review, and how their latest answer was meant; empty while there is none."""

    review: Review
    answer: str


def answers_to_directions(cases: Collection[UUID]) -> dict[tuple[UUID, str], DutyAnswer]:
    """The latest answer to each review's directions in these cases, by the case and the moment that names the review."""
    rows = DutyAnswer.objects.select_related("by").filter(case__in=cases, code=DIRECTIONS).order_by("recorded_at", "id")
    return {(row.case_id, row.moment): row for row in rows}


def directions_by(member: Member, most: int) -> list[Given]:
    """The latest directions that the member gave, in cases that they see, each with its answer."""
    moment = Concat(Value(of_review("")), Cast(OuterRef("number"), CharField()))
    answers = DutyAnswer.objects.filter(case=OuterRef("case"), code=DIRECTIONS, moment=moment)
    kind = Subquery(answers.order_by("-recorded_at", "-id").values("kind")[:1])
    rows = Review.objects.select_related("case", "to").annotate(answer=kind)
    rows = rows.filter(visible(member, "case__"), by=member.user).order_by("-at", "-id")
    return [Given(row, getattr(row, "answer", None) or "") for row in rows[:most]]


def directions_of(owed: Obligation) -> Review | None:
    """The review whose directions this asks to be answered; None for anything else that is owed."""
    if owed.code != DIRECTIONS:
        return None
    rows = Review.objects.select_related("by").filter(case=owed.case)
    return next((row for row in rows if of_review(row.number) == owed.moment), None)


def authorities_running(cases: Sequence[UUID], now: datetime) -> list[Allocation]:
    """The detective inspectors' authorities under which these cases are held now, the first to end first."""
    latest: dict[UUID, Allocation] = {}
    for row in Allocation.objects.select_related("case", "owner").filter(case__in=cases).order_by("at", "number"):
        latest[row.case_id] = row
    running = [row for row in latest.values() if row.expires_at and row.expires_at > now]
    return sorted(running, key=lambda row: (row.expires_at or now, row.id))
