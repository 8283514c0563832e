"""Events and evidence of referrals and of what was decided of them. For many cases in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from lodestar.casework.decisions.models import Decision
from lodestar.casework.decisions.rules import ASKED, RECONSIDER, answer_by_of, answered_with, asked_on
from lodestar.casework.ledger.models import ObligationAnswer
from lodestar.casework.referrals.models import Referral, ReferralReference, SupplementaryInformation
from lodestar.casework.referrals.rules import SENT, put_right
from lodestar.platform.obligations.encounter_reading import OWN_DECISIONS
from lodestar.platform.obligations.encounter_reading import Decision as Decided
from lodestar.platform.obligations.obligation_status import CLOSING, Evidence, Kind
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.text.grouping import grouped

STEPPED = "consider_reconsideration"
AGAINST = ("disqualified", "cg_revoked")
# What closes what was asked for: by the kind that asked, the code, and by the kind that closes, how.
_ANSWERED: Mapping[str, Kind] = {"info_sent": "done", **dict.fromkeys(OWN_DECISIONS, "not_needed")}
_REPLIED: Mapping[str, Kind] = {"rec_accepted": "done", "rec_refused": "done"}
CLOSED_BY = {
    "info_asked": ("answer_further_information", _ANSWERED), "rec_asked": ("watch_reconsideration_reply", _REPLIED),
}  # fmt: skip


def _decided(cases: Sequence[UUID]) -> QuerySet[Decision]:
    """What came of referrals, in the order in which it was filed; each carries its case and its person."""
    rows = Decision.objects.filter(referral__person__case__in=cases)
    rows = rows.annotate(of_case=F("referral__person__case_id"), of_person=F("referral__person_id"))
    return rows.order_by("filed_at", "id")


def _step_answers(cases: Sequence[UUID]) -> Sequence[ObligationAnswer]:
    """The answers to steps of a limit, in the order in which they were recorded."""
    rows = ObligationAnswer.objects.filter(case__in=cases, code=STEPPED, person__isnull=False)
    return list(rows.order_by("recorded_at", "id"))


def _events_of(row: Any, sent: datetime) -> Iterator[tuple[str, datetime | date]]:
    """A decision as events of its person. `sent` is when its referral was: by that the rules know whose waiting it ends."""
    if row.kind in OWN_DECISIONS or row.kind in AGAINST:
        yield row.kind, row.decided_on
        yield f"{row.kind}_notice", row.notice_on or row.decided_on
    if row.kind in OWN_DECISIONS:
        yield "referral_decided", sent
    elif row.kind == "withdrawn":
        yield "referral_withdrawn", sent
        yield "nrm_withdrawn", row.decided_on
    elif row.kind == "info_asked":
        yield ASKED, row.decided_on
        if row.answer_by:
            yield answer_by_of(row.decided_on), row.answer_by
    elif row.kind == "rec_asked":
        yield RECONSIDER, row.decided_on


def _steps_answered(answers: Sequence[Any]) -> Iterator[tuple[UUID, Evidence]]:
    """The later steps that an answer to one step answers too. One's own later answer takes the earlier one's place."""
    for row in {(row.person_id, row.subject, row.moment, row.rests_on, row.by_id): row for row in answers}.values():
        if row.kind in CLOSING:
            kind: Kind = "not_needed" if row.kind == "not_needed" else "done"
            by = (row.happened_at, row.rests_on, str(row.by_id), str(row.id))
            for moment in answered_with(row.moment, row.kind):
                yield row.case_id, Evidence(str(row.person_id), STEPPED, row.subject, moment, kind, *by)


def _of_requests(rows: Sequence[Any]) -> Iterator[tuple[UUID, Evidence]]:
    """Of what was decided about one person what closes what was asked for, of the same referral and of that day or later; and
    that asking for a reconsideration is the answer to each step of its limit."""
    for asked in (row for row in rows if row.kind in CLOSED_BY):
        code, by = CLOSED_BY[asked.kind]
        later = [row for row in rows if row.referral_id == asked.referral_id and row.kind in by and _when(row) >= _when(asked)]
        for row in later[:1]:
            yield row.of_case, _given(row, code, asked_on(asked.decided_on), by[row.kind])
        if asked.kind == "rec_asked":
            yield from ((asked.of_case, evidence) for evidence in _limit_met(rows, asked))


def _when(row: Any) -> tuple[date, datetime]:
    """The day of what came, and within a day when it was filed."""
    return row.decided_on, row.filed_at


def _limit_met(rows: Sequence[Any], asked: Any) -> Iterator[Evidence]:
    """That the latest negative decision before the request was answered with it."""
    before = [row for row in rows if row.referral_id == asked.referral_id and row.kind.endswith("_negative")]
    for row in sorted((row for row in before if _when(row) <= _when(asked)), key=_when)[-1:]:
        alike = [other for other in rows if other.kind == row.kind]
        notices = [day for other in alike if (day := other.notice_on or other.decided_on) >= row.decided_on]
        decision = Decided("own", row.kind, row.decided_on, min(notices, default=row.decided_on), True)
        for moment in (f"{decision.moment}: decide", f"{decision.moment}: request", decision.moment):
            yield _given(asked, STEPPED, moment, "done", fingerprint(decision))


def _given(row: Any, code: str, moment: str, kind: Kind, rests_on: str = "") -> Evidence:
    return Evidence(str(row.of_person), code, "own", moment, kind, row.filed_at, rests_on, str(row.filed_by_id), str(row.id))


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
    filed = list(_decided(cases)) if referrals else []
    replaced = {row.replaces_id for row in filed}
    decided = [row for row in filed if row.id not in replaced]
    return _events(referrals, decided), _evidence(referrals, decided, _step_answers(cases) if filed else ())


def _sent(cases: Sequence[UUID]) -> Sequence[Referral]:
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
    return list(rows.order_by("sent_at", "number"))


def _events(rows: Sequence[Any], decided: Sequence[Any]) -> Mapping[UUID, Events]:
    """What was decided, what was sent and received, what was sent with gaps, and what was not the route's. A referral of ours
    that was acknowledged with a reference has been received by the competent authority."""
    events_by_case: dict[UUID, dict[UUID | None, list[tuple[str, datetime | date]]]] = defaultdict(lambda: defaultdict(list))
    sent = {row.id: row.sent_at for row in rows}
    for row in decided:
        events_by_case[row.of_case][row.of_person] += _events_of(row, sent[row.referral_id])
    for row in rows:
        names = [_EVENT[row.direction, row.route]]
        if row.has_reference and names == ["referral_sent"]:
            names.append("referral_received")
        names += ["gaps_marked"] if row.gaps else []
        names += ["referral_out_of_line"] if row.out_of_line else []
        events_by_case[row.of_case][row.person_id] += [(name, row.sent_at) for name in names]
    return events_by_case


def _evidence(rows: Sequence[Any], decided: Sequence[Any], answers: Sequence[Any]) -> Mapping[UUID, Sequence[Evidence]]:
    """What each referral answers; that what was out of line was put right by sending what the route called for; and what
    decisions and the answers to one step of a limit answer besides."""
    evidence_by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    of_people = grouped((row.of_person, row) for row in decided).values()
    for case, evidence in chain(_steps_answered(answers), *map(_of_requests, of_people)):
        evidence_by_case[case].append(evidence)
    by_person: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
        evidence_by_case[row.of_case] += [_answer(row, code, "", SENT) for code in ANSWERS[row.route]]
        if row.rest:
            closing = (row.rest_at, "", str(row.rest_by), str(row.rest))
            given = Evidence(str(row.person_id), "send_supplementary_information", "", "", "done", *closing)
            evidence_by_case[row.of_case].append(given)
    for sent in by_person.values():
        evidence_by_case[sent[0].of_case] += _put_right(sent)
    return evidence_by_case


def _answer(row: Referral, code: str, moment: str, rests_on: str) -> Evidence:
    return Evidence(str(row.person_id), code, "", moment, "done", row.sent_at, rests_on, str(row.recorded_by_id), str(row.id))


def _put_right(sent: Sequence[Referral]) -> Iterator[Evidence]:
    for wrong in (row for row in sent if row.out_of_line):
        right = [row for row in sent if not row.out_of_line and row.direction == "made_by_us" and row.sent_at > wrong.sent_at]
        for row in right[:1]:
            yield _answer(row, "put_referral_right", put_right(wrong.sent_at), "")
