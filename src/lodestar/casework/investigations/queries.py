"""Named reads of investigations: what is recorded, and what the ledger is given of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CharField, DateTimeField, F, Func, IntegerField, OuterRef, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Cast, Concat

from lodestar.casework.cases.access import visible
from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.models import Crime, Review
from lodestar.casework.investigations.rules.duties import directed, of_review
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.ledger.queries.worklists import Tried
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.obligation_status import CLOSING, Evidence

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
    return {stuck[person]: tried for person, tried in _latest_reasons([*filter(None, stuck)], ["not_possible"]).items()}


def why_no_crime(people: Sequence[UUID]) -> dict[UUID, Tried]:
    """The latest reason for each of these people why they have no crime number, or none yet; of whoever has one, what was
    said before."""
    return _latest_reasons(people, ["not_needed", "not_possible"])


def _latest_reasons(people: Sequence[UUID], kinds: Sequence[str]) -> dict[UUID, Tried]:
    rows = Crime.objects.select_related("by").filter(person__in=people, kind__in=kinds).order_by("recorded_at", "id")
    return {row.person_id: Tried(row.by_id, row.by.name, row.at, row.why_not) for row in rows}


def review_owed(case: Case) -> list[Obligation]:
    """The reviews that are owed and not answered, the soonest due first, also those that open later."""
    rows = Obligation.objects.filter(case=case, code="supervise_investigation", state="open")
    return list(rows.order_by(F("due_at").asc(nulls_last=True), "moment"))


def reviews_of(case: Case) -> list[Review]:
    """The reviews of the case, the latest first."""
    return list(Review.objects.select_related("by", "to").filter(case=case).order_by("-at", "-number"))


def answers_to_directions(cases: Collection[UUID]) -> dict[tuple[UUID, str], ObligationAnswer]:
    """The latest answer to each review's directions in these cases, by the case and the moment that names the review."""
    rows = ObligationAnswer.objects.select_related("by").filter(case__in=cases, code=DIRECTIONS).order_by("recorded_at", "id")
    return {(row.case_id, row.moment): row for row in rows}


def directions_by(member: Member, most: int) -> list[tuple[Review, str]]:
    """The latest reviews in which the member gave directions, in cases that they see, each with how the latest answer was meant;
    empty while there is none."""
    moment = Concat(Value(of_review("")), Cast(OuterRef("number"), CharField()))
    answers = ObligationAnswer.objects.filter(case=OuterRef("case"), code=DIRECTIONS, moment=moment)
    kind = Subquery(answers.order_by("-recorded_at", "-id").values("kind")[:1])
    rows = Review.objects.select_related("case", "to").annotate(answer=kind)
    rows = rows.filter(visible(member, "case__"), by=member.user).order_by("-at", "-id")
    return [(row, getattr(row, "answer", None) or "") for row in rows[:most]]


def directions_of(owed: Obligation) -> Review | None:
    """The review whose directions this asks to be answered; None for anything else that is owed."""
    if owed.code != DIRECTIONS:
        return None
    rows = Review.objects.select_related("by").filter(case=owed.case)
    return next((row for row in rows if of_review(row.number) == owed.moment), None)


def recorded_in(begins: datetime, ends: datetime) -> QuerySet[Crime]:
    """Crimes that the force's crime system took from `begins` up to `ends`."""
    return Crime.objects.filter(person__case__sealed=False, kind="recorded", at__gte=begins, at__lt=ends)


REVIEW, ALLOCATE = "supervise_investigation", "allocate_pip2_owner"
CRIME, INCIDENT, APART = "record_crime", "record_incident_overseas", "record_each_crime_apart"

Events = Mapping[UUID | None, Sequence[tuple[str, datetime]]]

NOBODY = Cast(Value(None), UUIDField())
_NEVER = Cast(Value(None), DateTimeField())
_NO_NUMBER = Cast(Value(None), IntegerField())
_NO_MOMENT = Value([""], output_field=ArrayField(CharField()))
_EACH_MOMENT = Func(  # a review besides those owed is one row too, with no moment
    models.Case(When(moments=[], then=_NO_MOMENT), default=F("moments")), function="unnest", output_field=CharField()
)


def words_as(text: str) -> Value:
    """A constant column of words, for a union."""
    return Value(text, output_field=CharField())


@dataclass(frozen=True)
class SourceRow:
    """A row of any of the tables: `what` is its kind, `moment` the review owed that it answers."""

    case: UUID
    person: UUID | None
    what: str
    moment: str
    at: datetime
    by: UUID
    row: UUID
    number: int | None
    ends: datetime | None
    written: datetime


AllocationRows = Callable[[Sequence[UUID]], QuerySet[Any, Any]]
Owners = Callable[[Sequence[SourceRow]], Iterable[Evidence]]
_allocations: list[tuple[AllocationRows, Owners]] = []


def read_allocations(rows: AllocationRows, owners: Owners) -> None:
    """Has those who were given cases read in the query of the crimes, with the columns of SourceRow, and what each case's rows
    answer, in order of time. Called by the app that has their table as it starts."""
    _allocations.append((rows, owners))


