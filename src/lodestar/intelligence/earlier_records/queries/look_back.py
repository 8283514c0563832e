"""Named reads for looking back: what earlier records say of people of cases, and whether that can be told at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Min, OuterRef, Q, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from lodestar.casework.cases.models import Case, Person
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries.records import FOUND, signs_by_person, waiting
from lodestar.intelligence.earlier_records.rules.earlier import LOOKS_BACK, Coverage, person_key
from lodestar.platform.time.days import london_date

Spans = Sequence[tuple[datetime, datetime]]  # each from an instant to before another
READS_BACK = LOOKS_BACK + timedelta(days=31)  # with the whole of the month in which the year before began


@dataclass(frozen=True)
class OfCase:
    """What earlier records say of the people of one case: signs before it began and since, whose the records are."""

    before: tuple[RecordSign, ...]
    since: tuple[RecordSign, ...]
    names: dict[UUID, str]
    unsure: frozenset[UUID]  # whose records may be another's, called alike
    people: tuple[UUID, ...]
    is_held: bool  # whether any earlier record is
    unknown: tuple[str, ...]  # people of the case of whom no name or day of birth is known
    last_recorded: date  # when the last of its people was written down
    asked: Prompt | None  # of a sealed case: a question about one of them that somebody else has


def can_be_looked_for(name: str, birth_date: str) -> bool:
    """Whether somebody called so can be looked for in earlier records."""
    return bool(person_key(name, birth_date))


_SHOWS = Exists(RecordSign.objects.filter(record=OuterRef("pk")))


@dataclass(frozen=True)
class Stood:
    """Signs in earlier records of somebody before the first concern: the case of that concern, when the first that nobody
    considered happened (None where each was), whether any was considered, and whether one says no day (`OfPerson`).
    `is_known_late`: they were written down only when the clock may have let records of the year before go."""

    case: UUID
    at: datetime | None = None
    was_considered: bool = False
    has_undated: bool = False
    is_known_late: bool = False

    @property
    def is_untold(self) -> bool:
        """Whether that no sign stood cannot be told of them, whatever is held."""
        return self.has_undated or self.is_known_late


def _within(column: str, spans: Spans) -> Q:
    return reduce(or_, (Q(**{f"{column}__gte": begins, f"{column}__lt": ends}) for begins, ends in spans))


def signs_stood(spans: Spans, at: datetime, held_then: Coverage) -> dict[UUID, Stood]:
    """The people of cases met in any of these spans of whom signs stood in earlier records before the first concern, or
    of whom that cannot be told whatever is held."""
    concern = "person__case__encountered_at"
    may_be = Q(person__roles__contains=["possible_victim"]) | Q(person__belief__in=FOUND)
    all_concerns = EarlierRecordMatch.objects.filter(may_be, is_sure=True, earlier_person=OuterRef("earlier_person"))
    first = all_concerns.values("earlier_person").annotate(first=Min(concern)).values("first")
    answered = PromptStep.objects.filter(
        what="no", prompt__earlier_person=OuterRef("earlier_person"), at__gte=OuterRef("recorded_at"),
        at__lt=OuterRef(OuterRef(concern)),
    )  # fmt: skip
    shows = EarlierRecord.objects.filter(_SHOWS, earlier_person=OuterRef("earlier_person"), recorded_at__lte=at)
    records = shows.annotate(was=Coalesce("happened_at", "recorded_at")).filter(was__lt=OuterRef(concern))
    rows = EarlierRecordMatch.objects.filter(_within(concern, spans), is_sure=True).order_by()
    rows = rows.annotate(
        first=Subquery(first),
        stood=Subquery(records.filter(~Exists(answered)).order_by("was").values("was")[:1]),
        considered=Exists(records.filter(Exists(answered))),
        undated=Exists(shows.filter(happened_at__isnull=True, recorded_at__gte=OuterRef(concern))),
    ).filter(Q(stood__isnull=False) | Q(considered=True) | Q(undated=True), first=F(concern))
    by_person: dict[UUID, Stood] = {}
    for person, case, when, considered, undated in rows.values_list("person", "person__case", "stood", "considered", "undated"):
        current = by_person.get(person, Stood(case))
        times = [time for time in (current.at, when) if time is not None]
        by_person[person] = replace(
            current, at=min(times, default=None), was_considered=current.was_considered or considered,
            has_undated=current.has_undated or undated,
        )  # fmt: skip
    late = F("case__encountered_at") + held_then.late_after + timedelta(days=1)
    people = Person.objects.filter(_within("case__encountered_at", spans), recorded_at__gt=late)
    for person, case in people.values_list("id", "case") if held_then.months else ():
        by_person[person] = replace(by_person.get(person, Stood(case)), is_known_late=True)
    return by_person


# --- one case ------------------------------------------------------------------------------------------------------------


def of_case(case: Case, people: Sequence[Person] | None = None) -> OfCase:
    """What earlier records say of the people of this case."""
    rows = list(people) if people is not None else list(Person.objects.filter(case=case).order_by("number"))
    met_before = EarlierRecordMatch.objects.filter(person__in=[row.id for row in rows]).order_by()
    nobody, unknown = Cast(Value(None), UUIDField()), Cast(Value(None), BooleanField())
    # In the same query whether any earlier record is held at all.
    any_record = EarlierRecord.objects.order_by().values_list(Value(False), unknown, "id", nobody, nobody)[:1]
    columns = met_before.values_list(Value(True), "is_sure", "id", "earlier_person_id", "person_id")
    read = list(columns.union(any_record, all=True))
    matches = sorted((is_sure, row, earlier, person) for is_match, is_sure, row, earlier, person in read if is_match)
    met = {earlier: person for _, _, earlier, person in matches}
    unsure = set(met) - {earlier for is_sure, _, earlier, _ in matches if is_sure}
    signs = [sign for some in signs_by_person(met).values() for sign in some] if met else []
    names = {row.id: row.name for row in rows}
    # Surely of before: without a day where it had come in by then.
    before = [sign for sign in signs if (sign.record.happened_at or sign.record.recorded_at) < case.encountered_at]
    asked = waiting().filter(earlier_person__in=met).select_related("asked_of").first() if met and case.sealed else None
    return OfCase(
        before=tuple(before),
        since=tuple(sign for sign in signs if sign not in before),
        names={earlier: names[person] for earlier, person in met.items()},
        unsure=frozenset(unsure),
        people=tuple(met),
        is_held=bool(read),
        unknown=tuple(
            row.name or row.description or f"Person {row.number}" for row in rows if not person_key(row.name, row.birth_date)
        ),
        last_recorded=max((london_date(row.recorded_at) for row in rows), default=london_date(case.recorded_at)),
        asked=asked,
    )
