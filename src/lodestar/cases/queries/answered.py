"""What was answered of what is owed, and who took over what was handed on, for the ledger."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from lodestar.cases.models import DutyAnswer, HandOn
from lodestar.kernel.standing import Evidence

Key = tuple[UUID | None, str, str, str]
_ANSWER = ("case_id", "person_id", "code", "subject", "moment", "kind", "happened_at", "rests_on", "by_id", "id")


def answers_of(cases: Sequence[UUID]) -> dict[UUID, list[Evidence]]:
    """The answers that stand. Answering again about the same facts takes the place of one's own earlier answer: so the
    time of a tap is put right, and a tap made by mistake taken back, without a row being changed."""
    latest: dict[tuple[object, ...], tuple[UUID, Evidence]] = {}
    rows = DutyAnswer.objects.filter(case__in=cases).order_by("recorded_at", "id")
    for case, person, code, subject, moment, kind, at, rests_on, by, row in rows.values_list(*_ANSWER):
        latest[(case, person, code, subject, moment, by, rests_on)] = (
            case,
            Evidence(str(person) if person else None, code, subject, moment, kind, at, rests_on, str(by), str(row)),
        )
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    for case, answer in latest.values():
        found[case].append(answer)
    return found


def taken_of(cases: Sequence[UUID]) -> dict[UUID, dict[Key, UUID]]:
    """Who took over what was handed on, by case and key."""
    found: dict[UUID, dict[Key, UUID]] = defaultdict(dict)
    rows = HandOn.objects.filter(obligation__case__in=cases, taken_at__isnull=False).select_related("obligation")
    for row in rows:
        owed = row.obligation
        if row.taken_by_id:
            found[owed.case_id][(owed.person_id, owed.code, owed.subject, owed.moment)] = row.taken_by_id
    return found
