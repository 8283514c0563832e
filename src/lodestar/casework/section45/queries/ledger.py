"""What the ledger reads of section 45 of the Modern Slavery Act 2015, in one query: events and evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import DateTimeField, F, IntegerField, Q, UUIDField, Value, When
from django.db.models.functions import Cast

from lodestar.casework.cases.models import FirstAccount
from lodestar.casework.evidence.models import Account
from lodestar.casework.section45.models import FirstAnswer, FullRecord, OutcomeRecorded
from lodestar.casework.section45.queries import CODE, RECORD, SIGN
from lodestar.casework.section45.queries import words_as_column as _text
from lodestar.casework.section45.rules.acts import ACCOUNT, CAME, EXCLUDED, OUTCOMES, WAITS, WITHOUT, name_of, version, without
from lodestar.platform.obligations.obligation_status import Evidence

SETTLES, WEIGHS = "schedule4_person_must_look", "duress_and_public_interest"
LAW, ELSEWHERE = "law_of_the_time", "ask_the_other_jurisdiction"

Events = Mapping[UUID | None, Sequence[tuple[str, datetime]]]


_NO_ID, _NEVER, _NO_NUMBER = (Cast(Value(None), field) for field in (UUIDField(), DateTimeField(), IntegerField()))


def _if(condition: Q, code: str) -> models.Case:
    return models.Case(When(condition, then=_text(code)), default=_text())


_WEIGHED = ~Q(duress="") & ~Q(self_defence="") & ~Q(public_interest="") & ~Q(abuse_of_process="")


@dataclass(frozen=True)
class _LedgerRow:
    """A row of any of the tables: `what` is answer, record, outcome or account."""

    what: str
    case: UUID
    person: UUID
    offence: UUID | None
    number: int | None
    word: str  # the stage of an answer; what was settled of Schedule 4; which outcome
    rests_on: str
    act_rests_on: str
    parts: tuple[str, ...]  # the codes that a record answers besides
    at: datetime
    by: UUID
    countersign_by: datetime | None
    signed_at: datetime | None
    signed: str
    signed_by: UUID | None
    row: UUID


def _rows(cases: Sequence[UUID]) -> list[_LedgerRow]:
    """The answers, records and outcomes of these cases; of an offence the records in the order of their versions."""
    rows = [_ledger_row(values) for values in _union(cases)]
    return sorted(rows, key=lambda row: (row.what, row.number or 0, row.at, row.row))


def _union(cases: Sequence[UUID]) -> Any:
    answers = FirstAnswer.objects.filter(person__case__in=cases).values_list(
        _text("answer"), "person__case_id", "person_id", _NO_ID, _NO_NUMBER, "moment", "rests_on", _text(), _text(),
        _text(), _text(), "happened_at", "by_id", _NEVER, _NEVER, _text(), _NO_ID, "id",
    )  # fmt: skip
    records = FullRecord.objects.filter(offence__person__case__in=cases).values_list(
        _text("record"), "offence__person__case_id", "offence__person_id", "offence_id",
        Cast(F("number"), IntegerField()), "settled", "rests_on", "act_rests_on", _if(_WEIGHED, WEIGHS),
        _if(~Q(law_note=""), LAW), _if(~Q(their_answer=""), ELSEWHERE), "decided_at", "decided_by_id",
        "countersign_by", "countersignatures__signed_at", "countersignatures__kind", "countersignatures__by_id", "id",
    )  # fmt: skip
    counts = Q(happened_without=True) | Q(kind__in=OUTCOMES)
    outcomes = OutcomeRecorded.objects.filter(counts, offence__person__case__in=cases).values_list(
        _text("outcome"), "offence__person__case_id", "offence__person_id", "offence_id",
        Cast(F("number"), IntegerField()), "kind", _text(), _text(), _if(Q(happened_without=True), WITHOUT), _text(), _text(),
        "at", "by_id", _NEVER, _NEVER, _text(), _NO_ID, "id",
    )  # fmt: skip
    accounts = [
        model.objects.filter(person__case__in=cases).values_list(
            _text("account"), "person__case_id", "person_id", _NO_ID, _NO_NUMBER, _text(), _text(), _text(), _text(),
            _text(), _text(), "taken_at", "recorded_by_id", _NEVER, _NEVER, _text(), _NO_ID, "id",
        )
        for model in (FirstAccount, Account)
    ]  # fmt: skip
    return answers.union(records, outcomes, *accounts, all=True)


def _ledger_row(values: tuple[Any, ...]) -> _LedgerRow:
    parts: tuple[Any, ...] = tuple(filter(None, values[8:11]))
    columns = (*values[:8], parts, *values[11:15], values[15] or "", *values[16:])
    return _LedgerRow(*columns)


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    events: dict[UUID, dict[UUID | None, list[tuple[str, datetime]]]] = defaultdict(lambda: defaultdict(list))
    evidence: dict[UUID, list[Evidence]] = defaultdict(list)
    by_offence: dict[UUID, list[_LedgerRow]] = defaultdict(list)
    for row in _rows(cases):
        if row.what == "account":
            events[row.case][row.person].append((ACCOUNT, row.at))
        elif row.offence is None:
            evidence[row.case].append(_answer(row, CODE, moment=row.word, rests_on=row.rests_on))
        else:
            by_offence[row.offence].append(row)
    for rows in by_offence.values():
        case, person = rows[0].case, rows[0].person
        records = [row for row in rows if row.what == "record"]
        outcomes = [row for row in rows if row.what == "outcome"]
        without_record = [row for row in outcomes if WITHOUT in row.parts]
        came = [(name_of(CAME, _act(row), row.word), row.at) for row in outcomes if row.word in OUTCOMES]
        events[case][person] += [*_events(records), *came, *((name_of(WITHOUT, _act(row)), row.at) for row in without_record)]
        evidence[case] += [*_evidence(records), *_made_good(records, without_record)]
    return events, evidence


def _act(row: _LedgerRow) -> str:
    return str(row.offence)


def _events(records: Sequence[_LedgerRow]) -> Iterator[tuple[str, datetime]]:
    """That a version waits or has waited for a second person; and what was last settled of Schedule 4."""
    for row in records:
        if row.rests_on and row.countersign_by and (row.signed or row is records[-1]):
            yield name_of(WAITS, _act(row), row.number), row.countersign_by
    settled = [row for row in records if row.word and row.signed in ("", "agree")]
    if settled and settled[-1].word == "excluded":
        yield name_of(EXCLUDED, _act(settled[-1])), settled[-1].at


def _evidence(records: Sequence[_LedgerRow]) -> Iterator[Evidence]:
    """A version that a second person agreed to answers the full record, as long as the facts are those it rests on. What
    was settled, weighed or asked in one answers that, unless it was sent back."""
    for row in records:
        if row.signed and row.signed_at:
            signed: dict[str, Any] = {"by": row.signed_by, "at": row.signed_at}
            yield _answer(row, SIGN, moment=version(row.number or 0), **signed)
            if row.signed == "agree":
                yield _answer(row, RECORD, rests_on=row.rests_on, at=row.signed_at)
        if row.signed in ("", "agree"):
            for code in (*([SETTLES] if row.word else []), *row.parts):
                yield _answer(row, code, rests_on=row.act_rests_on)


def _made_good(records: Sequence[_LedgerRow], outcomes: Sequence[_LedgerRow]) -> Iterator[Evidence]:
    """What an outcome came without is answered by the first record agreed to from then on."""
    agreed = [row for row in records if row.signed == "agree" and row.signed_at]
    for outcome in outcomes:
        after = [row for row in agreed if row.signed_at and row.signed_at >= outcome.at]
        for row in after[:1]:
            yield _answer(row, RECORD, moment=without(outcome.at), at=row.signed_at)


def _answer(
    row: _LedgerRow, code: str, *, moment: str = "", rests_on: str = "", at: datetime | None = None, by: UUID | None = None
) -> Evidence:
    subject = str(row.offence) if row.offence else ""
    when, who = at or row.at, by or row.by
    return Evidence(str(row.person), code, subject, moment, "done", when, rests_on, str(who), str(row.row))
