"""Events and evidence of referrals and of what was decided of them. For many cases in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, Exists, F, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast

from lodestar.casework.decisions.models import Decision
from lodestar.casework.decisions.rules import ASKED, RECONSIDER, answer_by_of, answered_with, asked_on
from lodestar.casework.ledger.models import ObligationAnswer
from lodestar.casework.ledger.queries.compiled import compiled
from lodestar.casework.referrals.models import Referral, ReferralReference, SupplementaryInformation
from lodestar.casework.referrals.rules import SENT, put_right
from lodestar.platform.obligations.encounter_reading import OWN_DECISIONS
from lodestar.platform.obligations.encounter_reading import Decision as Decided
from lodestar.platform.obligations.obligation_status import CLOSING, Evidence, Kind
from lodestar.platform.text.fingerprint import fingerprint

STEPPED = "consider_reconsideration"
AGAINST = ("disqualified", "cg_revoked")
# What closes what was asked for: by the kind that asked, the code, and by the kind that closes, how.
_ANSWERED: Mapping[str, Kind] = {"info_sent": "done", **dict.fromkeys(OWN_DECISIONS, "not_needed")}
_REPLIED: Mapping[str, Kind] = {"rec_accepted": "done", "rec_refused": "done"}
CLOSED_BY = {
    "info_asked": ("answer_further_information", _ANSWERED), "rec_asked": ("watch_reconsideration_reply", _REPLIED),
}  # fmt: skip
_OfPerson = Sequence[tuple[str, datetime | date]]

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


def decided_rows(cases: Sequence[UUID]) -> list[Row]:
    """The decisions that count, and the answers to steps of a limit, in the order in which they were written."""
    all_rows = sorted((Row(*values) for values in _rows(cases)), key=lambda row: (row.written, row.id))
    replaced = {row.replaces for row in all_rows if row.replaces}
    return [row for row in all_rows if row.id not in replaced]


@compiled
def _rows(cases: Sequence[UUID]) -> Any:
    decided = Decision.objects.filter(referral__person__case__in=cases).values_list(
        "referral__person__case_id", "referral__person_id", "referral_id", "kind", "decided_on", "notice_on",
        "answer_by", "replaces_id", _words(""), _words(""), _words(""), "filed_at", "filed_at", "filed_by_id", "id",
    )  # fmt: skip
    answers = ObligationAnswer.objects.filter(case__in=cases, code=STEPPED, person__isnull=False).values_list(
        "case_id", "person_id", _NO_ID, "kind", _NO_DAY, _NO_DAY, _NO_DAY, _NO_ID, "subject", "moment", "rests_on",
        "happened_at", "recorded_at", "by_id", "id",
    )  # fmt: skip
    return decided.union(answers, all=True)


def decided_events(rows: Sequence[Row], sent: Mapping[UUID, datetime]) -> Mapping[UUID, Mapping[UUID | None, _OfPerson]]:
    """The decisions as events of their people. `sent` is when each referral was sent: by that the rules know which one a
    decision ends the waiting of."""
    events_by_case: dict[UUID, dict[UUID | None, list[tuple[str, datetime | date]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.referral is not None:
            events_by_case[row.case][row.person] += _events_of(row, sent[row.referral])
    return events_by_case


def _events_of(row: Row, sent: datetime) -> Iterator[tuple[str, datetime | date]]:
    if row.what in OWN_DECISIONS and row.decided:
        yield row.what, row.decided
        yield f"{row.what}_notice", row.notice or row.decided
        yield "referral_decided", sent
    elif row.what == "withdrawn":
        yield "referral_withdrawn", sent
        yield "nrm_withdrawn", row.decided or sent
    elif row.what in AGAINST and row.decided:
        yield row.what, row.decided
        yield f"{row.what}_notice", row.notice or row.decided
    elif row.what == "info_asked" and row.decided:
        yield ASKED, row.decided
        if row.answer_by:
            yield answer_by_of(row.decided), row.answer_by
    elif row.what == "rec_asked" and row.decided:
        yield RECONSIDER, row.decided


def decided_evidence(rows: Sequence[Row]) -> Mapping[UUID, Sequence[Evidence]]:
    """The later steps that an answer to one step answers too. One's own later answer takes the earlier one's place."""
    answers = {(row.person, row.subject, row.moment, row.rests_on, row.by): row for row in rows if row.referral is None}
    evidence_by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    for row in answers.values():
        if row.what in CLOSING:
            evidence_by_case[row.case] += [
                Evidence(
                    str(row.person), STEPPED, row.subject, moment, "not_needed" if row.what == "not_needed" else "done",
                    row.at, row.rests_on, str(row.by), str(row.id),
                )
                for moment in answered_with(row.moment, row.what)
            ]  # fmt: skip
    for case, given in _of_requests([row for row in rows if row.referral is not None]):
        evidence_by_case[case].append(given)
    return evidence_by_case


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
            yield from ((asked.case, evidence) for evidence in _limit_met(theirs, asked))


def _when(row: Row) -> tuple[date, datetime]:
    """The day of what came, and within a day when it was filed."""
    return row.decided or date.min, row.written


def _limit_met(theirs: Sequence[Row], asked: Row) -> Iterator[Evidence]:
    """That the latest negative decision before the request was answered with it; `theirs` is all that was decided about the
    person."""
    before = [row for row in theirs if row.referral == asked.referral and row.what.endswith("_negative")]
    for row in sorted((row for row in before if _when(row) <= _when(asked)), key=_when)[-1:]:
        decided = _when(row)[0]
        alike = [other for other in theirs if other.what == row.what]
        notices = [day for other in alike if (day := other.notice or _when(other)[0]) >= decided]
        decision = Decided("own", row.what, decided, min(notices, default=decided), True)
        for moment in (f"{decision.moment}: decide", f"{decision.moment}: request", decision.moment):
            yield _given(asked, STEPPED, moment, "done", fingerprint(decision))


def _given(row: Row, code: str, moment: str, kind: Kind, rests_on: str = "") -> Evidence:
    return Evidence(str(row.person), code, "own", moment, kind, row.at, rests_on, str(row.by), str(row.id))


# What each route answers. A referral tells the Home Office all that a notification would; a notification never counts as
# a referral (Modern Slavery Act 2015 s52).
ANSWERS = {
    "nrm": ("refer_nrm", "notify_home_office_without_identity", "reach_nrm_or_dtn"),
    "dtn": ("notify_home_office_without_identity", "reach_nrm_or_dtn"),
}
_EVENT = {
    ("made_by_us", "nrm"): "referral_sent",
    ("made_by_us", "dtn"): "notification_sent",
    ("received_for_investigation", "nrm"): "referral_received",
    ("received_for_investigation", "dtn"): "notification_received",
}

Events = Mapping[UUID | None, Sequence[tuple[str, datetime | date]]]


def events_and_evidence(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    referrals = _sent(cases)
    decided = decided_rows(cases) if referrals else []
    sent = {row.id: row.sent_at for row in referrals}
    return _events(referrals, decided_events(decided, sent)), _evidence(referrals, decided_evidence(decided))


@compiled
def _sent(cases: Sequence[UUID]) -> QuerySet[Referral]:
    """In the order in which they were sent; each carries its case as `of_case`, whether it has a reference, and of what was
    last sent to complete it the row, when, and who recorded it."""
    acknowledged = Exists(ReferralReference.objects.filter(referral=OuterRef("id")))
    last = SupplementaryInformation.objects.filter(referral=OuterRef("id")).order_by("-sent_at", "-id")
    rows = Referral.objects.filter(person__case__in=cases).annotate(
        of_case=F("person__case_id"),
        has_reference=acknowledged,
        rest=Subquery(last.values("id")[:1]),
        rest_at=Subquery(last.values("sent_at")[:1]),
        rest_by=Subquery(last.values("recorded_by_id")[:1]),
    )
    return rows.order_by("sent_at", "number")


def _events(rows: Sequence[Any], decided: Mapping[UUID, Events]) -> Mapping[UUID, Events]:
    """What was sent and received, what was sent with gaps, what was not the route's, and what was decided. A referral of
    ours that was acknowledged with a reference has been received by the competent authority."""
    events_by_case: dict[UUID, dict[UUID | None, list[tuple[str, datetime | date]]]] = defaultdict(lambda: defaultdict(list))
    for case, told_of in decided.items():
        for whose, events in told_of.items():
            events_by_case[case][whose] += events
    for row in rows:
        names = [_EVENT[row.direction, row.route]]
        if row.has_reference and names == ["referral_sent"]:
            names.append("referral_received")
        names += ["gaps_marked"] if row.gaps else []
        names += ["referral_out_of_line"] if row.out_of_line else []
        events_by_case[row.of_case][row.person_id] += [(name, row.sent_at) for name in names]
    return events_by_case


def _evidence(rows: Sequence[Any], decided: Mapping[UUID, Sequence[Evidence]]) -> Mapping[UUID, Sequence[Evidence]]:
    """What each referral answers; that what was out of line was put right by sending what the route called for; and what
    the answers to one step of a limit answer besides."""
    evidence_by_case: dict[UUID, list[Evidence]] = defaultdict(list, {case: list(given) for case, given in decided.items()})
    by_person: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
        evidence_by_case[row.of_case] += [_answer(row, code, "", SENT) for code in ANSWERS[row.route]]
        if row.rest:
            evidence_by_case[row.of_case].append(_completed(row))
    for sent in by_person.values():
        evidence_by_case[sent[0].of_case] += _put_right(sent)
    return evidence_by_case


def _answer(row: Referral, code: str, moment: str, rests_on: str) -> Evidence:
    return Evidence(str(row.person_id), code, "", moment, "done", row.sent_at, rests_on, str(row.recorded_by_id), str(row.id))


def _completed(row: Any) -> Evidence:
    person, code = str(row.person_id), "send_supplementary_information"
    return Evidence(person, code, "", "", "done", row.rest_at, "", str(row.rest_by), str(row.rest))


def _put_right(sent: Sequence[Referral]) -> Iterator[Evidence]:
    for wrong in (row for row in sent if row.out_of_line):
        right = [row for row in sent if not row.out_of_line and row.direction == "made_by_us" and row.sent_at > wrong.sent_at]
        for row in right[:1]:
            yield _answer(row, "put_referral_right", put_right(wrong.sent_at), "")
