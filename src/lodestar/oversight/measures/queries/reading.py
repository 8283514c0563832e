"""What is kept of cases, made from their facts; and which rows of it hold at an instant."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case as If
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, UUIDField, When
from django.db.models.functions import TruncDate

from lodestar.casework.cases.models import Case
from lodestar.intelligence.earlier_records.queries.look_back import Stood, signs_stood
from lodestar.intelligence.earlier_records.queries.records import read_coverage as held_by
from lodestar.intelligence.earlier_records.rules.earlier import Coverage
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.models import CaseVerdict
from lodestar.oversight.measures.queries.known import Facts, cases_of, happened_in
from lodestar.oversight.measures.rules import failings
from lodestar.oversight.measures.rules.facts import HAPPENED, CaseFacts, LookedBack, Period, Verdict
from lodestar.platform.time.days import LONDON

_HOME = Path(__file__).parents[1]
_JUDGED_BY = (
    *sorted((_HOME / "rules").glob("*.py")),
    *sorted((_HOME / "reference").glob("*.toml")),
    _HOME / "queries/known.py",
    _HOME / "queries/training.py",
)


def fingerprint(files: Sequence[Path] = _JUDGED_BY) -> str:
    """What tells the rules that judge a case, their lists, and how its facts are read, from those of any other release."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


RULES = fingerprint()


def _holding(at: datetime, prefix: str = "") -> Q:
    """Rows that these rules made, that were made by `at`, and that nothing fell due since to change."""
    made = Q(**{f"{prefix}rules": RULES, f"{prefix}kept_at__lte": at})
    return made & (Q(**{f"{prefix}holds_until__isnull": True}) | Q(**{f"{prefix}holds_until__gt": at}))


def with_stored_verdicts(rows: QuerySet[Case], at: datetime) -> QuerySet[Case]:
    """The cases, each with what is kept of it as `kept`, where that holds at `at`: a row that stands has not changed since it was
    made, and so says how things stood at any instant after."""
    return rows.annotate(kept=FilteredRelation("judged", condition=_holding(at, "judged__")))


def without_stored_verdicts(at: datetime, most: int) -> list[UUID]:
    """The first cases of which nothing is kept that holds at `at`."""
    stored = CaseVerdict.objects.filter(_holding(at), case=OuterRef("id"))
    return list(Case.objects.filter(~Exists(stored)).order_by("id").values_list("id", flat=True)[:most])


def recalculate(cases: Sequence[UUID], at: datetime) -> dict[UUID, CaseVerdict]:
    """What is to be kept of these cases as they stand, unsaved. In ten queries at most."""
    rows: QuerySet[Any, Any] = Case.objects.filter(id__in=cases).values("id")
    facts = Facts(rows, at, is_past=False)
    return {
        case: _row(case, facts.victims(case), failings.summarise_verdicts(facts.of(case), facts.sought(case), at), at)
        for case in cases
    }


def _row(case: UUID, victims: Sequence[UUID], summary: failings.VerdictSummary, at: datetime) -> CaseVerdict:
    times = sorted(time for times in summary.happened.values() for time in times)
    return CaseVerdict(
        case_id=case, rules=RULES, said=summary.letters, first=summary.first, victims=list(victims),
        happened=as_stored(summary.happened), happened_from=times[0] if times else None,
        happened_to=times[-1] if times else None, kept_at=at, holds_until=summary.until,
    )  # fmt: skip


def as_stored(happened: Mapping[tuple[int, int], Sequence[datetime]]) -> dict[str, list[str]]:
    """The times of what happened as they are stored, by `number.version`."""
    return {f"{number}.{version}": [time.isoformat() for time in times] for (number, version), times in happened.items()}


COMPARED = ("said", "first", "victims", "happened", "happened_from", "happened_to")


def differences(cases: Sequence[UUID], at: datetime) -> list[UUID]:
    """Of these cases those of which something is kept that holds at `at`, and the facts say otherwise."""
    stored = {row.case_id: row for row in CaseVerdict.objects.filter(_holding(at), case__in=cases)}
    should = recalculate(list(stored), at) if stored else {}
    return [case for case, row in stored.items() if _compared_values(row) != _compared_values(should[case])]


def _compared_values(row: CaseVerdict) -> tuple[Any, ...]:
    return tuple(sorted(value) if name == "victims" else value for name in COMPARED for value in (getattr(row, name),))


FEW = 500  # cases that are read by their ids


