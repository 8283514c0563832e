"""What the ledger is told: events for the facts, and evidence that discharges. For many cases in one query."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, DateTimeField, F, Func, IntegerField, UUIDField, Value, When
from django.db.models.functions import Cast

from lodestar.cases.models import DutyAnswer
from lodestar.cases.queries.compiled import compiled
from lodestar.investigations.models import Allocation, Crime, Review
from lodestar.investigations.rules import asked_anew, directed
from lodestar.kernel.standing import CLOSING, Evidence

REVIEW, ALLOCATE = "supervise_investigation", "allocate_pip2_owner"
CRIME, INCIDENT, APART = "record_crime", "record_incident_overseas", "record_each_crime_apart"

Events = Mapping[UUID | None, Sequence[tuple[str, datetime]]]

_NOBODY = Cast(Value(None), UUIDField())
_NEVER = Cast(Value(None), DateTimeField())
_NO_NUMBER = Cast(Value(None), IntegerField())
_NO_MOMENT = Value([""], output_field=ArrayField(CharField()))
_EACH_MOMENT = Func(  # a review besides those owed is one row too, with no moment
    Case(When(moments=[], then=_NO_MOMENT), default=F("moments")), function="unnest", output_field=CharField()
)


def _words(text: str) -> Value:
    return Value(text, output_field=CharField())


@dataclass(frozen=True)
class _Told:
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


def _rows(cases: Sequence[UUID]) -> list[_Told]:
    """The rows of these cases in the order in which they were written."""
    return sorted((_Told(*row) for row in _union(cases)), key=lambda row: (row.written, row.row))


@compiled
def _union(cases: Sequence[UUID]) -> Any:
    """Three tables and the answers to reviews, in one query."""
    crimes = Crime.objects.filter(person__case__in=cases).values_list(
        "person__case_id", "person_id", "kind", _words(""), "at", "by_id", "id", _NO_NUMBER, _NEVER, "recorded_at"
    )
    allocations = Allocation.objects.filter(case__in=cases).values_list(
        "case_id", _NOBODY, "kind", _words(""), "at", "by_id", "id", "number", "expires_at", "recorded_at"
    )
    reviews = Review.objects.filter(case__in=cases).values_list(
        "case_id", _NOBODY, _words("review"), _EACH_MOMENT, "at", "by_id", "id", "number", _NEVER, "recorded_at"
    )
    answers = DutyAnswer.objects.filter(case__in=cases, code=REVIEW).values_list(
        "case_id", _NOBODY, "kind", "moment", "happened_at", "by_id", "id", _NO_NUMBER, _NEVER, "recorded_at"
    )
    return crimes.union(allocations, reviews, answers, all=True)


def told(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    rows = _rows(cases)
    return _events(rows), _evidence(rows)


def _events(rows: Sequence[_Told]) -> Mapping[UUID, Events]:
    """Crimes recorded, ends of authorities, allocations below PIP2, one event for each review owed that is answered, and one
    for each review that gave directions."""
    found: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.person and row.what == "recorded":
            found[row.case][row.person].append(("crime_recorded", row.at))
        elif row.ends:
            found[row.case][None].append(("allocation_authority_ends", row.ends))
        elif row.what == "happened_without":
            found[row.case][None].append(("allocated_below_pip2", row.at))
    for row in {row.row: row for row in rows if row.what == "review"}.values():
        found[row.case][None].append((directed(row.number or 0), row.at))
    for case, reviewed in _reviews_answered(rows).items():
        found[case][None] += [("investigation_reviewed", at) for at in reviewed.values()]
    return found


def _reviews_answered(rows: Sequence[_Told]) -> Mapping[UUID, Mapping[str, datetime]]:
    """When each review owed was answered: by a review, or on the worklist, where one's own later answer takes the earlier
    one's place."""
    found: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    latest: dict[tuple[UUID, str, UUID], _Told] = {}
    for row in rows:
        if row.what == "review" and row.moment:
            found[row.case].setdefault(row.moment, row.at)
        elif row.person is None and row.moment:
            latest[row.case, row.moment, row.by] = row
    for row in latest.values():
        if row.what in CLOSING:
            found[row.case].setdefault(row.moment, row.at)
    return found


def _evidence(rows: Sequence[_Told]) -> Mapping[UUID, Sequence[Evidence]]:
    """Crime numbers or why there are none, a second number of one person; owners with the skill or the authority; reviews
    with directions."""
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    numbers: Counter[UUID] = Counter()
    allocations: dict[UUID, list[_Told]] = defaultdict(list)
    for row in rows:
        if row.person:
            kind = "done" if row.what == "recorded" else row.what
            found[row.case] += [_answer(row, code, "", kind) for code in (CRIME, INCIDENT)]
            numbers[row.person] += row.what == "recorded"
            if numbers[row.person] > 1:
                found[row.case].append(_answer(row, APART, ""))
        elif row.what == "review":
            found[row.case] += [_answer(row, REVIEW, row.moment)] if row.moment else []
        elif row.number:
            allocations[row.case].append(row)
    for case, given in allocations.items():
        found[case] += _owners(sorted(given, key=lambda row: (row.at, row.number or 0)))
    return found


def _answer(row: _Told, code: str, moment: str, kind: Any = "done") -> Evidence:
    person = str(row.person) if row.person else None
    return Evidence(person, code, "", moment, kind, row.at, by=str(row.by), reference=str(row.row))


def _owners(given: Sequence[_Told]) -> Iterator[Evidence]:
    """What each allocation answers, of one case's in order of time: the first good one what is owed from the start, and the
    next good one after an authority, or after one below PIP2, what that had asked for anew."""
    wanted: list[str] = [""]
    for row in given:
        if row.what != "happened_without":
            yield from (_answer(row, ALLOCATE, moment) for moment in wanted)
            wanted = []
        if row.ends:
            wanted.append(asked_anew("allocation_authority_ends", row.ends))
        elif row.what == "happened_without":
            wanted.append(asked_anew("allocated_below_pip2", row.at))
