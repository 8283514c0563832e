"""Named reads for looking back: what earlier records say of people of cases, and whether that can be told at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from lodestar.casework.cases.access import visible_cases
from lodestar.casework.cases.models import Case, EarlierReferral, Person
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, Prompt, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries.prompts import FOUND, signs_by_person, waiting
from lodestar.intelligence.earlier_records.queries.records import read_coverage
from lodestar.intelligence.earlier_records.rules.earlier import KINDS, LOOKS_BACK, Coverage, look_back_answer, person_key
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.grouping import grouped
from lodestar.platform.time.days import london_date

READS_BACK = LOOKS_BACK + timedelta(days=31)  # with the whole of the month in which the year before began
MAY_BE = Q(roles__contains=["possible_victim"]) | Q(belief__in=FOUND)


@dataclass(frozen=True)
class SeenBefore:
    """An earlier record with a sign that is older than the first concern."""

    record: UUID
    kind: str
    reference: str
    happened_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True)
class LookedBack:
    """One case looked back from: `answer` is seen, nothing_recorded or cannot_tell. `kinds_held` are those of which the
    records of the whole year before are held; `found_first_by` are bodies outside that had referred somebody of it before."""

    case: UUID
    reference: str
    encountered_at: datetime
    answer: str
    seen: tuple[SeenBefore, ...]
    kinds_held: tuple[str, ...]
    people: int
    people_known: int
    found_first_by: tuple[str, ...]


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


def looked_back(start: datetime, end: datetime, member: Member) -> list[LookedBack]:
    """The cases of a period that the member sees with a possible victim in them, each looked back from: by records of surely the
    same person alone. Ten queries at most, whatever their number."""
    cases = visible_cases(member).filter(encountered_at__gte=start, encountered_at__lt=end)
    people = list(Person.objects.filter(MAY_BE, case__in=cases).select_related("case").order_by("case__encountered_at", "id"))
    of_person = _earlier_of([possible_victim.id for possible_victim in people])
    signs = signs_by_person({earlier_id for some in of_person.values() for earlier_id in some})
    first = _first_concerns(signs)
    records = read_coverage()
    elsewhere = _referred_elsewhere([possible_victim.id for possible_victim in people])
    by_case = grouped((person.case_id, person) for person in people)
    return [_look_back_case(some[0].case, some, of_person, signs, first, records, elsewhere) for some in by_case.values()]


def _look_back_case(
    case: Case, people: Sequence[Person], of_person: dict[UUID, list[UUID]], signs: dict[UUID, list[RecordSign]],
    first: dict[UUID, datetime], records: Coverage, elsewhere: dict[UUID, list[tuple[str, str]]],
) -> LookedBack:  # fmt: skip
    earlier = {earlier_id for person in people for earlier_id in of_person.get(person.id, ())}
    of_first = sorted(earlier_id for earlier_id in earlier if first.get(earlier_id) == case.encountered_at)
    shown = [sign for earlier_id in of_first for sign in signs.get(earlier_id, ())]
    seen = grouped((sign.record_id, sign) for sign in shown if _is_of_before(sign.record, case))
    undated = {sign.record_id for sign in shown if sign.record.happened_at is None and sign.record_id not in seen}
    kinds = records.whole_kinds(
        london_date(case.encountered_at), max(london_date(possible_victim.recorded_at) for possible_victim in people)
    )
    searchable = sum(bool(person_key(possible_victim.name, possible_victim.birth_date)) for possible_victim in people)
    by = [
        name
        for possible_victim in people
        for name, day in elsewhere.get(possible_victim.id, ())
        if _is_before(day, case.encountered_at)
    ]
    return LookedBack(
        case=case.id,
        reference=case.reference,
        encountered_at=case.encountered_at,
        answer=look_back_answer(
            seen=len(seen), undated=len(undated), kinds_held=kinds, people=len(people), people_known=searchable
        ),
        seen=tuple(_seen(some) for some in seen.values()),
        kinds_held=kinds,
        people=len(people),
        people_known=searchable,
        found_first_by=tuple(dict.fromkeys(by)),
    )


def _is_of_before(record: EarlierRecord, case: Case) -> bool:
    """Whether a record is surely of before a case: without a day where it had come in by then."""
    return (record.happened_at or record.recorded_at) < case.encountered_at


def _seen(signs: Sequence[RecordSign]) -> SeenBefore:
    row = signs[0].record
    at = row.happened_at or row.recorded_at
    return SeenBefore(row.id, row.kind, row.reference, at, tuple(dict.fromkeys(sign.code for sign in signs)))


def _earlier_of(people: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    rows = EarlierRecordMatch.objects.filter(person__in=people, is_sure=True)
    return grouped(rows.values_list("person", "earlier_person"))


def _first_concerns(people: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each was first in a concern as a possible victim, in whatever case of the force."""
    may_be = Q(person__roles__contains=["possible_victim"]) | Q(person__belief__in=FOUND)
    rows = EarlierRecordMatch.objects.filter(may_be, is_sure=True, earlier_person__in=list(people)).values("earlier_person")
    return {row["earlier_person"]: row["first"] for row in rows.annotate(first=Min("person__case__encountered_at"))}


