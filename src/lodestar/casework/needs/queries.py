"""Named reads of needs: assessments and what they close, what is needed now, the first five days, uses for another purpose."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet, Value

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries import as_text
from lodestar.casework.ledger.queries.obligations import ROW
from lodestar.casework.needs.models import BridgeEntry, Need, NeedsAssessment, SupportUse
from lodestar.casework.needs.rules import CODE, UNMET, Record
from lodestar.casework.services.models import PlaceSearch
from lodestar.platform.questionnaires.rules import QuestionSet, question_set
from lodestar.platform.reference.queries import need_domains

QUESTIONS = ("needs", "needs_questions")
MOST = 20
_stages: list[Callable[[Person, datetime], str]] = []


def register_stages(stage_of: Callable[[Person, datetime], str]) -> None:
    """Has the stage of support at a time told by the app above that knows it: a code, or empty. Called as that app starts."""
    _stages[:] = [stage_of]


_records: list[Callable[[Person], Iterable[Record]]] = []


def register_records(records_of: Callable[[Person], Iterable[Record]]) -> None:
    """Adds records that may say why a need is unmet, of the app above that keeps them. Called as that app starts."""
    _records.append(records_of)


def records_about(person: Person) -> list[Record]:
    """What records say of why help for a person did not come, searches for a place among them."""
    searches = PlaceSearch.objects.filter(person=person)
    found = [Record("accommodation", "search", row.missing, row.id, row.searched_at) for row in searches]
    return [*found, *(record for records_of in _records for record in records_of(person))]


def stage_at(person: Person, at: datetime) -> str:
    """The stage of support at a time; empty where it is not known."""
    return _stages[0](person, at) if _stages else ""


def questions_on(day: date) -> QuestionSet:
    """What is asked on a day."""
    return question_set(*QUESTIONS, day)


def assessments_of(person: Person) -> list[NeedsAssessment]:
    """The assessments of a person, the latest first."""
    rows = NeedsAssessment.objects.filter(person=person).select_related("recorded_by")
    return list(rows.order_by("-assessed_at", "-id")[:MOST])


def needs_now(person: Person) -> list[Need]:
    """What a person needs and is not met, in the order of the domains."""
    order = list(need_domains())
    return sorted(Need.objects.filter(person=person, state=UNMET), key=lambda need: order.index(need.domain))


def bridge_of(person: Person) -> dict[tuple[int, str], str]:
    """What is arranged for the first five days, by day and part: the latest entry of each; an empty one takes back."""
    rows = BridgeEntry.objects.filter(person=person).order_by("recorded_at", "id")
    return {(row.day, row.part): str(row.arranged) for row in rows}


def uses_of(person: Person) -> QuerySet[SupportUse]:
    """For what other purposes support records of a person were opened, the latest first."""
    return SupportUse.objects.filter(person=person).select_related("recorded_by").order_by("-recorded_at", "-id")[:MOST]


# --- what an assessment closes -----------------------------------------------------------------------------------------


def done_rows(cases: Sequence[UUID]) -> QuerySet[Any, Any]:
    """What each assessment closes, ours or another's, for the query of the answers: the first of a person what was owed from the
    encounter, any what was owed by stage when it was made."""
    rows = NeedsAssessment.objects.filter(person__case__in=cases)
    earlier = NeedsAssessment.objects.filter(person=OuterRef("person")).filter(
        Q(assessed_at__lt=OuterRef("assessed_at")) | Q(assessed_at=OuterRef("assessed_at"), id__lt=OuterRef("id"))
    )
    by_stage = Func("closes", function="unnest", output_field=CharField())
    read = [
        some.values_list(
            "recorded_at", as_text("person__case_id"), as_text("person_id"), Value(CODE), Value(""), moment, Value("done"),
            "assessed_at", Value(""), as_text("recorded_by_id"), as_text("id"), Value(ROW),
        )
        for some, moment in ((rows.exclude(Exists(earlier)), Value("")), (rows, by_stage))
    ]  # fmt: skip
    return read[0].union(read[1], all=True)


def moments_owed(person: Person, at: datetime) -> list[str]:
    """The moments besides the first for which an assessment is owed at a time: changes of stage."""
    rows = Obligation.objects.filter(person=person, code=CODE, state="open", opens_at__lte=at).exclude(moment="")
    return sorted(rows.values_list("moment", flat=True))