class Reading:
    """The cases of a scope and period as they were known at `at`, for all failings or `only` one. `shared` has read
    earlier records already, of its own period and of those `beside` it. `afresh`: nothing that is kept is read."""

    def __init__(
        self, scope: Scope, period: Period, at: datetime, *, is_past: bool, only: int | None = None,
        beside: Sequence[Period] = (), shared: "Reading | None" = None, afresh: bool = False,
    ) -> None:  # fmt: skip
        self.scope, self.period, self.at, self.is_past, self.only = scope, period, at, is_past, only
        self.stored_at = datetime.min.replace(tzinfo=UTC) if afresh else at
        rows = failings.definitions(period.last)
        self.defined: Mapping[int, Mapping[str, Any]] = {only: rows[only]} if only else rows
        reads_records = failings.MISSED in self.defined
        self.held: Coverage = shared.held if shared else held_by(at) if reads_records else Coverage()
        spans = [(each.begins, each.ends) for each in (period, *beside)]
        self.stood: Mapping[UUID, Stood] = shared.stood if shared else signs_stood(spans, at, self.held) if reads_records else {}
        self._all_held: dict[date, bool] = {}

    def met_in(self) -> QuerySet[Any, Any]:
        """Cases whose people were met in the period, with what is kept of them. `one` and `whose` are of those alone in which
        signs stood of somebody before, or of somebody it cannot be told: which case, and its possible victims."""
        stood = Q(id__in={signs.case for signs in self.stood.values() if signs.at or signs.is_untold})
        rows = with_stored_verdicts(cases_of(self.scope, self.period, self.at, earlier=False), self.stored_at)
        return rows.annotate(
            day=TruncDate("encountered_at", tzinfo=LONDON),
            one=If(When(stood, then=F("id")), output_field=UUIDField(null=True)),
            whose=If(When(stood, then=F("kept__victims")), output_field=ArrayField(UUIDField(), null=True)),
        )

    def encountered_before_period(self) -> QuerySet[Any, Any]:
        """Cases of people met before the period, of which something happened in it or may have."""
        rows = Case.objects.filter(
            self.scope.counted | self.scope.sealed, recorded_at__lte=self.at, encountered_at__lt=self.period.begins
        )
        inside = Q(kept__happened_to__gte=self.period.begins, kept__happened_from__lt=self.period.ends)
        loose = Q(kept__id__isnull=True) & happened_in(self.period, self.at)
        return with_stored_verdicts(rows, self.stored_at).filter(inside | loose)

    def all_held(self, day: date) -> bool:
        """Whether records of every kind are held for the whole year before a day."""
        if day not in self._all_held:
            self._all_held[day] = self.held.is_whole(day)
        return self._all_held[day]

    def verdicts(self, letters: str, first: str, day: date, whose: Sequence[UUID] | None) -> dict[int, str]:
        """What each failing says of cases of which the same is kept."""
        by_number = {}
        for number, row in self.defined.items():
            if number == failings.MISSED:
                backs = self._backs(first, day, whose)
                by_number[number] = failings.first_verdict(row["version"], first, backs)
            else:
                by_number[number] = failings.verdict_of(letters, (number, row["version"]))
        return by_number

    def _backs(self, first: str, day: date, whose: Sequence[UUID] | None) -> tuple[LookedBack, ...]:
        """What earlier records say of each possible victim of a case. `whose` are their ids where signs stood of any of them."""
        is_held = self.all_held(day)
        if not whose:
            return tuple(LookedBack(is_held and letter == failings.SOUGHT) for letter in first)
        return tuple(
            self._look_back_of(victim, letter == failings.SOUGHT and is_held) for letter, victim in zip(first, whose, strict=True)
        )

    def verdicts_from_facts(self, days: Mapping[UUID, date]) -> dict[UUID, dict[int, Verdict]]:
        """What each failing says of cases of which nothing is kept, by the day on which their people were met. Ten queries."""
        return self.judged_by(self._facts(days), days) if days else {}

    def judged_by(self, facts: Facts, days: Mapping[UUID, date]) -> dict[UUID, dict[int, Verdict]]:
        """The same by facts that are read already."""
        return {
            case: failings.judge_case(self._with_records(facts, case, day), self.at, self.defined) for case, day in days.items()
        }

    def _facts(self, days: Mapping[UUID, date]) -> Facts:
        rows: QuerySet[Any, Any] = Case.objects.filter(id__in=list(days)).values("id")
        if len(days) > FEW:  # a plan made for a long list of ids reads each case by itself
            before = [case for case, day in days.items() if day < self.period.first]
            met = cases_of(self.scope, self.period, self.at, earlier=False)
            rows = (met | Case.objects.filter(id__in=before)).values("id")
        return Facts(rows, self.at, is_past=self.is_past, only=self.only)

    def _with_records(self, facts: Facts, case: UUID, day: date) -> CaseFacts:
        case_facts = facts.of(case)
        if failings.MISSED not in self.defined:
            return case_facts
        victims = zip(facts.victims(case), facts.sought(case), strict=True)
        return case_facts.with_records([self._look_back_of(person, sought and self.all_held(day)) for person, sought in victims])

    def _look_back_of(self, person: UUID, is_whole: bool) -> LookedBack:
        stood = self.stood.get(person)
        if stood is None:
            return LookedBack(is_whole)
        return LookedBack(is_whole and not stood.is_known_late, stood.at, stood.was_considered, stood.has_undated)

    def happened_apart(self, number: int, verdict: Verdict) -> bool:
        """Whether a failing happened in the period, in a case of people met before it."""
        return verdict.verdict == HAPPENED and any(map(self.period.holds, verdict.times))

    def stored_happened_apart(self, number: int, happened: Mapping[str, Sequence[str]]) -> bool:
        """The same, by what is kept."""
        times = happened.get(f"{number}.{self.defined[number]['version']}", ())
        return any(self.period.holds(datetime.fromisoformat(time)) for time in times)


def facts_of_met(several: Sequence[tuple[Reading, Mapping[UUID, date]]]) -> Facts | None:
    """The facts of cases of which nothing is kept, of several periods of one scope and instant at once; None where there are
    none. A plan made for a long list of ids reads each case by itself, so that of many all of the periods are read."""
    if not several:
        return None
    first = several[0][0]
    if sum(len(days) for _, days in several) <= FEW:
        rows = Case.objects.filter(id__in={case for _, days in several for case in days})
    else:
        rows = Case.objects.none()
        for reading, _ in several:
            rows = rows | cases_of(reading.scope, reading.period, reading.at, earlier=False)
    return Facts(rows.values("id"), first.at, is_past=first.is_past, only=first.only)
