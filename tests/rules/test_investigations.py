"""The crime recorded, the case allocated and tasked, and who is told."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from lodestar.platform.obligations.settings import SettingRow, for_tenant
from lodestar.platform.time.days import london
from tests.offenders import each
from tests.rules.meeting import NO, act, asked, case_codes, child, codes_of, due_of, facts, owed, someone, with_events

OVERSEAS = [{"type": "labour", "in": ["overseas"]}]
SUSPECT = {"roles": ["suspect"], "belief": "none"}
USED = ["possible_victim", "suspect"]
RECORDED = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def levels(*people: dict[str, Any], **told: Any) -> list[str]:
    return [one["level"] for one in asked(*people, **told)["case"]["tasking"]]


def other(number: int, **told: Any) -> dict[str, Any]:
    return someone(id=f"p{number}", **told)


@each(
    ("exploitation", "crime"),
    [
        ([], True),
        ([{"in": ["uk"]}], True),
        ([{"in": ["uk", "overseas"]}], True),
        ([{"in": ["overseas"]}, {"in": ["uk"]}], True),
        ([{"in": ["overseas"]}, {}], True),  # where is not known of one
        (OVERSEAS, False),
    ],
)
def test_a_crime_for_each_victim_unless_all_of_it_was_overseas(exploitation: list[Any], crime: bool) -> None:
    found = codes_of(someone(exploitation=exploitation, consent=NO))
    assert ("record_crime" in found) == crime
    assert ("record_incident_overseas" in found) == (not crime)


@each("told", [{"belief": "signs_only"}, {"belief": "none"}, {"alive": False}, {"roles": []}])
def test_a_crime_whatever_was_answered_decided_or_became_of_them(told: dict[str, Any]) -> None:
    assert "record_crime" in codes_of(someone(**told))


def test_no_crime_for_who_is_no_possible_victim() -> None:
    found = codes_of(someone(roles=["suspect"], belief="none", exploitation=OVERSEAS))
    assert not found & {"record_crime", "record_incident_overseas"}


def test_the_recording_point_moves_the_clock_and_nothing_else() -> None:
    later = for_tenant("fenmarch", [SettingRow("crime_recording_point", "positive_rg", start=date(2026, 1, 1))])
    earlier = {"route": "nrm", "same_events": True, "decision": "rg_positive", "decided_on": "2026-02-20"}
    assert due_of("record_crime", someone()) == "2026-03-03T23:40:00+00:00"
    assert due_of("record_crime", someone(), settings=later) is None
    assert due_of("record_crime", someone(earlier_referral=earlier), settings=later) == "2026-02-21T00:00:00+00:00"
    assert due_of("record_crime", someone(), settings=later, encountered_at="2025-12-31T12:00:00+00:00")
    assert asked(someone(), settings=later)["settings"] == "fenmarch 2026-01-01"
    (found,) = owed(facts(someone()), "record_crime", later)
    assert (found.due_from, found.opens_at) == ("rg_decision", None)


@each(
    ("decision", "decided_on", "due"),
    [
        ("rg_positive", "2026-02-20", "2026-02-21T00:00:00+00:00"),
        ("rg_positive", None, None),
        ("rg_negative", "2026-02-20", None),
        ("cg_positive", "2026-02-20", None),
    ],
)
def test_where_it_starts_the_crime_record_only_a_positive_decision_with_its_day_does(
    decision: str, decided_on: str | None, due: str | None
) -> None:
    later = for_tenant("fenmarch", [SettingRow("crime_recording_point", "positive_rg")])
    earlier = {"route": "nrm", "same_events": True, "decision": decision, "decided_on": decided_on}
    assert due_of("record_crime", someone(earlier_referral=earlier), settings=later) == due


@each(
    ("told", "apart"),
    [
        ({"exploitation": [{"type": "sexual"}]}, True),
        ({"exploitation": [{"type": "organ"}]}, True),
        ({"alive": False}, True),
        ({"exploitation": [{"type": "labour"}]}, False),
    ],
)
def test_other_crimes_are_recorded_apart(told: dict[str, Any], apart: bool) -> None:
    assert ("record_each_crime_apart" in codes_of(someone(**told))) == apart


@each(
    ("people", "expected"),
    [
        ([someone()], "pip2"),
        ([someone(belief="signs_only", roles=[])], "pip2"),
        ([someone(belief="none")], "pip2"),
        ([someone(roles=["suspect"], belief="none"), other(2)], "pip2"),
        ([someone(roles=["suspect"], belief="none")], None),
        ([someone(roles=[], belief="none")], None),
        ([], None),
    ],
)
def test_allocation_is_a_floor_as_soon_as_anybody_may_be_a_victim(people: list[Any], expected: str | None) -> None:
    found = asked(*people)["case"]
    assert found["allocate_to"] == expected
    assert ("allocate_pip2_owner" in {one["code"] for one in found["obligations"]}) == (expected is not None)


@each(
    ("told", "hours"),
    [
        ({}, 24),
        ({"place": "custody"}, 4),
        ({"birth": {"age_min": 15, "age_max": 15}}, 4),
        ({"exploitation": [{"still_in_situation": True}]}, 4),
        ({"exploitation": [{"still_in_situation": False}]}, 24),
    ],
)
def test_an_owner_sooner_in_custody_for_a_child_or_while_it_goes_on(told: dict[str, Any], hours: int) -> None:
    encounter = with_events(facts(someone(**told)), case=[("crime_recorded", RECORDED)])
    (found,) = owed(encounter, "allocate_pip2_owner")
    assert found.due == RECORDED + timedelta(hours=hours)


def test_reviews_go_on_while_the_ledger_says_they_were_held() -> None:
    encounter = facts(someone())
    recorded = [("crime_recorded", RECORDED)]
    held = [("investigation_reviewed", RECORDED + timedelta(days=number)) for number in range(1, 6)]
    first = owed(with_events(encounter, case=recorded), "supervise_investigation")
    assert [one.moment for one in first] == ["72 hours", "day 7", "day 28", "day 56"]
    later = owed(with_events(encounter, case=[*recorded, *held]), "supervise_investigation")
    assert [one.moment for one in later] == ["72 hours", "day 7", "day 28", "day 56", "day 84", "day 112"]
    assert [(one.moment, one.due_from) for one in owed(encounter, "supervise_investigation")] == [("72 hours", "crime_recorded")]


@each(
    ("people", "case", "expected"),
    [
        ([someone()], {}, ["force"]),
        ([someone(exploitation=[{"police_areas": ["fenmarch"]}])], {"police_areas": ["fenmarch"]}, ["force"]),
        ([someone()], {"organised_group": True}, ["regional"]),
        ([someone(exploitation=[{"organised": True}])], {}, ["regional"]),
        ([someone()], {"organised_group": False}, ["force"]),
        ([someone(exploitation=[{"police_areas": ["kent"]}])], {}, ["cross_force"]),
        ([someone()], {"police_areas": ["fenmarch", "essex"]}, ["cross_force"]),
        ([someone()], {"people_out_of_force": True}, ["cross_force"]),
        ([someone()], {"links_abroad": True}, ["international"]),
        ([someone()], {"deaths": 1}, ["national"]),
        ([someone()], {"diplomat": True}, ["national"]),
        ([someone(alive=False)], {}, ["national"]),
        ([someone()], {"deaths": 0, "diplomat": False}, ["force"]),
        (
            [someone(exploitation=[{"police_areas": ["metropolitan"], "organised": True}])],
            {"links_abroad": True, "deaths": 2},
            ["regional", "national", "international", "cross_force"],
        ),
    ],
)
def test_tasking_levels_each_with_its_why(people: list[Any], case: dict[str, Any], expected: list[str]) -> None:
    found = asked(*people, case=case)["case"]["tasking"]
    assert [one["level"] for one in found] == expected
    assert all(one["why"] for one in found)


def test_a_regional_unit_owns_the_areas_it_covers() -> None:
    kent = someone(exploitation=[{"police_areas": ["kent"]}])
    assert levels(kent, force="ersou") == ["force"]
    assert levels(kent, force="emsou") == ["cross_force"]


@each(("areas", "expected"), [([], "force"), (["kent"], "force"), (["kent", "essex"], "cross_force")])
def test_without_a_force_any_area_beyond_the_first_is_anothers(areas: list[str], expected: str) -> None:
    assert levels(someone(), force=None, case={"police_areas": areas}) == [expected]


def test_a_force_may_change_a_level_from_a_day() -> None:
    own = for_tenant("fenmarch", [SettingRow("tasking_organised_group", "national", start=date(2026, 3, 2))])
    grouped = {"organised_group": True}
    assert asked(someone(), case=grouped, settings=own)["case"]["tasking"][0]["level"] == "national"
    before = asked(someone(), case=grouped, settings=own, encountered_at="2026-03-01T12:00:00+00:00")
    assert before["case"]["tasking"][0]["level"] == "regional"


@each(
    ("told", "is_owed"),
    [
        ({"exploitation": [{"police_areas": ["essex"]}]}, True),
        ({"exploitation": [{"police_areas": ["fenmarch", "essex"]}]}, True),
        ({"exploitation": [{"police_areas": ["fenmarch"]}]}, False),
        ({"exploitation": []}, False),
        ({"exploitation": [{"police_areas": ["essex"]}], "roles": ["suspect"], "belief": "none"}, False),
    ],
)
def test_a_crime_of_another_area_is_handed_over_with_acceptance(told: dict[str, Any], is_owed: bool) -> None:
    assert ("transfer_crime_with_acceptance" in codes_of(someone(**told))) == is_owed
    assert "transfer_crime_with_acceptance" not in codes_of(someone(**told), force=None)


@each(
    ("exploitation", "areas", "is_owed"),
    [
        ([], ["fenmarch", "essex"], True),
        ([{}], ["essex"], True),
        ([{"type": "labour"}, {"police_areas": ["fenmarch"]}], ["essex"], False),  # where it was is told
        ([], ["fenmarch"], False),
        ([], [], False),
        ([{"in": ["overseas"]}], ["essex"], False),
    ],
)
def test_where_it_was_is_not_known_and_may_have_been_in_any_area_of_the_case(
    exploitation: list[Any], areas: list[str], is_owed: bool
) -> None:
    found = codes_of(someone(exploitation=exploitation), case={"police_areas": areas})
    assert ("transfer_crime_with_acceptance" in found) == is_owed


@each(
    ("people", "case", "is_owed"),
    [
        ([someone()], {}, False),
        ([someone()], {"deaths": 1}, True),
        ([someone()], {"organised_group": True}, True),
        ([other(number) for number in range(1, 5)], {}, False),
        ([other(number) for number in range(1, 6)], {}, True),
        ([other(number, belief="none", roles=[]) for number in range(1, 6)], {}, False),
    ],
)
def test_a_senior_investigator_is_considered_for_many_or_a_group_or_a_death(
    people: list[Any], case: dict[str, Any], is_owed: bool
) -> None:
    assert ("consider_pip3" in case_codes(*people, case=case)) == is_owed


@each("told", [{"case": {"deaths": 1}}, {"people": "dead"}])
def test_a_death_is_first_the_forces_own_major_matter(told: dict[str, Any]) -> None:
    dead = told.pop("people", None)
    found = case_codes(someone(alive=not dead), **told)
    assert {
        "consider_senior_investigator_pip3", "tell_coroner", "tell_national_agency", "consider_pip3",
        "victim_liaison_or_navigator",
    } <= found  # fmt: skip
    assert not {"tell_coroner", "consider_senior_investigator_pip3"} & case_codes(someone())


def test_a_diplomats_household_asks_its_protocol_contact() -> None:
    assert {"tell_foreign_office_protocol", "tell_national_agency"} <= case_codes(someone(), case={"diplomat": True})


@each(
    ("people", "case", "is_owed"),
    [
        ([someone()], {}, False),
        ([someone()], {"police_areas": ["fenmarch"]}, False),
        ([someone()], {"police_areas": ["kent"]}, True),
        ([someone()], {"police_areas": ["fenmarch", "kent"]}, True),
        ([other(1, **SUSPECT), other(2, **SUSPECT)], {}, True),
        ([other(1, **SUSPECT), other(2, roles=["exploiter"], belief="none")], {}, True),
        ([other(1, **SUSPECT), other(2, roles=["witness"], belief="none")], {}, False),
        ([child(roles=USED), child(id="p2", roles=USED)], {}, False),  # two children arrested who may be victims
        ([child(roles=USED), other(2, **SUSPECT), other(3, **SUSPECT)], {}, True),
        ([child(roles=[*USED, "exploiter"]), other(2, **SUSPECT)], {}, True),
        ([other(1, roles=USED), other(2, roles=USED)], {}, True),  # adults
        ([someone(), other(2, roles=["suspect"], belief="none")], {}, False),
        ([other(1), other(2), other(3)], {}, True),
        ([other(1), other(2)], {}, False),
        ([someone()], {"organised_group": True}, True),
        ([someone()], {"links_abroad": True}, True),
        ([someone()], {"links_abroad": False, "people_out_of_force": False}, False),
        ([someone()], {"people_out_of_force": True}, True),
        ([someone(exploitation=[{"in": ["uk", "overseas"]}])], {}, True),
        ([someone(exploitation=[{"in": ["uk"]}])], {}, False),
    ],
)
def test_the_decision_to_bid_or_not_is_recorded(people: list[Any], case: dict[str, Any], is_owed: bool) -> None:
    assert ("record_tasking_decision" in case_codes(*people, case=case)) == is_owed


@each(("areas", "is_owed"), [(["kent"], False), (["kent", "essex"], True)])
def test_two_areas_of_one_regional_unit_are_two_forces(areas: list[str], is_owed: bool) -> None:
    found = case_codes(someone(), case={"police_areas": areas}, force="ersou")
    assert ("record_tasking_decision" in found) == is_owed


def test_every_investigation_is_told_to_the_region_and_planned() -> None:
    assert {"tell_regional_unit", "supervise_investigation", "investigation_plan"} <= case_codes(someone())
    assert not {"tell_regional_unit", "supervise_investigation"} & case_codes(someone(roles=["suspect"], belief="none"))
    assert "investigation_plan" not in case_codes(someone(exploitation=OVERSEAS))


@each(
    ("code", "told", "without"),
    [
        ("debt_after_seizure", {"seized": ["cash"]}, {"seized": []}),
        ("debt_after_seizure", {"seized": ["cash"]}, {"seized": ["cash"], "roles": ["suspect"], "belief": "none"}),
        ("tell_labour_regulator", {"exploitation": [{"type": "labour"}]}, {"exploitation": [{"type": "unknown"}]}),
        ("special_measures", {}, {"roles": ["witness"], "belief": "none"}),
        ("di_review_before_no_further_action", {"suspected_of": [act(stage="no_further_action")]}, {"suspected_of": [act()]}),
        ("needs_assessment", {}, {"roles": ["witness"], "belief": "none"}),
        ("refer_victim_services", {}, {"alive": False}),
        ("victim_liaison_or_navigator", {}, {"roles": ["witness"], "belief": "none"}),
        ("refer_support_service", {"needs": ["childcare"]}, {"needs": []}),
        ("refer_support_service", {"consent": NO}, {"consent": {**NO, "spoke_alone": False}}),
        ("refer_support_service", {"place": "overseas"}, {"place": "port"}),
        ("offer_again_later", {"consent": NO}, {"consent": {**NO, "interpreter": None}}),
        ("offer_again_later", {"consent": NO}, {"consent": {**NO, "capacity": "in_doubt"}}),
        ("offer_again_later", {"consent": NO}, {"consent": NO, "birth": {"age_min": 15, "age_max": 15}}),
        ("look_back_for_missed_signs", {"belief": "none"}, {"belief": "none", "roles": []}),
        ("decide_belief", {"belief": "signs_only"}, {}),
        ("decide_belief", {"belief": None}, {"belief": None, "roles": []}),
        ("record_reason_no_grounds", {"belief": "none"}, {"belief": "none", "roles": ["suspect"]}),
    ],
)
def test_each_holds_with_its_fact_and_not_without(code: str, told: dict[str, Any], without: dict[str, Any]) -> None:
    assert code in codes_of(someone(**told))
    assert code not in codes_of(someone(**without))


def test_help_is_offered_again_on_days_7_28_and_90() -> None:
    found = owed(facts(someone(consent=NO)), "offer_again_later")
    assert [(one.moment, one.due and london(one.due).isoformat()) for one in found] == [
        ("day 7", "2026-03-09T23:59:59+00:00"),
        ("day 28", "2026-03-30T23:59:59+01:00"),
        ("day 90", "2026-05-31T23:59:59+01:00"),
    ]
    unwanted = with_events(facts(someone(consent=NO)), person=[("contact_unwanted", RECORDED)])
    assert owed(unwanted, "offer_again_later") == []


@each(
    ("code", "met", "due"),
    [
        ("strategy_meeting", "2026-03-06T17:00:00+00:00", "2026-03-09T23:59:59+00:00"),  # a Friday
        ("strategy_meeting", "2026-04-02T17:00:00+01:00", "2026-04-07T23:59:59+01:00"),  # before Easter
        ("strategy_meeting", "2026-12-24T17:00:00+00:00", "2026-12-29T23:59:59+00:00"),
        ("needs_assessment", "2026-10-24T12:00:00+01:00", "2026-10-27T11:00:00+00:00"),
        ("look_back_for_missed_signs", "2026-03-02T23:40:00+00:00", "2026-03-30T23:59:59+01:00"),
        ("refer_nrm", "2026-02-28T23:59:00+00:00", "2026-03-01T23:59:00+00:00"),
    ],
)
def test_limits_over_weekends_holidays_and_changes_of_clocks(code: str, met: str, due: str) -> None:
    assert due_of(code, child(), encountered_at=met) == due


def test_the_ledgers_events_start_what_the_facts_cannot() -> None:
    encounter = with_events(facts(someone()), case=[("crime_recorded", RECORDED)], person=[("referral_sent", RECORDED)])
    (shared,) = owed(encounter, "share_crime_reference")
    assert shared.due
    assert london(shared.due).isoformat() == "2026-03-04T23:59:59+00:00"
    assert owed(facts(someone()), "share_crime_reference") == []
    (told,) = owed(encounter, "tell_regional_unit")
    assert told.due == shared.due
    ended = with_events(facts(someone()), case=[("tour_end", RECORDED)])
    (handed,) = owed(ended, "hand_on_what_is_left")
    assert (handed.due, handed.opens_at) == (RECORDED, RECORDED)
    (safe,) = owed(ended, "make_safe")
    assert safe.opens_at is None, "what is owed at once does not wait for the end of the shift"
