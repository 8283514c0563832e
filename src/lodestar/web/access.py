"""What a search finds, with the right to see it: people and cases that `casework/cases/access.py` lets the member see, and
nothing of any other. What is not theirs and what is not there are asked for by the same statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from lodestar.casework.cases.access import visible, visible_cases
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import ReferralReference
from lodestar.casework.safe_addresses.access import address_seen_by
from lodestar.intelligence.identities.queries import people_called, people_reached
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Reach
from lodestar.web.rules import ADDRESS, NAME, TELEPHONE, Query

EXACT = REFERENCE, CRIME, NRM, OPERATION = "reference", "crime", "nrm", "operation"


@dataclass(frozen=True)
class Hit:
    """A case or a person, and by what it was found: a code, or words of a name that fits."""

    how: str
    case: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class SearchResult:
    """A hit with its rows, and what is to be done next about it."""

    how: str
    case: Case
    person: Person | None
    next: Obligation | None


def may_search_addresses(member: Member) -> bool:
    """Whether the member may search by an address: not whose work is single cases (practice, harm F3)."""
    return bool(member.reaches & {Reach.UNIT, Reach.TENANT})


def hits(member: Member, query: Query, most: int) -> list[Hit]:
    """What the member may see of what a query means, the exact first: at most one more than `most`, each once."""
    people = Person.objects.filter(visible(member, "case__"))
    found = sorted((Hit(*row) for row in _exact(member, people, query, most + 1)), key=lambda hit: EXACT.index(hit.how))
    if query.kind == NAME:
        found += [Hit(fit.words, person=person) for person, fit in people_called(people, query.words, most + 1)]
    if query.kind in (TELEPHONE, ADDRESS):
        reached = people_reached(people.filter(address_seen_by(member)), query.words, most + 1)
        found += [Hit(query.kind, person=person) for person in reached]
    first = {hit.case or hit.person: hit for hit in reversed(found)}
    return list(dict.fromkeys(first[hit.case or hit.person] for hit in found))[: most + 1]


def _exact(member: Member, people: QuerySet[Person], query: Query, most: int) -> Iterable[Any]:
    """Whatever has exactly this reference, number or name of an operation: all of it in one statement."""
    nobody = Cast(Value(None), UUIDField())
    cases = visible_cases(member).order_by("-recorded_at", "-id")
    crimes = Crime.objects.filter(number=query.crime_number).values("person")
    later = ReferralReference.objects.filter(referral=OuterRef("referral"), recorded_at__gt=OuterRef("recorded_at"))
    written = ReferralReference.objects.filter(~Exists(later), found_by=query.nrm_reference).values("referral__person")
    name, whole = query.operation
    called = Q(operation__name__iexact=name) | Q(operation__name__iexact=whole)
    by_reference = cases.filter(reference=query.case_reference).values_list(Value(REFERENCE), "id", nobody)[:most]
    return by_reference.union(
        people.filter(id__in=crimes).order_by("id").values_list(Value(CRIME), nobody, "id")[:most],
        people.filter(id__in=written).order_by("id").values_list(Value(NRM), nobody, "id")[:most],
        cases.filter(called).values_list(Value(OPERATION), "id", nobody)[:most],
        all=True,
    )


def rows_of(member: Member, found: Iterable[Hit], now: datetime) -> list[SearchResult]:
    """The hits with their rows and what is to be done next, in their order."""
    shown = list(found)
    rows = Person.objects.filter(visible(member, "case__")).select_related("case__owner", "case__interim_owner")
    people = rows.in_bulk({hit.person for hit in shown if hit.person})
    cases = visible_cases(member).select_related("owner", "interim_owner").in_bulk({hit.case for hit in shown if hit.case})
    named = [(hit.how, people.get(hit.person) if hit.person else None, hit.case) for hit in shown]
    of_cases = [(how, person.case if person else cases.get(case), person) for how, person, case in named]
    due = _soonest({case.id for _, case, _ in of_cases if case}, now)
    return [SearchResult(how, case, person, _next(case, person, due)) for how, case, person in of_cases if case]


def _soonest(cases: set[UUID], now: datetime) -> dict[tuple[UUID, UUID | None], Obligation]:
    """What is due first about each person of these cases, and about nobody in particular."""
    rows = Obligation.objects.filter(state="open", opens_at__lte=now, case__in=cases)
    soonest = rows.order_by("case", "person", F("due_at").asc(nulls_last=True), "id").distinct("case", "person")
    return {(row.case_id, row.person_id): row for row in soonest}


def _next(case: Case, person: Person | None, due: dict[tuple[UUID, UUID | None], Obligation]) -> Obligation | None:
    """What is due first about a person, else in their case; of a case about anybody in it."""
    if person and (case.id, person.id) in due:
        return due[case.id, person.id]
    rows = [row for (of_case, whom), row in due.items() if of_case == case.id and (person is None or whom is None)]
    return min(rows, key=lambda row: (row.due_at is None, row.due_at, row.id), default=None)
