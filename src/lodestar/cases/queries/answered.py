"""What was answered of what is owed, and who took over what was handed on, for the ledger."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Value

from lodestar.cases.models import DutyAnswer, HandOn
from lodestar.kernel.standing import Evidence

Key = tuple[UUID | None, str, str, str]
_ANSWER = ("case_id", "person_id", "code", "subject", "moment", "kind", "happened_at", "rests_on", "by_id", "id")
_TAKEN = ("case_id", "person_id", "code", "subject", "moment")
TAKEN = "taken"


def answered(cases: Sequence[UUID]) -> tuple[dict[UUID, list[Evidence]], dict[UUID, dict[Key, UUID]]]:
    """The answers that stand, and who took over what was handed on, in one query.

    Answering again about the same facts takes the place of one's own earlier answer: so the time of a tap is put right,
    and a tap made by mistake taken back, without a row being changed.
    """
    latest: dict[tuple[object, ...], tuple[UUID, Evidence]] = {}
    taken: dict[UUID, dict[Key, UUID]] = defaultdict(dict)
    for _, case, person, code, subject, moment, kind, at, rests_on, by, row in sorted(_rows(cases), key=_in_order):
        if kind == TAKEN:
            taken[case][(person, code, subject, moment)] = by
            continue
        latest[(case, person, code, subject, moment, by, rests_on)] = (
            case,
            Evidence(str(person) if person else None, code, subject, moment, kind, at, rests_on, str(by), str(row)),
        )
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    for case, answer in latest.values():
        found[case].append(answer)
    return found, taken


def _rows(cases: Sequence[UUID]) -> Iterable[tuple[Any, ...]]:
    """Answers and takings-over with the same columns, and when each was written down before them."""
    answers = DutyAnswer.objects.filter(case__in=cases).values_list("recorded_at", *_ANSWER)
    handed = HandOn.objects.filter(obligation__case__in=cases, taken_at__isnull=False, taken_by__isnull=False)
    owed = [f"obligation__{name}" for name in _TAKEN]
    taken = handed.values_list(F("taken_at"), *owed, Value(TAKEN), F("taken_at"), Value(""), "taken_by_id", "id")
    return answers.union(taken, all=True)


def _in_order(row: tuple[Any, ...]) -> tuple[datetime, UUID]:
    return row[0], row[-1]
