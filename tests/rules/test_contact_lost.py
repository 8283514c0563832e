"""Contact lost before a valid answer: the Home Office is notified at once, and it is no refusal."""

from typing import Any

from tests.offenders import each
from tests.rules.meeting import NO, YES, codes_of, due_of, route_code, someone

EARLIER = {"route": "nrm", "by": "Essex County Council", "on": "2026-02-10", "same_events": True}
EARLIER_DTN = {**EARLIER, "route": "dtn"}
LOST_AT = "2026-03-02T22:00:00+00:00"


@each(
    ("told", "expected"),
    [
        ({}, "dtn"),
        ({"contact_lost": True}, "dtn"),
        ({"contact_lost": False}, "ask"),
        ({"contact_lost": None}, "ask"),
        ({"consent": {**NO, "spoke_alone": False}}, "dtn"),
        ({"consent": {**NO, "spoke_alone": None}}, "dtn"),
        ({"consent": {"wants_time": True}}, "dtn"),
        ({"consent": NO}, "dtn"),
        ({"consent": YES}, "nrm"),
        ({"consent": {**YES, "spoke_alone": None}}, "nrm"),
        ({"consent": {"capacity": "in_doubt"}}, "best_interests"),
        ({"belief": "signs_only"}, "none"),
        ({"alive": False}, "not_referable"),
        ({"earlier_referral": EARLIER}, "already_referred"),
        ({"earlier_referral": EARLIER_DTN}, "already_referred"),
        ({"birth": None}, "dtn"),
        ({"birth": None, "consent": YES}, "ask"),
        ({"birth": {"age_max": 17}}, "nrm"),
    ],
)
def test_contact_lost_before_a_valid_answer_is_notified_at_once(told: dict[str, Any], expected: str) -> None:
    person = someone(**{"contact_lost": LOST_AT, **told})
    assert route_code(person) == expected
    by_then = {"notify_home_office_without_identity"} & codes_of(person)
    assert bool(by_then) == (expected == "dtn")
    if expected == "dtn" and told.get("consent") != NO:
        assert due_of("reach_nrm_or_dtn", person) == "2026-03-02T23:40:00+00:00"


def test_contact_lost_is_notified_where_and_when_there_is_a_duty_and_counts_as_no_refusal() -> None:
    lost = someone(contact_lost=LOST_AT)
    assert route_code(lost, nation="scotland") == "none"
    assert route_code(lost, encountered_at="2015-10-31T23:59:59+00:00") == "none"
    assert "offer_again_later" not in codes_of(lost)
    assert "offer_again_later" in codes_of(someone(contact_lost=LOST_AT, consent=NO))
