"""The rows of the ledger as they are stored."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.cases.models import Obligation
from lodestar.cases.queries.compiled import as_text, compiled

Key = tuple[str | None, str, str, str]  # person, code, subject, moment: one row of a case
COMPARED = (
    "owed_by", "with_role", "holder_id", "when", "line", "due_at", "due_from", "due_before", "why", "rests_on", "state",
    "not_possible", "rule_from", "sealed", "unit_id", "opens_at",
)  # fmt: skip


@compiled
def obligations_of(cases: Sequence[UUID]) -> QuerySet[Obligation]:
    """Every row of these cases, as it is changed."""
    return Obligation.objects.filter(case__in=cases)


def as_stored(cases: Sequence[UUID]) -> Iterable[tuple[Any, ...]]:
    """Every row of these cases, as it is compared: its case and person as text, the rest of its key, and what COMPARED
    names."""
    rows = Obligation.objects.filter(case__in=cases)
    return rows.values_list(as_text("case_id"), as_text("person_id"), "code", "subject", "moment", *COMPARED)
