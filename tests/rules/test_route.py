"""Which way a referral goes, person by person: the first rule that holds decides, and says why."""

from typing import Any

from lodestar.casework.referral_forms.rules.route import Answer, answer_of, in_line, route_of
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.meeting import NO, YES, child, codes_of, due_of, facts, met, owed, person_of, route_code, someone

EARLIER = {"route": "nrm", "by": "Essex County Council", "on": "2026-02-10", "same_events": True}
EARLIER_DTN = {"route": "dtn", "by": "Essex County Council", "on": "2026-02-10", "same_events": True}


def earlier(**told: Any) -> dict[str, Any]:
    return {**EARLIER, **told}


@each(
    ("told", "expected"),
    [
        # dead, or never met in the United Kingdom
        ({"alive": False, "consent": YES}, "not_referable"),
        ({"place": "overseas", "consent": YES}, "not_referable"),
        # referred while here, and gone abroad since: still referred
        ({"place": "overseas", "earlier_referral": earlier(decision="rg_positive")}, "already_referred"),
        ({"place": "overseas", "earlier_referral": earlier(decision="withdrawn")}, "not_referable"),
        ({"place": "overseas", "earlier_referral": earlier(same_events=False)}, "not_referable"),
        ({"place": "overseas", "earlier_referral": EARLIER_DTN}, "not_referable"),
        ({"place": "overseas", "belief": "signs_only", "earlier_referral": earlier()}, "not_referable"),
        ({"alive": False, "earlier_referral": earlier()}, "not_referable"),
        # no grounds yet
        ({"belief": "signs_only", "consent": YES}, "none"),
        ({"belief": "none"}, "none"),
        ({"belief": None}, "none"),
        # an adult's answer
        ({"consent": YES}, "nrm"),
        ({"consent": NO}, "dtn"),
        ({"consent": None}, "ask"),
        ({"consent": {**YES, "nrm": None, "wants_time": True}}, "ask"),
        ({"consent": {**YES, "capacity": None}}, "nrm"),
        ({"consent": {**NO, "capacity": None}}, "dtn"),
        ({"consent": {**YES, "capacity": False}}, "best_interests"),
        ({"consent": {**YES, "capacity": "in_doubt"}}, "best_interests"),
        ({"consent": {**NO, "capacity": "in_doubt"}}, "best_interests"),
        ({"consent": {"capacity": False}}, "best_interests"),
        # how it was asked
        ({"consent": {**YES, "spoke_alone": None}}, "nrm"),
        ({"consent": {**YES, "interpreter": None}}, "nrm"),
        ({"consent": {**NO, "spoke_alone": None}}, "ask"),
        ({"consent": {**NO, "interpreter": None}}, "ask"),
        ({"consent": {**YES, "spoke_alone": False}}, "ask"),
        ({"consent": {**NO, "spoke_alone": False}}, "ask"),
        ({"consent": {**YES, "interpreter": "companion"}}, "ask"),
        ({"consent": {**NO, "interpreter": "companion"}}, "ask"),
        ({"consent": {**YES, "interpreter": "none"}, "needs": ["interpreter"]}, "ask"),
        ({"consent": {**NO, "interpreter": "none"}, "needs": ["interpreter"]}, "ask"),
        ({"consent": {**YES, "interpreter": "none"}, "needs": []}, "nrm"),
        ({"consent": {**NO, "interpreter": "none"}}, "dtn"),
        ({"consent": {**YES, "interpreter": "independent"}, "needs": ["interpreter"]}, "nrm"),
        # a role changes nothing
        ({"roles": ["possible_victim", "exploiter", "suspect"], "consent": YES, "place": "custody"}, "nrm"),
        ({"roles": [], "consent": NO}, "dtn"),
        # referred before
        ({"earlier_referral": earlier(), "consent": YES}, "already_referred"),
        ({"earlier_referral": earlier(), "consent": NO}, "already_referred"),
        ({"earlier_referral": earlier(), "consent": {"capacity": False}}, "already_referred"),
        ({"earlier_referral": earlier(decision="rg_positive")}, "already_referred"),
        ({"earlier_referral": earlier(decision="rg_negative"), "consent": YES}, "already_referred"),
        ({"earlier_referral": earlier(decision="cg_positive")}, "already_referred"),
        ({"earlier_referral": earlier(decision="cg_negative"), "consent": NO}, "already_referred"),
        ({"earlier_referral": earlier(decision="withdrawn"), "consent": YES}, "nrm"),
        ({"earlier_referral": earlier(decision="withdrawn"), "consent": NO}, "dtn"),
        ({"earlier_referral": earlier(decision="withdrawn")}, "ask"),
        ({"earlier_referral": earlier(same_events=False), "consent": YES}, "nrm"),
        ({"earlier_referral": earlier(same_events=False, decision="rg_negative"), "consent": YES}, "nrm"),
        ({"earlier_referral": earlier(same_events=None), "consent": YES}, "nrm"),
        ({"earlier_referral": EARLIER_DTN, "consent": YES}, "nrm"),
        ({"earlier_referral": EARLIER_DTN, "consent": NO}, "already_referred"),
        ({"earlier_referral": EARLIER_DTN}, "ask"),
        ({"earlier_referral": {**EARLIER_DTN, "same_events": False}, "consent": NO}, "dtn"),
        ({"earlier_referral": {**EARLIER_DTN, "by": "Fenmarch Police"}, "consent": NO}, "dtn"),
        ({"earlier_referral": {**EARLIER_DTN, "by": "FENMARCH"}, "consent": NO}, "dtn"),
        ({"earlier_referral": {**EARLIER_DTN, "by": "Kent Police"}, "consent": NO}, "already_referred"),
        ({"earlier_referral": {**EARLIER_DTN, "by": None}, "consent": NO}, "already_referred"),
    ],
)
def test_an_adult(told: dict[str, Any], expected: str) -> None:
    assert route_code(someone(**told)) == expected