def _referred_elsewhere(people: Sequence[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Which other bodies had referred these people before, and when, as their cases have it."""
    rows = EarlierReferral.objects.filter(person__in=people).exclude(by="")
    return grouped((person, (by, day)) for person, by, day in rows.values_list("person", "by", "on_date"))


def _is_before(day: str, at: datetime) -> bool:
    """Whether a partial date lies before the concern: of one that is not known, or may be the same day, that is not told."""
    return bool(day) and day < london_date(at).isoformat()[: len(day)]


@dataclass(frozen=True)
class OfPerson:
    """Of one possible victim: whether records of every kind are held for the year before they were met, and they can be looked
    for in them; when the first record with a sign happened that is older than the first concern about them and that nobody
    considered before it; whether there were such records that somebody did consider; and whether one shows a sign and says no
    day, so that it is not known whether it is of before."""

    is_whole: bool
    signs_at: datetime | None
    was_considered: bool = False
    has_undated: bool = False


def of_people(people: QuerySet[Any, Any], at: datetime) -> dict[UUID, OfPerson]:
    """Of these people of cases (a query of ids) those of whom anything can be told, by the records that had come in by `at`. In
    six queries."""
    columns = ("id", "name", "birth_date", "recorded_at", "case__encountered_at")
    rows = list(Person.objects.filter(id__in=people).values_list(*columns))
    records = read_coverage(at)
    met = list(EarlierRecordMatch.objects.filter(person__in=people, is_sure=True).values_list("person", "earlier_person"))
    signs = _days_with_signs({earlier for _, earlier in met}, at)
    first = _first_concerns(signs) if signs else {}
    answers = _answered_no(signs) if signs else {}
    of_person = grouped(met)
    by_person = {}
    for person, name, birth_date, recorded, concern in rows:
        earlier_ones = [earlier_id for earlier_id in of_person.get(person, ()) if first.get(earlier_id) == concern]
        days = [(earlier_id, *days) for earlier_id in earlier_ones for days in signs.get(earlier_id, ())]
        before = [(earlier_id, day or came, came) for earlier_id, day, came in days if (day or came) < concern]
        stood = [
            day
            for earlier_id, day, came in before
            if not any(came <= answered_at < concern for answered_at in answers.get(earlier_id, ()))
        ]
        has_undated = any(day is None and came >= concern for _, day, came in days)
        is_whole = can_be_looked_for(name, birth_date) and records.is_whole(london_date(concern), london_date(recorded))
        if is_whole or before or has_undated:
            by_person[person] = OfPerson(is_whole, min(stood, default=None), len(stood) < len(before), has_undated)
    return by_person


def can_be_looked_for(name: str, birth_date: str) -> bool:
    """Whether somebody called so can be looked for in earlier records."""
    return bool(person_key(name, birth_date))


def _days_with_signs(people: Iterable[UUID], at: datetime) -> dict[UUID, list[tuple[datetime | None, datetime]]]:
    """When the records of these people that had come in by `at` and may show a sign happened, where that is known, and when each
    came in."""
    rows = EarlierRecord.objects.filter(_SHOWS, earlier_person__in=list(people), recorded_at__lte=at)
    times = rows.values_list("earlier_person", "happened_at", "recorded_at")
    return grouped((earlier_id, (happened, came)) for earlier_id, happened, came in times)


_SHOWS = Exists(RecordSign.objects.filter(record=OuterRef("pk")))


def _answered_no(people: Iterable[UUID]) -> dict[UUID, list[datetime]]:
    """When a named colleague answered that these people could not be possible victims, as far as was known."""
    rows = PromptStep.objects.filter(what="no", prompt__earlier_person__in=list(people))
    return grouped(rows.values_list("prompt__earlier_person", "at"))


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


def signs_stood(begins: datetime, ends: datetime, at: datetime, held_then: Coverage) -> dict[UUID, Stood]:
    """The people of cases met from `begins` to before `ends` of whom signs stood in earlier records before the first concern, or
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
    rows = EarlierRecordMatch.objects.filter(is_sure=True, **{f"{concern}__gte": begins, f"{concern}__lt": ends}).order_by()
    rows = rows.annotate(
        first=Subquery(first),
        stood=Subquery(records.filter(~Exists(answered)).order_by("was").values("was")[:1]),
        considered=Exists(records.filter(Exists(answered))),
        undated=Exists(shows.filter(happened_at__isnull=True, recorded_at__gte=OuterRef(concern))),
    ).filter(Q(stood__isnull=False) | Q(considered=True) | Q(undated=True), first=F(concern))
    columns = rows.values_list("person", "person__case", concern, "stood", "considered", "undated")
    is_too_late = cache(partial(_is_too_late, held_then))  # many were met and written down on the same days
    by_person: dict[UUID, Stood] = {}
    for person, case, met, when, considered, undated in columns.union(_known_late(begins, ends, held_then), all=True):
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


def _known_late(begins: datetime, ends: datetime, held_then: Coverage) -> QuerySet[Person, Any]:
    """The people of cases met then who were written down so late that the clock may have let records of the year before go, each
    with the case and both times: of none where nothing is held."""
    if not held_then.retention or not (held_then.months or held_then.spans):
        rows = Person.objects.none()
    else:
        least = timedelta(days=28 * min(months for _, months in held_then.retention)) - LOOKS_BACK - timedelta(days=1)
        late = F("case__encountered_at") + max(least, timedelta())
        rows = Person.objects.filter(case__encountered_at__gte=begins, case__encountered_at__lt=ends, recorded_at__gt=late)
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
