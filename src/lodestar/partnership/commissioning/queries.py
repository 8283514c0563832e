"""What the tables of a quarter are counted from, and reads of what is published. The latter name their columns: the local
policing body's role reads no others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, Least

from lodestar.casework.cases.models import Person
from lodestar.casework.needs.models import Need, NeedMove, NeedsAssessment
from lodestar.casework.needs.rules import REASONS, UNMET
from lodestar.casework.service_referrals.models import PlaceRequest
from lodestar.casework.support.models import SupportStage
from lodestar.casework.support.rules.stages import STAGES
from lodestar.partnership.commissioning.models import CostAssumption, GapQuestion, Publication, QuestionStep, UnitDistrict
from lodestar.partnership.commissioning.rules import ELSEWHERE, GAP_AFTER, Gap, Quarter, quarter_of, unpublished
from lodestar.platform.accounts.models import Unit
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.time.days import london_date

MOST = 40  # quarters: ten years


def gaps_of(quarter: Quarter) -> list[Gap]:
    """The needs that became gaps in a quarter, as they were recorded: when somebody first recorded why one is not met, or when it
    had not been met for `GAP_AFTER`. The reason is the last that was recorded by the end of the quarter, also of a need that was
    met since. What the person does not want is no gap. Sealed cases are in none. Two statements."""
    reasoned = NeedMove.objects.filter(row=OuterRef("pk"), after=UNMET).exclude(reason="")
    first_reason = Subquery(reasoned.order_by("recorded_at").values("recorded_at")[:1], output_field=DateTimeField())
    last_reason = Subquery(reasoned.filter(recorded_at__lt=quarter.ends).order_by("-recorded_at", "-id").values("reason")[:1])
    late = ExpressionWrapper(F("since") + GAP_AFTER, output_field=DateTimeField())
    arose = Greatest(F("recorded_at"), Least(F("reason_at"), F("late_at")))  # Least passes over what is null
    rows = Need.objects.filter(person__case__sealed=False, recorded_at__lt=quarter.ends).exclude(wish="does_not_want")
    rows = rows.annotate(reason_at=first_reason, late_at=late, why=Coalesce(last_reason, Value(""))).annotate(arose=arose)
    rows = rows.filter(Q(reason_at__isnull=False) | Q(met_at__isnull=True) | Q(met_at__gt=F("late_at")))
    rows = rows.filter(arose__gte=quarter.begins, arose__lt=quarter.ends)
    of_units = {row.unit_id: row.code for row in districts_of_units()}
    known = {"", *of_units.values()}
    columns = ("person_id", "arose", "domain", "stage", "why", "district", "person__case__unit_id")
    return [
        Gap(
            person,
            at,
            {
                "domain": domain,
                "stage": stage,
                "reason": reason,
                "district": (district if district in known else ELSEWHERE) or of_units.get(unit, ""),
            },
        )
        for person, at, domain, stage, reason, district, unit in rows.values_list(*columns)
    ]


def districts_of_units() -> list[UnitDistrict]:
    """The district of each unit that has one."""
    rows = UnitDistrict.objects.order_by("unit", "-recorded_at", "-id").distinct("unit")
    return sorted(rows, key=lambda row: row.name)


def units() -> list[tuple[UUID, str]]:
    """The units of the force by name."""
    return list(Unit.objects.order_by("name").values_list("id", "name"))


def assumed_costs() -> dict[str, CostAssumption]:
    """What is assumed that help in each domain costs."""
    rows = CostAssumption.objects.order_by("domain", "-recorded_at", "-id").distinct("domain")
    return {row.domain: row for row in rows}


def cells_of_tables() -> dict[str, Sequence[str]]:
    """The cells of each table in their order: of districts those in which a unit works."""
    districts = dict.fromkeys(row.code for row in districts_of_units())
    return {"domain": [*need_domains()], "stage": [*STAGES], "district": [*districts, ELSEWHERE], "reason": [*REASONS]}


@dataclass(frozen=True)
class Measured:
    """What is counted beside the tables: people by name of the number, the median of days that a need waited until it was met,
    and that one which is not met has waited, and nights."""

    people: Mapping[str, int]
    days_waited: float | None
    days_waiting: float | None
    nights: int


def measured_in(quarter: Quarter, gaps: Iterable[Gap]) -> Measured:
    """Who was met in a quarter and not assessed by its end; whose wish was not asked; how long needs waited that were met in it,
    but for those met on the day itself; how long those had waited that were not met at its end; and nights in places that were
    not suitable, of stays that ended in it. Five statements."""
    inside = {"case__sealed": False, "case__encountered_at__gte": quarter.begins, "case__encountered_at__lt": quarter.ends}
    assessed = NeedsAssessment.objects.filter(person=OuterRef("pk"), recorded_at__lt=quarter.ends)
    possible_victim = Exists(SupportStage.objects.filter(person=OuterRef("pk")))
    not_assessed = Person.objects.filter(possible_victim, ~Exists(assessed), **inside).count()
    people = {gap.person for gap in gaps}
    unasked = Need.objects.filter(person__in=people, wish="", recorded_at__lt=quarter.ends).values("person").distinct().count()
    needs = Need.objects.filter(person__case__sealed=False, recorded_at__lt=quarter.ends).exclude(wish="does_not_want")
    met = needs.filter(met_at__gte=quarter.begins, met_at__lt=quarter.ends).exclude(met_at__date=F("since__date"))
    waits = list(met.values_list("person_id", "since", "met_at"))
    unmet = needs.filter(Q(met_at__isnull=True) | Q(met_at__gte=quarter.ends), since__lt=quarter.ends - GAP_AFTER)
    waiting = [(person, since, quarter.ends) for person, since in unmet.values_list("person_id", "since")]
    stays = PlaceRequest.objects.filter(
        person__case__sealed=False, unsuitable=True, nights_to__gte=quarter.first, nights_to__lt=quarter.after
    ).values_list("person_id", "nights_from", "nights_to")
    nights = [(person, (last - first).days) for person, first, last in stays if first and last]
    return Measured(
        {
            "not_assessed": not_assessed, "wish_not_asked": unasked, "people_waited": len({person for person, *_ in waits}),
            "people_waiting": len({person for person, *_ in waiting}), "people_unsuitable": len({person for person, _ in nights}),
        },
        _median_days(waits), _median_days(waiting),
        sum(number for _, number in nights),
    )  # fmt: skip


def _median_days(waits: Sequence[tuple[UUID, datetime, datetime | None]]) -> float | None:
    return median((at - since).total_seconds() / 86_400 for _, since, at in waits if at) if waits else None


def first_need() -> date | None:
    """The day on which the first need was recorded."""
    first = Need.objects.aggregate(first=Min("recorded_at"))["first"]
    return london_date(first) if first else None


def unpublished_quarters(today: date) -> list[Quarter]:
    """The quarters that are over and were not published, the earliest first. Two statements."""
    return unpublished({row.quarter for row in publications()}, first_need(), today)


# --- what is published: columns by name --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """A published quarter."""

    quarter: str
    content: Mapping[str, Any]
    published_at: datetime


def publications(of: str = "") -> list[Published]:
    """The published quarters, the latest first; those of a year, or one, by the beginning of their name."""
    rows = Publication.objects.filter(quarter__startswith=of).order_by("-quarter")
    columns = rows.values_list("quarter", "content", "published_at")
    return [Published(*row) for row in columns[:MOST]]


@dataclass(frozen=True)
class Step:
    """A step of a question."""

    step: str
    words: str
    day: date | None
    published_where: str
    taken_at: datetime


@dataclass(frozen=True)
class Question:
    """A question with its steps, the first first."""

    id: UUID
    quarter: str
    about: str
    cell: str
    due_on: date
    steps: Sequence[Step]

    @property
    def state(self) -> str:
        """Its last step."""
        return self.steps[-1].step


def unanswered(until: date) -> QuerySet[GapQuestion]:
    """The questions that the force has not answered and that are due before a day."""
    answered = QuestionStep.objects.filter(question=OuterRef("pk"), number__gt=1)
    return GapQuestion.objects.filter(~Exists(answered), due_on__lt=until).order_by()


def behind(day: date) -> QuerySet[Publication]:
    """The last published quarter, where the one after it was over by this day."""
    later = Publication.objects.filter(quarter__gt=OuterRef("quarter"))
    before_last = quarter_of(quarter_of(day).first - timedelta(days=1))
    return Publication.objects.filter(~Exists(later), quarter__lt=before_last.name).order_by()


def questions(only: UUID | None = None) -> list[Question]:
    """The questions, the latest first, or one of them. Two statements."""
    rows = GapQuestion.objects.order_by("-asked_at", "id")
    rows = rows if only is None else rows.filter(id=only)
    some = list(rows.values_list("id", "quarter", "about", "cell", "due_on")[:100])
    steps: dict[UUID, list[Step]] = {row[0]: [] for row in some}
    columns = ("question_id", "step", "words", "day", "published_where", "taken_at")
    for question, *rest in QuestionStep.objects.filter(question__in=[*steps]).order_by("number").values_list(*columns):
        steps[question].append(Step(*rest))
    return [Question(*row, steps[row[0]]) for row in some]