@each(
    ("told", "expected"),
    [
        ({}, "nrm"),
        ({"consent": NO}, "nrm"),
        ({"consent": {**YES, "spoke_alone": False}}, "nrm"),
        ({"consent": {"capacity": False}}, "nrm"),
        ({"belief": "signs_only"}, "none"),
        ({"belief": "none"}, "childrens_services"),
        ({"belief": "none", "roles": []}, "childrens_services"),
        ({"belief": "none", "roles": ["suspect"]}, "childrens_services"),
        ({"belief": None, "roles": []}, "childrens_services"),
        ({"belief": None}, "none"),
        ({"alive": False}, "not_referable"),
        ({"place": "overseas"}, "not_referable"),
        ({"earlier_referral": EARLIER}, "already_referred"),
        ({"earlier_referral": earlier(decision="rg_negative")}, "already_referred"),
        ({"earlier_referral": earlier(decision="withdrawn")}, "nrm"),
        ({"earlier_referral": EARLIER_DTN, "consent": NO}, "nrm"),
        ({"birth": {"age_min": 16, "age_max": 22, "basis": "disputed"}, "consent": NO}, "nrm"),
    ],
)
def test_a_child_is_never_asked_and_never_notified(told: dict[str, Any], expected: str) -> None:
    assert route_code(child(**told)) == expected


@each("consent", [None, YES, NO, {"capacity": False}, {**NO, "spoke_alone": False}])
def test_an_age_not_known_is_asked_whatever_was_answered(consent: dict[str, Any] | None) -> None:
    person = someone(birth=None, consent=consent)
    assert route_code(person) == "ask"
    assert {"establish_age", "reach_nrm_or_dtn", "explain_who_will_know"} <= codes_of(person)


@each(
    ("when", "expected"),
    [
        ("2015-10-31T23:59:59+00:00", "none"),
        ("2015-11-01T00:00:00+00:00", "dtn"),
        ("2015-11-02T00:00:00+00:00", "dtn"),
        ("2015-11-01T00:30:00+01:00", "none"),  # still 31 October in London
    ],
)
def test_the_duty_to_notify_began_on_1_november_2015(when: str, expected: str) -> None:
    found = person_of(someone(consent=NO), encountered_at=when)
    assert found["route"]["code"] == expected
    is_notified = "notify_home_office_without_identity" in {one["code"] for one in found["obligations"]}
    assert is_notified == (expected == "dtn")
    if expected == "none":
        assert "National Crime Agency" in " ".join(found["route"]["why"])


@each(
    ("told", "whom"),
    [
        ({"nation": "scotland"}, "Police Scotland"),
        ({"nation": "northern_ireland"}, "Northern Ireland"),
        ({"force": "police-scotland"}, "Police Scotland"),
        ({"force": "northern-ireland"}, "Northern Ireland"),
    ],
)
def test_in_scotland_and_northern_ireland_a_no_names_whom_to_tell(told: dict[str, str], whom: str) -> None:
    found = person_of(someone(consent=NO), **told)
    assert found["route"]["code"] == "none"
    assert whom in " ".join(found["route"]["why"])
    assert route_code(someone(consent=YES), **told) == "nrm"
    assert route_code(child(), **told) == "nrm"
    assert route_code(someone(), **told) == "ask"


