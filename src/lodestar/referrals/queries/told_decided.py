"""What the ledger is told of decisions: their days, which referral each ends the waiting of, and what an answer to one
step of a limit answers besides. For many cases in one query."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, UUIDField, Value
from django.db.models.functions import Cast

from lodestar.cases.models import DutyAnswer
from lodestar.cases.queries.compiled import compiled
from lodestar.cases.rules import OWN_DECISIONS
from lodestar.kernel.standing import CLOSING, Evidence
from lodestar.referrals.models import Decision
from lodestar.referrals.rules import answered_with

STEPPED = "consider_reconsideration"
Events = Sequence[tuple[str, datetime | date]]

_NO_ID = Cast(Value(None), UUIDField())
_NO_DAY = Cast(Value(None), DateField())


def _words(text: str) -> Value:
    return Value(text, output_field=CharField())


@dataclass(frozen=True)
class Row:
    """A decision, or an answer to one step of a limit: `what` is the kind of either."""

    case: UUID
    person: UUID
    referral: UUID | None
    what: str
    decided: date | None
    notice: date | None
    replaces: UUID | None
    subject: str
    moment: str
    rests_on: str
    at: datetime
    written: datetime
    by: UUID
    id: UUID


def rows(cases: Sequence[UUID]) -> list[Row]:
    """The decisions that count, and the answers to steps of a limit, in the order in which they were written."""
    found = sorted((Row(*one) for one in _rows(cases)), key=lambda row: (row.written, row.id))
    replaced = {row.replaces for row in found if row.replaces}
    return [row for row in found if row.id not in replaced]


@compiled
def _rows(cases: Sequence[UUID]) -> Any:
    decided = Decision.objects.filter(referral__person__case__in=cases).values_list(
        "referral__person__case_id", "referral__person_id", "referral_id", "kind", "decided_on", "notice_on",
        "replaces_id", _words(""), _words(""), _words(""), "filed_at", "filed_at", "filed_by_id", "id",
    )  # fmt: skip
    answers = DutyAnswer.objects.filter(case__in=cases, code=STEPPED, person__isnull=False).values_list(
        "case_id", "person_id", _NO_ID, "kind", _NO_DAY, _NO_DAY, _NO_ID, "subject", "moment", "rests_on",
        "happened_at", "recorded_at", "by_id", "id",
    )  # fmt: skip
    return decided.union(answers, all=True)


def events(found: Sequence[Row], sent: Mapping[UUID, datetime]) -> Mapping[UUID, Mapping[UUID | None, Events]]:
    """The decisions as events of their people. `sent` is when each referral was sent: by that the rules know which one a
    decision ends the waiting of."""
    told: dict[UUID, dict[UUID | None, list[tuple[str, datetime | date]]]] = defaultdict(lambda: defaultdict(list))
    for row in found:
        if row.referral is not None:
            told[row.case][row.person] += _events_of(row, sent[row.referral])
    return told


def _events_of(row: Row, sent: datetime) -> Iterator[tuple[str, datetime | date]]:
    if row.what in OWN_DECISIONS and row.decided:
        yield row.what, row.decided
        yield f"{row.what}_notice", row.notice or row.decided
        yield "referral_decided", sent
    elif row.what == "withdrawn":
        yield "referral_withdrawn", sent


def evidence(found: Sequence[Row]) -> Mapping[UUID, Sequence[Evidence]]:
    """The later steps that an answer to one step answers too. One's own later answer takes the earlier one's place."""
    answers = {
        (row.person, row.subject, row.moment, row.rests_on, row.by): row for row in found if row.referral is None
    }
    told: dict[UUID, list[Evidence]] = defaultdict(list)
    for row in answers.values():
        if row.what in CLOSING:
            told[row.case] += [
                Evidence(
                    str(row.person), STEPPED, row.subject, moment, "not_needed" if row.what == "not_needed" else "done",
                    row.at, row.rests_on, str(row.by), str(row.id),
                )
                for moment in answered_with(row.moment, row.what)
            ]  # fmt: skip
    return told
