"""What measures come to in periods, as known at an instant, in a bounded number of statements whatever the number of rows: stored
values as they were stored, the others counted. And the cases behind a number. Sealed cases are in none."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, BooleanField, DurationField, F, IntegerField, Min, Q, QuerySet, When
from django.db.models import Case as If
from django.db.models import Count as CountOf
from django.db.models import Value as Constant
from django.db.models.functions import Cast

from lodestar.casework.cases.models import Case
from lodestar.casework.court_orders.models import CourtOrder
from lodestar.casework.court_orders.rules import ORDER
from lodestar.knowledge.training.queries import trained_at
from lodestar.oversight.deep_dives.queries import Grade, grades_of
from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.models import CrimeTotal, StoredValue
from lodestar.oversight.measures.queries.figure import Reading, counts_by_period
from lodestar.oversight.measures.queries.registry import COUNTS, Rows
from lodestar.oversight.measures.rules.facts import Counts, Period
from lodestar.oversight.measures.rules.values import ONE_DAY, Value, measures_on
from lodestar.platform.accounts.models import Membership
from lodestar.platform.time.days import add_months, london_date

ORDERS, COVERAGE, GRADED = "orders-in-force", "training-coverage", "deep-dive-good"
AT_ONCE = 20_000  # cases that are named in one statement
GRADES = ("good", "requires_improvement", "inadequate")
Values = dict[str, list[Value]]  # by code, one for each period


class Middle(Aggregate):
    """The median of times."""

    function, template = "percentile_cont", "percentile_cont(0.5) within group (order by %(expressions)s)"
    output_field = DurationField()


def values_of(scope: Scope, periods: Sequence[Period], at: datetime, codes: Collection[str], *, is_past: bool) -> Values:
    """Each measure in each period: with `is_past` and of the whole force as it was stored by `at`, where it was; else counted as
    known at `at`. The periods are in order and none overlaps another."""
    stored = stored_by(periods, at, codes) if is_past and scope.is_force else {}
    lacking = [code for code in codes if any((code, period) not in stored for period in periods)]
    values = {code: [Value(0, 0)] * len(periods) for code in codes}
    values |= count(scope, periods, at, lacking, is_past=is_past)
    return {
        code: [stored.get((code, period), value) for period, value in zip(periods, values[code], strict=True)] for code in codes
    }


def stored_by(periods: Iterable[Period], at: datetime, codes: Collection[str]) -> dict[tuple[str, Period], Value]:
    """The last value of each measure and period that was stored by `at`, in the version that holds for it. One that was stored
    before a period was over says nothing of it once it is."""
    by_days = {(period.first, period.last): period for period in periods}
    rows = StoredValue.objects.filter(code__in=list(codes), stored_at__lte=at).order_by("stored_at", "id")
    rows = rows.filter(first__in={first for first, _ in by_days}, last__in={last for _, last in by_days})
    stored = {}
    for row in rows:
        period = by_days.get((row.first, row.last))
        if period is None or row.version != measures_on(row.last)[row.code]["version"]:
            continue
        if at < period.ends or row.stored_at >= period.ends:
            stored[row.code, period] = Value(row.numerator, row.denominator, row.median, row.further, row.stored_at)
    return stored


def count(scope: Scope, periods: Sequence[Period], at: datetime, codes: Collection[str], *, is_past: bool) -> Values:
    """The same counted from the records."""
    values: Values = _count_rows(scope, periods, at, [code for code in codes if code in COUNTS])
    numbers = {code: row["failing"] for code, row in measures_on(periods[-1].last).items() if code in codes and "failing" in row}
    if numbers:
        values |= _count_failings(scope, periods, at, numbers, is_past=is_past)
    days = [min(period.last, london_date(at)) for period in periods]
    if ORDERS in codes:
        orders = list(_orders(scope, at))
        values[ORDERS] = [Value(sum(_in_force(order, day) for order in orders)) for day in days]
    if COVERAGE in codes:
        values[COVERAGE] = _count_trained(scope, days)
    if GRADED in codes:
        values[GRADED] = [_graded(list(grades.values())) for grades in _grades(scope, periods, at)]
    return values


def _count_rows(scope: Scope, periods: Sequence[Period], at: datetime, codes: Sequence[str]) -> Values:
    """Those that are counts of rows, all of them in one statement."""
    counted: dict[tuple[int, bool, int], tuple[int, Any]] = {}
    parts = [
        _grouped(place, is_hit, COUNTS[code](at), scope, periods, at)
        for place, code in enumerate(codes)
        for is_hit in ((False, True) if COUNTS[code](at).hit is not None else (False,))
    ]
    for place, is_hit, nth, many, middle in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else (parts or [()])[0]:
        counted[place, is_hit, nth] = many, middle
    return {
        code: [
            _value(COUNTS[code](at), *counted.get((place, False, nth), (0, None)), counted.get((place, True, nth), (0,))[0])
            for nth in range(len(periods))
        ]
        for place, code in enumerate(codes)
    }


def _value(rows: Rows, many: int, middle: Any, hits: int) -> Value:
    if rows.time is not None:
        return Value(None, many, middle.total_seconds() / 3600 if middle else None)
    return Value(many) if rows.hit is None else Value(hits, many)


def _rows_of(rows: Rows, scope: Scope, at: datetime) -> QuerySet[Any]:
    """The rows of a scope that were known at `at` and had come by then."""
    by_then = london_date(at) if rows.is_day else at
    cases = Case.objects.filter(scope.counted).values("id")
    filters = {f"{rows.recorded}__lte": at, f"{rows.when}__lte": by_then, f"{rows.case}__in": cases}
    return rows.rows.filter(**filters).order_by()


def _inside(rows: Rows, period: Period) -> Q:
    begins, ends = (period.first, period.last + ONE_DAY) if rows.is_day else (period.begins, period.ends)
    return Q(**{f"{rows.when}__gte": begins, f"{rows.when}__lt": ends})


def _grouped(place: int, is_hit: bool, rows: Rows, scope: Scope, periods: Sequence[Period], at: datetime) -> Any:
    """How many rows there are in each period; with `is_hit`, how many of the numerator: looked up as one join, not row by row."""
    whens = [When(_inside(rows, period), then=Constant(nth)) for nth, period in enumerate(periods)]
    counted = _rows_of(rows, scope, at).filter(_inside(rows, Period(periods[0].first, periods[-1].last)))
    counted = counted.filter(rows.hit) if is_hit and rows.hit is not None else counted
    marks = {"place": Constant(place, output_field=IntegerField()), "is_hit": Constant(is_hit, output_field=BooleanField())}
    middle = Middle(rows.time or Cast(Constant(None), DurationField()))
    grouped = counted.annotate(nth=If(*whens, output_field=IntegerField()), **marks).values("place", "is_hit", "nth")
    return grouped.annotate(many=CountOf("id"), middle=middle).values_list("place", "is_hit", "nth", "many", "middle")


def _count_failings(
    scope: Scope, periods: Sequence[Period], at: datetime, numbers: Mapping[str, int], *, is_past: bool
) -> Values:
    """The six failings, each case judged once for all periods."""
    only = next(iter(numbers.values())) if len(numbers) == 1 else None
    reading = Reading(scope, Period(periods[0].first, periods[-1].last), at, is_past=is_past, only=only)
    by_period = counts_by_period(reading, periods)
    return {code: [_of_counts(counts[number]) for counts in by_period] for code, number in numbers.items()}


def _of_counts(counts: Counts) -> Value:
    further = {"did_not": counts.did_not, "cannot_tell": counts.cannot_tell}
    return Value(counts.happened, counts.could_have, further=further)


def _orders(scope: Scope, at: datetime) -> QuerySet[CourtOrder]:
    """Orders that a court made, but for those that ended early."""
    rows = CourtOrder.objects.filter(person__case__in=Case.objects.filter(scope.counted).values("id"), recorded_at__lte=at)
    return rows.filter(made_on__isnull=False).exclude(state__in=ORDER.closed, to_on__isnull=True)


def _in_force(order: CourtOrder, day: date) -> bool:
    return order.made_on is not None and order.made_on <= day <= (order.to_on or day)


def _count_trained(scope: Scope, days: Sequence[date]) -> list[Value]:
    """Who was trained on each of these days, of the staff of whom anything was required. Four statements."""
    rows = Membership.objects.filter(from_date__lte=days[-1]).exclude(to_date__lt=days[0])
    places = (rows if scope.units is None else rows.filter(unit__in=scope.units)).values_list("user", "from_date", "to_date")
    pairs = {(user, day) for user, first, last in places for day in days if first <= day <= (last or day)}
    trained = trained_at(pairs)
    answers = [[trained[pair] for pair in pairs if pair[1] == day and trained[pair] is not None] for day in days]
    return [Value(sum(map(bool, of_day)), len(of_day)) for of_day in answers]


def _grades(scope: Scope, periods: Sequence[Period], at: datetime) -> list[dict[UUID, Grade]]:
    """The grades that were decided in each period. Two statements, of very many cases some more."""
    cases = list(Case.objects.filter(scope.counted, recorded_at__lte=at).values_list("id", flat=True))
    grades: dict[UUID, Grade] = {}
    for start in range(0, len(cases), AT_ONCE):
        grades |= grades_of(cases[start : start + AT_ONCE])
    decided = {case: grade for case, grade in grades.items() if grade.decided_on <= london_date(at)}
    return [
        {case: grade for case, grade in decided.items() if period.first <= grade.decided_on <= period.last} for period in periods
    ]


def _graded(grades: Collection[Grade]) -> Value:
    by_grade = {name: sum(grade.grade == name for grade in grades) for name in GRADES}
    return Value(by_grade.pop("good"), len(grades), further=by_grade)


def cases_behind(scope: Scope, code: str, period: Period, at: datetime, *, is_rest: bool) -> QuerySet[Case]:
    """The cases of the numerator of a measure, or with `is_rest` of what else is in its denominator, as its rows are now. None of
    training, which has none, and of the failings, which have lists of their own."""
    if code in COUNTS:
        rows = COUNTS[code](at)
        behind = _rows_of(rows, scope, at).filter(_inside(rows, period))
        if rows.hit is not None:
            behind = behind.exclude(rows.hit) if is_rest else behind.filter(rows.hit)
        ids: Any = behind.values(rows.case)
    elif code == ORDERS:
        day = min(period.last, london_date(at))
        ids = [order.person.case_id for order in _orders(scope, at).select_related("person") if _in_force(order, day)]
    else:
        grades = _grades(scope, [period], at)[0] if code == GRADED else {}
        ids = [case for case, grade in grades.items() if (grade.grade != "good") == is_rest]
    return Case.objects.filter(scope.counted, id__in=ids).select_related("unit").order_by("encountered_at", "id")


def periods_recorded(scope: Scope, periods: Sequence[Period]) -> list[Period]:
    """Those of these periods that began once there was a case: that there was nothing to count before says nothing. At least the
    last."""
    begun = Case.objects.filter(scope.counted).aggregate(first=Min("encountered_at"))["first"]
    return [period for period in periods if begun and begun <= period.begins] or list(periods[-1:])


def crime_totals(periods: Sequence[Period]) -> list[int | None]:
    """The force's own crime totals of these months or quarters; None where a month of one is not there. The last table counts."""
    rows = CrimeTotal.objects.filter(month__gte=periods[0].first, month__lte=periods[-1].last).order_by(F("recorded_at"), "id")
    by_first_day = {row.month: row.crimes for row in rows}
    months = [[add_months(p.first, n) for n in range(3) if add_months(p.first, n) <= p.last] for p in periods]
    whole = [[by_first_day.get(month) for month in of_period] for of_period in months]
    return [None if None in crimes else sum(filter(None, crimes)) for crimes in whole]