def _rows(cases: Sequence[UUID]) -> list[SourceRow]:
    """The rows of these cases in the order in which they were written."""
    return sorted((SourceRow(*row) for row in _union(cases)), key=lambda row: (row.written, row.row))


def _union(cases: Sequence[UUID]) -> Any:
    """Crimes, reviews, answers to reviews and who was given the case, in one query."""
    crimes = Crime.objects.filter(person__case__in=cases).values_list(
        "person__case_id", "person_id", "kind", words_as(""), "at", "by_id", "id", _NO_NUMBER, _NEVER, "recorded_at"
    )
    reviews = Review.objects.filter(case__in=cases).values_list(
        "case_id", NOBODY, words_as("review"), _EACH_MOMENT, "at", "by_id", "id", "number", _NEVER, "recorded_at"
    )
    answers = ObligationAnswer.objects.filter(case__in=cases, code=REVIEW).values_list(
        "case_id", NOBODY, "kind", "moment", "happened_at", "by_id", "id", _NO_NUMBER, _NEVER, "recorded_at"
    )
    return crimes.union(reviews, answers, *(rows(cases) for rows, _ in _allocations), all=True)


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    rows = _rows(cases)
    return _events(rows), _evidence(rows)


def _events(rows: Sequence[SourceRow]) -> Mapping[UUID, Events]:
    """Crimes recorded, ends of authorities, allocations below PIP2, one event for each review owed that is answered, and one
    for each review that gave directions."""
    events_by_case: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.person and row.what == "recorded":
            events_by_case[row.case][row.person].append(("crime_recorded", row.at))
        elif row.ends:
            events_by_case[row.case][None].append(("allocation_authority_ends", row.ends))
        elif row.what == "happened_without":
            events_by_case[row.case][None].append(("allocated_below_pip2", row.at))
    for row in {row.row: row for row in rows if row.what == "review"}.values():
        events_by_case[row.case][None].append((directed(row.number or 0), row.at))
    for case, reviewed in _reviews_answered(rows).items():
        events_by_case[case][None] += [("investigation_reviewed", at) for at in reviewed.values()]
    return events_by_case


def _reviews_answered(rows: Sequence[SourceRow]) -> Mapping[UUID, Mapping[str, datetime]]:
    """When each review owed was answered: by a review, or on the worklist, where one's own later answer takes the earlier
    one's place."""
    answered: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    latest: dict[tuple[UUID, str, UUID], SourceRow] = {}
    for row in rows:
        if row.what == "review" and row.moment:
            answered[row.case].setdefault(row.moment, row.at)
        elif row.person is None and row.moment:
            latest[row.case, row.moment, row.by] = row
    for row in latest.values():
        if row.what in CLOSING:
            answered[row.case].setdefault(row.moment, row.at)
    return answered


def _evidence(rows: Sequence[SourceRow]) -> Mapping[UUID, Sequence[Evidence]]:
    """Crime numbers or why there are none, a second number of one person; owners with the skill or the authority; reviews
    with directions."""
    evidence_by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    numbers: Counter[UUID] = Counter()
    allocations: dict[UUID, list[SourceRow]] = defaultdict(list)
    for row in rows:
        if row.person:
            kind = "done" if row.what == "recorded" else row.what
            evidence_by_case[row.case] += [answer(row, code, "", kind) for code in (CRIME, INCIDENT)]
            numbers[row.person] += row.what == "recorded"
            if numbers[row.person] > 1:
                evidence_by_case[row.case].append(answer(row, APART, ""))
        elif row.what == "review":
            evidence_by_case[row.case] += [answer(row, REVIEW, row.moment)] if row.moment else []
        elif row.number:
            allocations[row.case].append(row)
    for case, given in allocations.items():
        for _, owners in _allocations:
            evidence_by_case[case] += owners(sorted(given, key=lambda row: (row.at, row.number or 0)))
    return evidence_by_case


def answer(row: SourceRow, code: str, moment: str, kind: Any = "done") -> Evidence:
    """What a row answers of what is owed."""
    person = str(row.person) if row.person else None
    return Evidence(person, code, "", moment, kind, row.at, by=str(row.by), reference=str(row.row))


# --- for the timeline, and before closing ---------------------------------------------------------------------------------


def timeline_rows(case: Case, *, is_masked: bool = False) -> list[tuple[datetime, str, str, str]]:
    """Crimes recorded and reviews, for the timeline of the case; without the reference of a crime where it is masked."""
    path, numbers = f"/cases/{case.reference}/review", Crime.objects.filter(person__case=case, kind="recorded")
    rows = [(at, "event", "Crime recorded" if is_masked else f"Crime recorded: {number}", f"/people/{person}/crime")
            for at, number, person in numbers.values_list("at", "number", "person_id")]  # fmt: skip
    return [*rows, *((row.at, "decision", f"Review {row.number} of the investigation", path) for row in reviews_of(case))]
