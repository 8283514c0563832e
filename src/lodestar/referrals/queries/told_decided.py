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
from lodestar.cases.rules import Decision as Decided
from lodestar.kernel.fingerprint import fingerprint
from lodestar.kernel.standing import CLOSING, Evidence, Kind
from lodestar.referrals.models import Decision
from lodestar.referrals.rules import ASKED, RECONSIDER, answer_by_of, answered_with, asked_on

STEPPED = "consider_reconsideration"
AGAINST = ("disqualified", "cg_revoked")
# What closes what was asked for: by the kind that asked, the code, and by the kind that closes, how.
_ANSWERED: Mapping[str, Kind] = {"info_sent": "done", **dict.fromkeys(OWN_DECISIONS, "not_needed")}
_REPLIED: Mapping[str, Kind] = {"rec_accepted": "done", "rec_refused": "done"}
CLOSED_BY = {
    "info_asked": ("answer_further_information", _ANSWERED), "rec_asked": ("watch_reconsideration_reply", _REPLIED),
}  # fmt: skip
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
    answer_by: date | None
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
        "answer_by", "replaces_id", _words(""), _words(""), _words(""), "filed_at", "filed_at", "filed_by_id", "id",
    )  # fmt: skip
    answers = DutyAnswer.objects.filter(case__in=cases, code=STEPPED, person__isnull=False).values_list(
        "case_id", "person_id", _NO_ID, "kind", _NO_DAY, _NO_DAY, _NO_DAY, _NO_ID, "subject", "moment", "rests_on",
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
    elif row.what in AGAINST and row.decided:
        yield row.what, row.decided
        yield f"{row.what}_notice", row.notice or row.decided
    elif row.what == "info_asked" and row.decided:
        yield ASKED, row.decided
        if row.answer_by:
            yield answer_by_of(row.decided), row.answer_by
    elif row.what == "rec_asked" and row.decided:
        yield RECONSIDER, row.decided


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
    for case, given in _of_requests([row for row in found if row.referral is not None]):
        told[case].append(given)
    return told


def _of_requests(rows: Sequence[Row]) -> Iterator[tuple[UUID, Evidence]]:
    """What closes what was asked for, of the same referral and of that day or later; and that asking for a reconsideration is
    the answer to each step of its limit."""
    of_person: dict[UUID, list[Row]] = defaultdict(list)  # a referral is one person's
    for row in rows:
        of_person[row.person].append(row)
    for asked in (row for row in rows if row.what in CLOSED_BY):
        code, by = CLOSED_BY[asked.what]
        theirs = of_person[asked.person]
        later = [row for row in theirs if row.referral == asked.referral and row.what in by and _when(row) >= _when(asked)]
        for row in later[:1]:
            yield row.case, _given(row, code, asked_on(_when(asked)[0]), by[row.what])
        if asked.what == "rec_asked":
            yield from ((asked.case, one) for one in _limit_kept(theirs, asked))


def _when(row: Row) -> tuple[date, datetime]:
    """The day of what came, and within a day when it was filed."""
    return row.decided or date.min, row.written


def _limit_kept(theirs: Sequence[Row], asked: Row) -> Iterator[Evidence]:
    """That the latest negative decision before the request was answered with it; `theirs` is all that was decided about the
    person."""
    before = [row for row in theirs if row.referral == asked.referral and row.what.endswith("_negative")]
    for row in sorted((row for row in before if _when(row) <= _when(asked)), key=_when)[-1:]:
        decided = _when(row)[0]
        alike = [one for one in theirs if one.what == row.what]
        notices = [day for one in alike if (day := one.notice or _when(one)[0]) >= decided]
        decision = Decided("own", row.what, decided, min(notices, default=decided), True)
        for moment in (f"{decision.moment}: decide", f"{decision.moment}: request", decision.moment):
            yield _given(asked, STEPPED, moment, "done", fingerprint(decision))


def _given(row: Row, code: str, moment: str, kind: Kind, rests_on: str = "") -> Evidence:
    return Evidence(str(row.person), code, "own", moment, kind, row.at, rests_on, str(row.by), str(row.id))