@each("told", [{"nation": "wales"}, {"force": "gwent"}, {"force": "btp"}, {"force": None}])
def test_elsewhere_a_no_is_notified(told: dict[str, str]) -> None:
    assert route_code(someone(consent=NO), **told) == "dtn"


def test_capacity_that_nobody_doubted_is_presumed_and_said_so() -> None:
    found = person_of(someone(consent={**YES, "capacity": None}))["route"]
    assert "Mental Capacity Act 2005 s1(2)" in found["authority"]
    assert any("presumed" in why for why in found["why"])
    assert "Mental Capacity Act 2005 s1(2)" not in person_of(someone(consent=YES))["route"]["authority"]


@each(
    ("told", "due"),
    [
        ({}, "2026-03-03T23:40:00+00:00"),
        ({"consent": {**YES, "nrm": None, "wants_time": True}}, "2026-03-05T23:40:00+00:00"),
        ({"contact_lost": True}, "2026-03-02T23:40:00+00:00"),
        ({"contact_lost": True, "consent": {"wants_time": True}}, "2026-03-02T23:40:00+00:00"),
        ({"contact_lost": "2026-03-02T22:00:00+00:00"}, "2026-03-02T23:40:00+00:00"),
        ({"consent": {"capacity": "in_doubt"}}, "2026-03-03T23:40:00+00:00"),
    ],
)
def test_without_a_valid_answer_there_is_a_long_stop(told: dict[str, Any], due: str) -> None:
    assert due_of("reach_nrm_or_dtn", someone(**told)) == due


def test_the_long_stop_is_elapsed_time_on_the_nights_the_clocks_change() -> None:
    for met_at, due in (
        ("2026-03-28T23:30:00+00:00", "2026-03-30T00:30:00+01:00"), ("2026-10-24T23:30:00+01:00", "2026-10-25T22:30:00+00:00"),
    ):  # fmt: skip
        assert due_of("reach_nrm_or_dtn", someone(), encountered_at=met_at) == due


@each(
    ("told", "code"),
    [
        ({"consent": YES}, "refer_nrm"),
        ({"consent": NO}, "notify_home_office_without_identity"),
        ({}, "reach_nrm_or_dtn"),
        ({"consent": {"capacity": False}}, "reach_nrm_or_dtn"),
        ({"earlier_referral": EARLIER}, "tell_competent_authority_and_referrer"),
    ],
)
def test_each_route_is_owed_by_its_own_code_and_no_other(told: dict[str, Any], code: str) -> None:
    routes = {
        "refer_nrm", "notify_home_office_without_identity", "reach_nrm_or_dtn", "tell_competent_authority_and_referrer",
    }  # fmt: skip
    assert codes_of(someone(**told)) & routes == {code}


def test_withdrawn_once_the_referral_is_asked_for_again() -> None:
    first = owed(facts(someone(consent=YES)), "refer_nrm")[0]
    again = owed(facts(someone(consent=YES, earlier_referral=earlier(decision="withdrawn"))), "refer_nrm")[0]
    corrected = owed(facts(someone(consent={**YES, "interpreter": None})), "refer_nrm")[0]
    assert first.key == again.key
    assert first.rests_on != again.rests_on
    assert first.rests_on == corrected.rests_on  # what is filled in later asks for no second referral


def test_a_childs_referral_brings_what_a_child_is_owed() -> None:
    found = codes_of(child())
    assert {"child_told_and_heard", "child_trafficking_guardian", "turning_18_consent", "refer_nrm"} <= found
    assert "explain_who_will_know" not in found
    referred = codes_of(child(earlier_referral=EARLIER))
    assert {"child_trafficking_guardian", "turning_18_consent"} <= referred
    assert "child_told_and_heard" not in referred


@each(
    ("force", "met_on", "words"),
    [
        ("kent", "2021-05-25", "Guardians work in this police area, by the list of areas."),
        ("kent", "2021-05-24", "does not name this one: ring the service and ask."),
        ("avon-and-somerset", "2026-03-02", "Guardians work in a part of this police area: Bristol."),
        ("norfolk", "2026-03-02", "does not name this one: ring the service and ask."),
        (None, "2026-03-02", "does not name this one: ring the service and ask."),
    ],
)
def test_a_guardian_is_owed_everywhere_and_the_list_says_where_they_are_known_to_work(
    force: str | None, met_on: str, words: str
) -> None:
    young = child(consent=None)
    found = owed(facts(young, force=force, encountered_at=f"{met_on}T12:00:00+01:00"), "child_trafficking_guardian")
    assert found[0].why[1].endswith(words)


