"""What the ledger is told of referrals. For many cases in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from lodestar.cases.queries.compiled import compiled
from lodestar.kernel.standing import Evidence
from lodestar.referrals.models import Referral, ReferralReference, Supplement
from lodestar.referrals.queries import told_decided
from lodestar.referrals.rules import SENT, put_right

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


def told(cases: Sequence[UUID]) -> tuple[Mapping[UUID, Events], Mapping[UUID, Sequence[Evidence]]]:
    """Events and evidence of these cases."""
    found = _sent(cases)
    decided = told_decided.rows(cases) if found else []
    sent = {row.id: row.sent_at for row in found}
    return _events(found, told_decided.events(decided, sent)), _evidence(found, told_decided.evidence(decided))


@compiled
def _sent(cases: Sequence[UUID]) -> QuerySet[Referral]:
    """In the order in which they were sent; each carries its case as `of_case`, whether it has a reference, and of what was
    last sent to complete it the row, when, and who recorded it."""
    acknowledged = Exists(ReferralReference.objects.filter(referral=OuterRef("id")))
    last = Supplement.objects.filter(referral=OuterRef("id")).order_by("-sent_at", "-id")
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
    found: dict[UUID, dict[UUID | None, list[tuple[str, datetime | date]]]] = defaultdict(lambda: defaultdict(list))
    for case, told_of in decided.items():
        for whose, events in told_of.items():
            found[case][whose] += events
    for row in rows:
        names = [_EVENT[row.direction, row.route]]
        if row.has_reference and names == ["referral_sent"]:
            names.append("referral_received")
        names += ["gaps_marked"] if row.gaps else []
        names += ["referral_out_of_line"] if row.out_of_line else []
        found[row.of_case][row.person_id] += [(name, row.sent_at) for name in names]
    return found


def _evidence(
    rows: Sequence[Any], decided: Mapping[UUID, Sequence[Evidence]]
) -> Mapping[UUID, Sequence[Evidence]]:
    """What each referral answers; that what was out of line was put right by sending what the route called for; and what
    the answers to one step of a limit answer besides."""
    found: dict[UUID, list[Evidence]] = defaultdict(list, {case: list(given) for case, given in decided.items()})
    by_person: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_person[row.person_id].append(row)
        found[row.of_case] += [_answer(row, code, "", SENT) for code in ANSWERS[row.route]]
        if row.rest:
            found[row.of_case].append(_completed(row))
    for sent in by_person.values():
        found[sent[0].of_case] += _put_right(sent)
    return found


def _answer(row: Referral, code: str, moment: str, rests_on: str) -> Evidence:
    return Evidence(
        str(row.person_id), code, "", moment, "done", row.sent_at, rests_on, str(row.recorded_by_id), str(row.id)
    )


def _completed(row: Any) -> Evidence:
    person, code = str(row.person_id), "send_supplementary_information"
    return Evidence(person, code, "", "", "done", row.rest_at, "", str(row.rest_by), str(row.rest))


def _put_right(sent: Sequence[Referral]) -> Iterator[Evidence]:
    for wrong in (row for row in sent if row.out_of_line):
        right = [row for row in sent if not row.out_of_line and row.direction == "made_by_us" and row.sent_at > wrong.sent_at]
        for row in right[:1]:
            yield _answer(row, "put_referral_right", put_right(wrong.sent_at), "")
