"""What the rules read out of the facts, once for all of them: what has happened when somebody was met, and whose area it is.

What is not known has not happened: no clock starts from it.
"""

from typing import Any

from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import NO, act, facts, someone


def events_of(**told: Any) -> set[str]:
    return set(reading(facts(someone(**told)), SHIPPED).people[0].events)


@each(
    ("event", "told", "others"),
    [
        ("encountered_at", {}, []),
        ("belief_formed", {}, [{"belief": "signs_only"}, {"belief": None}]),
        ("refusal", {"consent": NO}, [{"consent": {"nrm": True}}, {"consent": {"nrm": None}}]),
        ("arrest", {"suspected_of": [act(stage="arrest")]}, [{"suspected_of": [act(stage="stop")]}, {}]),
        ("detention_authorised", {"place": "custody"}, [{"place": "street"}, {"place": None}]),
        ("found", {"found_after_missing": True}, [{"found_after_missing": False}, {"found_after_missing": None}]),
        ("contact_lost", {"contact_lost": True}, [{"contact_lost": False}, {"contact_lost": None}]),
        (
            "new_evidence",
            {"earlier_referral": {"new_evidence": True}},
            [{"earlier_referral": {"new_evidence": False}}, {"earlier_referral": {"route": "nrm"}}, {}],
        ),
    ],
)
def test_what_the_facts_say_has_happened_starts_a_clock_and_nothing_else_does(
    event: str, told: dict[str, Any], others: list[dict[str, Any]]
) -> None:
    assert event in events_of(**told)
    assert [other for other in others if event in events_of(**other)] == []
