"""Who worked on a case and whether they were trained then, and the grade of its deep dive. Training and grades are read as they
are recorded now: that somebody attended on a day, or was trained, is often recorded weeks after."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.casework.allocation.models import Allocation
from lodestar.casework.cases.models import Case
from lodestar.knowledge.training.queries import trained_at
from lodestar.oversight.deep_dives.queries import grades_of
from lodestar.oversight.measures.rules.facts import CaseHandler
from lodestar.platform.text.grouping import grouped
from lodestar.platform.time.days import london_date


def handlers_of(cases: QuerySet[Any, Any], at: datetime) -> dict[UUID, tuple[CaseHandler, ...]]:
    """By case who opened it and who was given it by `at`, the first of them first. Four queries."""
    opened = Case.objects.filter(id__in=cases).values_list("id", "opened_by", "recorded_at").order_by()
    given = Allocation.objects.filter(case__in=cases, recorded_at__lte=at).values_list("case", "owner", "at").order_by()
    rows = sorted(opened.union(given, all=True), key=lambda row: (row[2], row[1]))
    trained = trained_at({(user, london_date(when)) for _, user, when in rows})
    by_case = grouped((case, CaseHandler(when, trained[user, london_date(when)])) for case, user, when in rows)
    return {case: tuple(handlers) for case, handlers in by_case.items()}


def grades_in(cases: QuerySet[Any, Any], at: datetime) -> dict[UUID, str]:
    """The grade of each of these cases that a deep dive graded by then. One query."""
    grades = grades_of(cases.values_list("id", flat=True))
    return {case: grade.grade for case, grade in grades.items() if grade.decided_on <= london_date(at)}
