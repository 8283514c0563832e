"""Named reads for looking back: what earlier records say of people of cases, and whether that can be told at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from lodestar.casework.cases.models import Case, Person
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries.records import FOUND, signs_by_person, waiting
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, LOOKS_BACK, Coverage, person_key
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
    kinds_held: tuple[str, ...]
    unknown: tuple[str, ...]  # people of the case of whom no name or day of birth is known
    last_recorded: date  # when the last of its people was written down
    asked: Prompt | None  # of a sealed case: a question about one of them that somebody else has


def _is_of_before(record: EarlierRecord, case: Case) -> bool:
    """Whether a record is surely of before a case: without a day where it had come in by then."""
    return (record.happened_at or record.recorded_at) < case.encountered_at


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
    of whom that cannot be told whatever is held. The same as `of_people` says, in one statement."""
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
    columns = rows.values_list("person", "person__case", concern, "stood", "considered", "undated")
    is_too_late = cache(partial(_is_too_late, held_then))  # many were met and written down on the same days
    by_person: dict[UUID, Stood] = {}
    for person, case, met, when, considered, undated in columns.union(_known_late(spans, held_then), all=True):
        current = by_person.get(person, Stood(case))
        if considered is not None:
            times = [time for time in (current.at, when) if time is not None]
            by_person[person] = replace(
                current, at=min(times, default=None), was_considered=current.was_considered or considered,
                has_undated=current.has_undated or undated,
            )  # fmt: skip
        elif is_too_late(london_date(met), london_date(when)):
            by_person[person] = replace(current, is_known_late=True)
    return by_person


def _known_late(spans: Spans, held_then: Coverage) -> QuerySet[Person, Any]:
    """The people of cases met then who were written down so late that the clock may have let records of the year before go, each
    with the case and both times: of none where nothing is held."""
    if not held_then.retention or not held_then.months:
        rows = Person.objects.none()
    else:
        least = timedelta(days=28 * min(months for _, months in held_then.retention)) - LOOKS_BACK - timedelta(days=1)
        late = F("case__encountered_at") + max(least, timedelta())
        rows = Person.objects.filter(_within("case__encountered_at", spans), recorded_at__gt=late)
    unknown = Cast(Value(None), BooleanField())
    return rows.order_by().values_list("id", "case", "case__encountered_at", "recorded_at", unknown, unknown)


def _is_too_late(held_then: Coverage, met: date, recorded: date) -> bool:
    """Whether the year before would be whole by the day on which somebody was met, and is not by that of writing it down."""
    return bool(held_then.months_past_retention(met, recorded)) and held_then.is_whole(met) and recorded > met


# --- one case ------------------------------------------------------------------------------------------------------------


def of_case(case: Case, people: Sequence[Person] | None = None) -> OfCase:
    """What earlier records say of the people of this case. In two queries, of a sealed case three."""
    rows = list(people) if people is not None else list(Person.objects.filter(case=case).order_by("number"))
    matches, kinds = _met_and_held([row.id for row in rows], case.encountered_at)
    met = {earlier: person for earlier, person, _ in matches}
    unsure = set(met) - {earlier for earlier, _, is_sure in matches if is_sure}
    signs = [sign for some in signs_by_person(met).values() for sign in some] if met else []
    names = {row.id: row.name for row in rows}
    before = [sign for sign in signs if _is_of_before(sign.record, case)]
    asked = waiting().filter(earlier_person__in=met).select_related("asked_of").first() if met and case.sealed else None
    return OfCase(
        before=tuple(before),
        since=tuple(sign for sign in signs if sign not in before),
        names={earlier: names[person] for earlier, person in met.items()},
        unsure=frozenset(unsure),
        people=tuple(met),
        kinds_held=kinds,
        unknown=tuple(
            row.name or row.description or f"Person {row.number}" for row in rows if not person_key(row.name, row.birth_date)
        ),
        last_recorded=max((london_date(row.recorded_at) for row in rows), default=london_date(case.recorded_at)),
        asked=asked,
    )


def _met_and_held(people: Sequence[UUID], at: datetime) -> tuple[list[tuple[UUID, UUID, bool]], tuple[str, ...]]:
    """Whose earlier records may be of these people, those called alike first, as (theirs, person, whether surely the same);
    and the kinds of which any record of the year before `at` is held. In one query."""
    met = EarlierRecordMatch.objects.filter(person__in=people).order_by()
    records = EarlierRecord.objects.filter(happened_at__gte=at - LOOKS_BACK, happened_at__lte=at).order_by()
    nobody, unknown = Cast(Value(None), UUIDField()), Cast(Value(None), BooleanField())
    kind_rows = (records.filter(kind=kind).values_list("kind", "id", nobody, nobody, unknown)[:1] for kind in KINDS)
    whole = met.values_list(Value(""), "id", "earlier_person_id", "person_id", "is_sure").union(*kind_rows, all=True)
    matches, kinds = [], set()
    for kind, row, earlier, person, is_sure in whole:
        if kind:
            kinds.add(kind)
        else:
            matches.append((is_sure, row, earlier, person))
    in_order = [(earlier, person, is_sure) for is_sure, _, earlier, person in sorted(matches)]
    return in_order, tuple(kind for kind in KINDS if kind in kinds)
