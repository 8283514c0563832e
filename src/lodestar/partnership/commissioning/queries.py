"""What the tables of a quarter are counted from, and reads of what is published. The latter name their columns: the local
policing body's role reads no others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest, Least

from lodestar.casework.cases.models import Person
from lodestar.casework.needs.models import Need, NeedMove, NeedsAssessment
from lodestar.casework.needs.rules import REASONS, UNMET
from lodestar.casework.service_referrals.models import PlaceRequest
from lodestar.casework.support.models import SupportStage
from lodestar.casework.support.rules.stages import STAGES
from lodestar.partnership.commissioning.models import CostAssumption, GapQuestion, Publication, QuestionStep, UnitDistrict
from lodestar.partnership.commissioning.rules import GAP_AFTER, Gap, Quarter
from lodestar.platform.accounts.models import Unit
from lodestar.platform.reference.queries import need_domains

MOST = 40  # quarters: ten years


def gaps_of(quarter: Quarter) -> list[Gap]:
    """The needs that became gaps in a quarter, as they were recorded: when somebody first recorded why one is not met, or when it
    had not been met for `GAP_AFTER`. Sealed cases are in none. Two statements."""
    reasoned = NeedMove.objects.filter(row=OuterRef("pk"), after=UNMET).exclude(reason="").order_by().values("row")
    first_reason = Subquery(reasoned.annotate(first=Min("recorded_at")).values("first"), output_field=DateTimeField())
    late = ExpressionWrapper(F("since") + GAP_AFTER, output_field=DateTimeField())
    arose = Greatest(F("recorded_at"), Least(F("reason_at"), F("late_at")))  # Least passes over what is null
    rows = Need.objects.filter(person__case__sealed=False, recorded_at__lt=quarter.ends)
    rows = rows.annotate(reason_at=first_reason, late_at=late).annotate(arose=arose)
    rows = rows.filter(Q(reason_at__isnull=False) | Q(met_at__isnull=True) | Q(met_at__gt=F("late_at")))
    rows = rows.filter(arose__gte=quarter.begins, arose__lt=quarter.ends)
    districts = {row.unit_id: row.code for row in districts_of_units()}
    columns = ("person_id", "arose", "domain", "stage", "unmet_reason", "district", "person__case__unit_id")
    return [
        Gap(person, at, {"domain": domain, "stage": stage, "district": district or districts.get(unit, ""), "reason": reason})
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
    districts = list(dict.fromkeys(row.code for row in districts_of_units()))
    return {"domain": [*need_domains()], "stage": [*STAGES], "district": districts, "reason": [*REASONS]}


@dataclass(frozen=True)
class Measured:
    """What is counted beside the tables: people by name of the number, the median of days that a need waited, and nights."""

    people: Mapping[str, int]
    days_waited: float | None
    nights: int


def measured_in(quarter: Quarter, gaps: Iterable[Gap]) -> Measured:
    """Who was met in a quarter and not assessed by its end; whose wish was not asked; how long needs waited that were met in it;
    and nights in places that were not suitable, of stays that ended in it. Four statements."""
    inside = {"case__sealed": False, "case__encountered_at__gte": quarter.begins, "case__encountered_at__lt": quarter.ends}
    assessed = NeedsAssessment.objects.filter(person=OuterRef("pk"), recorded_at__lt=quarter.ends)
    possible_victim = Exists(SupportStage.objects.filter(person=OuterRef("pk")))
    not_assessed = Person.objects.filter(possible_victim, ~Exists(assessed), **inside).count()
    people = {gap.person for gap in gaps}
    unasked = Need.objects.filter(person__in=people, wish="", recorded_at__lt=quarter.ends).values("person").distinct().count()
    met = Need.objects.filter(person__case__sealed=False, met_at__gte=quarter.begins, met_at__lt=quarter.ends)
    waits = list(met.values_list("person_id", "since", "met_at"))
    stays = PlaceRequest.objects.filter(
        person__case__sealed=False, unsuitable=True, nights_to__gte=quarter.first, nights_to__lt=quarter.after
    ).values_list("person_id", "nights_from", "nights_to")
    nights = [(person, (last - first).days) for person, first, last in stays if first and last]
    return Measured(
        {
            "not_assessed": not_assessed, "wish_not_asked": unasked, "people_waited": len({person for person, *_ in waits}),
            "people_unsuitable": len({person for person, _ in nights}),
        },
        median((at - since).total_seconds() / 86_400 for _, since, at in waits if at) if waits else None,
        sum(number for _, number in nights),
    )  # fmt: skip


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
