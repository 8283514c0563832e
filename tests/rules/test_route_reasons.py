"""A route says why, in words that hold for this person, and on what authority: whoever reads it can say it is wrong."""

from typing import Any

from lodestar.cases.rules import SHIPPED, reading
from lodestar.referrals.rules.route import Answer, answer_of
from tests.offenders import each
from tests.rules.meeting import NO, YES, child, facts, person_of, someone

EARLIER = {"route": "nrm", "by": "Essex County Council", "on": "2026-02-10", "same_events": True}
DTN = {**EARLIER, "route": "dtn"}
ASKED = {**YES, "nrm": None}


@each(
    ("told", "words"),
    [
        ({"consent": {**YES, "capacity": False}}, "Their capacity for this decision is lacking."),
        ({"consent": {**YES, "capacity": "in_doubt"}}, "Their capacity for this decision is in doubt."),
        ({"belief": "signs_only"}, "Signs are recorded, and no reasonable grounds yet."),
        ({"belief": "none"}, "No reasonable grounds are recorded yet."),
        ({"belief": None}, "No reasonable grounds are recorded yet."),
        ({"earlier_referral": EARLIER}, "An NRM referral about the same events has no decision yet."),
        (
            {"earlier_referral": {**EARLIER, "decision": "rg_negative"}},
            "An NRM referral about the same events has been decided.",
        ),
        ({"consent": {**ASKED, "wants_time": True}}, "They asked for time."),
        ({"consent": {**ASKED, "wants_time": False}}, "They have not been asked, or have not decided."),
        ({"consent": ASKED}, "They have not been asked, or have not decided."),
        ({"consent": YES}, "They said yes, alone and understood."),
        ({"consent": NO}, "They said no, alone and understood."),
    ],
)
def test_the_first_reason_is_what_decides(told: dict[str, Any], words: str) -> None:
    assert person_of(someone(**told))["route"]["why"][0] == words


@each(
    ("earlier", "words"),
    [
        (DTN, "An earlier Duty to Notify never closes the way to the NRM."),
        ({**DTN, "same_events": False}, "An earlier Duty to Notify never closes the way to the NRM."),
        ({**EARLIER, "same_events": None}, "The earlier referral is not known to be about the same events."),
        ({**EARLIER, "same_events": False}, "The earlier referral was about other events."),
        ({**EARLIER, "decision": "withdrawn"}, "The earlier referral was withdrawn."),
        (
            {**EARLIER, "same_events": False, "decision": "withdrawn"},
            "The earlier referral was about other events.",
        ),
    ],
)
def test_why_an_earlier_referral_does_not_stand_in_the_way(earlier: dict[str, Any], words: str) -> None:
    for person in (child(earlier_referral=earlier), someone(consent=YES, earlier_referral=earlier)):
        found = person_of(person)["route"]
        assert (found["code"], found["why"][-1]) == ("nrm", words)


@each(
    ("consent", "presumed"), [(NO, []), ({**NO, "capacity": None}, ["Mental Capacity Act 2005 s1(2)"])]
)
def test_a_notification_rests_on_what_it_may_hold_and_on_how_the_answer_was_had(
    consent: dict[str, Any], presumed: list[str]
) -> None:
    assert person_of(someone(consent=consent))["route"]["authority"] == [
        "Modern Slavery Act 2015 s52(1), (3)", "Statutory guidance (2020) 5.29-5.31", *presumed,
    ]  # fmt: skip


@each(
    ("consent", "counts_as", "confirm"),
    [
        (YES, True, False),
        (NO, False, False),
        ({**YES, "spoke_alone": None}, True, True),
        ({**NO, "spoke_alone": None}, None, True),
        ({**NO, "spoke_alone": False}, None, False),
        ({**NO, "spoke_alone": False, "interpreter": None}, None, True),
        (ASKED, None, False),
        ({**ASKED, "spoke_alone": None}, None, False),
    ],
)
def test_an_answer_counts_and_asks_for_what_was_not_recorded_of_it(
    consent: dict[str, Any], counts_as: bool | None, confirm: bool
) -> None:
    found = answer_of(reading(facts(someone(consent=consent)), SHIPPED).people[0])
    assert found == Answer(counts_as, confirm, found.why)