def test_an_adult_hears_who_will_know_whatever_was_answered() -> None:
    for consent in (None, YES, NO, {"capacity": False}):
        assert "explain_who_will_know" in codes_of(someone(consent=consent))
    assert "explain_who_will_know" not in codes_of(someone(belief="signs_only"))
    assert "explain_who_will_know" not in codes_of(someone(alive=False))


@each(
    ("told", "is_owed"),
    [
        ({"place": "prison"}, True),
        ({"place": "port"}, True),
        ({"place": "immigration_detention"}, True),
        ({"british": False}, True),
        ({"british": None}, False),
        ({"british": True, "place": "custody"}, False),
        ({"british": False, "roles": ["witness"], "belief": "none"}, False),
    ],
)
def test_who_decides_for_people_held_or_not_british_is_said(told: dict[str, Any], is_owed: bool) -> None:
    assert ("explain_home_office_role" in codes_of(someone(**told))) == is_owed


@each(("day", "is_owed"), [("2021-11-07", False), ("2021-11-08", True), ("2021-11-09", True)])
def test_the_immigration_side_decides_since_8_november_2021(day: str, is_owed: bool) -> None:
    met_then = codes_of(someone(british=False), encountered_at=f"{day}T12:00:00+00:00")
    assert ("explain_home_office_role" in met_then) == is_owed


def test_capacity_in_doubt_is_assessed_and_lacking_is_decided() -> None:
    doubt, lacking, presumed = ({"capacity": one} for one in ("in_doubt", False, None))
    assert {"assess_capacity", "best_interests_decision", "adult_safeguarding"} <= codes_of(someone(consent=doubt))
    found = codes_of(someone(consent=lacking))
    assert {"best_interests_decision", "adult_safeguarding"} <= found
    assert "assess_capacity" not in found
    assert not {"assess_capacity", "best_interests_decision", "adult_safeguarding"} & codes_of(someone(consent=presumed))


def test_a_route_is_that_of_the_person_asked_for_and_nobody_elses() -> None:
    first, second = reading(read_encounter(met(someone(consent=NO), child(id="p2"))), SHIPPED).people

    assert (route_of(first).code, route_of(second).code) == ("dtn", "nrm")


@each(
    ("person", "nrm", "dtn"),
    [
        (child(), True, False),
        (someone(consent=NO), False, True),
        (someone(), False, True),
        (someone(consent={"capacity": False}), True, True),
        (someone(belief="signs_only"), False, False),
        (someone(alive=False), False, False),
    ],
)
def test_what_was_sent_is_in_line_with_what_the_route_leaves_open(person: dict[str, Any], nrm: bool, dtn: bool) -> None:
    found = route_of(reading(read_encounter(met(person)), SHIPPED).people[0])
    assert in_line(found, "nrm") is nrm
    assert in_line(found, "dtn") is dtn


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
        ({"earlier_referral": earlier(decision="rg_negative")}, "An NRM referral about the same events has been decided."),
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
        (EARLIER_DTN, "An earlier Duty to Notify never closes the way to the NRM."),
        ({**EARLIER_DTN, "same_events": False}, "An earlier Duty to Notify never closes the way to the NRM."),
        ({**EARLIER, "same_events": None}, "The earlier referral is not known to be about the same events."),
        ({**EARLIER, "same_events": False}, "The earlier referral was about other events."),
        ({**EARLIER, "decision": "withdrawn"}, "The earlier referral was withdrawn."),
        ({**EARLIER, "same_events": False, "decision": "withdrawn"}, "The earlier referral was about other events."),
    ],
)
def test_why_an_earlier_referral_does_not_stand_in_the_way(earlier: dict[str, Any], words: str) -> None:
    for person in (child(earlier_referral=earlier), someone(consent=YES, earlier_referral=earlier)):
        found = person_of(person)["route"]
        assert (found["code"], found["why"][-1]) == ("nrm", words)


@each(("consent", "presumed"), [(NO, []), ({**NO, "capacity": None}, ["Mental Capacity Act 2005 s1(2)"])])
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
        ({**YES, "interpreter": None}, True, True),
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
    assert ("confirm_consent_conditions" in codes_of(someone(consent=consent))) == confirm
