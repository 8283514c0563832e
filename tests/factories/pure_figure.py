"""The figure reckoned in the plainest way, case by case, which the one of the pages is held against."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from lodestar.casework.cases.models import Person
from lodestar.intelligence.earlier_records.models import EarlierRecord, EarlierRecordMatch, PromptStep, RecordSign
from lodestar.intelligence.earlier_records.queries.look_back import can_be_looked_for
from lodestar.intelligence.earlier_records.queries.records import FOUND, read_coverage
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.queries.figure import BEFORE
from lodestar.oversight.measures.queries.known import Facts, cases_of
from lodestar.oversight.measures.rules.facts import HAPPENED, CaseFacts, Counts, LookedBack, Period, Verdict
from lodestar.oversight.measures.rules.failings import MISSED, definitions, judge_case
from lodestar.platform.text.grouping import grouped
from lodestar.platform.time.days import london_date

SHOWS = Exists(RecordSign.objects.filter(record=OuterRef("pk")))


def _first_concerns(people: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each was first in a concern as a possible victim, in whatever case of the force."""
    may_be = Q(person__roles__contains=["possible_victim"]) | Q(person__belief__in=FOUND)
    rows = EarlierRecordMatch.objects.filter(may_be, is_sure=True, earlier_person__in=list(people)).values("earlier_person")
    return {row["earlier_person"]: row["first"] for row in rows.annotate(first=Min("person__case__encountered_at"))}


def of_people(people: QuerySet[Any, Any], at: datetime) -> dict[UUID, LookedBack]:
    """Of these people of cases (a query of ids) those of whom anything can be told, by the records that had come in by `at`."""
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
        met = london_date(concern)
        is_held = records.is_whole(met) and not records.is_too_late(met, london_date(recorded))
        is_whole = can_be_looked_for(name, birth_date) and is_held
        if is_whole or before or has_undated:
            by_person[person] = LookedBack(is_whole, min(stood, default=None), len(stood) < len(before), has_undated)
    return by_person


def _days_with_signs(people: Iterable[UUID], at: datetime) -> dict[UUID, list[tuple[datetime | None, datetime]]]:
    """When the records of these people that had come in by `at` and may show a sign happened, where that is known, and when each
    came in."""
    rows = EarlierRecord.objects.filter(SHOWS, earlier_person__in=list(people), recorded_at__lte=at)
    times = rows.values_list("earlier_person", "happened_at", "recorded_at")
    return grouped((earlier_id, (happened, came)) for earlier_id, happened, came in times)


def _answered_no(people: Iterable[UUID]) -> dict[UUID, list[datetime]]:
    """When a named colleague answered that these people could not be possible victims, as far as was known."""
    rows = PromptStep.objects.filter(what="no", prompt__earlier_person__in=list(people))
    return grouped(rows.values_list("prompt__earlier_person", "at"))


@dataclass(frozen=True)
class KnownCase:
    """One case: when its people were met, whether it is sealed and so counted for nobody, and whether they were met before
    the period, and something happened in it that is counted apart."""

    id: UUID
    met: datetime
    is_sealed: bool
    is_earlier: bool
    facts: CaseFacts


def known(scope: Scope, period: Period, at: datetime, *, is_past: bool, only: int | None = None) -> list[KnownCase]:
    """The cases of a period as they were known at `at`, by when their people were met. `is_past`: `at` was given, so that
    later changes are looked through; without it nothing can have come after. `only`: what one failing is judged by."""
    rows = cases_of(scope, period, at)
    cases = list(rows.order_by("encountered_at", "id").values_list("id", "encountered_at", "sealed"))
    facts = Facts(rows.values("id"), at, is_past=is_past, only=only)
    backs = of_people(Person.objects.filter(case__in=rows.values("id")).values("id"), at) if only in (None, MISSED) else {}
    with_records = {
        case: facts.of(case).with_records([backs.get(victim) for victim in facts.victims(case)]) for case, _, _ in cases
    }
    return [KnownCase(case, met, sealed, met < period.begins, with_records[case]) for case, met, sealed in cases]


@dataclass(frozen=True)
class CaseWithVerdicts:
    """A case with what each failing says of it, by number."""

    case: KnownCase
    verdicts: Mapping[int, Verdict]


class RecalculatedFigure:
    """The figure of a period as it was known at one instant, reckoned anew. `only`: of one failing alone."""

    def __init__(self, scope: Scope, period: Period, at: datetime, *, is_past: bool, only: int | None = None) -> None:
        self.period, self.at = period, at
        rows = definitions(period.last)
        self.defined: Mapping[int, Mapping[str, Any]] = {only: rows[only]} if only else rows
        cases = known(scope, period, at, is_past=is_past, only=only)
        self.cases = [CaseWithVerdicts(known_case, judge_case(known_case.facts, at, self.defined)) for known_case in cases]
        met = [judged.verdicts for judged in self.cases if not judged.case.is_sealed and not judged.case.is_earlier]
        self.counts = {number: Counts(**Counter(verdicts[number].verdict for verdicts in met)) for number in self.defined}
        self.before = {number: len(self.of(number, BEFORE)) for number in self.defined}

    def of(self, number: int, verdict: str, *, sealed: bool = False) -> list[UUID]:
        """The cases of one failing with this verdict, or with `BEFORE`, in the order in which their people were met. With
        `sealed` those that the member owns, which no number counts."""
        cases = (judged for judged in self.cases if judged.case.is_sealed == sealed)
        return [judged.case.id for judged in cases if self._is_of(judged, number, verdict)]

    def _is_of(self, judged: CaseWithVerdicts, number: int, verdict: str) -> bool:
        case_verdict = judged.verdicts[number]
        if not judged.case.is_earlier:
            return case_verdict.verdict == verdict
        return verdict == BEFORE and case_verdict.verdict == HAPPENED and any(map(self.period.holds, case_verdict.times))
