"""The seven lines of the first screen, and what else safety makes owed."""

from typing import Any

from tests.offenders import each
from tests.rules.meeting import NO, YES, act, child, codes_of, due_of, facts, owed, someone, with_events

SUSPECT = {"roles": ["suspect"], "belief": "none"}
BABY = {"roles": [], "belief": "none", "birth": {"age_min": 0, "age_max": 1}, "place": "home"}


@each("code", ["make_safe", "see_alone_with_independent_interpreter", "golden_hour_evidence"])
def test_grounds_or_signs_are_enough(code: str) -> None:
    assert code in codes_of(someone())
    assert code in codes_of(someone(belief="signs_only"))
    assert code in codes_of(someone(consent=YES))  # that it was done is evidence, and takes nothing away
    assert code not in codes_of(someone(**SUSPECT))


def test_nothing_is_said_to_or_arranged_for_the_dead() -> None:
    found = codes_of(someone(alive=False, needs=["safe_place", "medical"], consent=YES))
    assert not found & {
        "make_safe", "medical_and_basic_care_first", "see_alone_with_independent_interpreter", "safe_place",
        "agree_safe_contact", "explain_who_will_know", "needs_assessment", "refer_support_service",
    }  # fmt: skip
    assert {"record_crime", "golden_hour_evidence", "look_back_for_missed_signs", "record_each_crime_apart"} <= found


@each(
    ("need", "is_owed"),
    [
        ("medical", True), ("food", True), ("mental_health", True), ("childcare", True), ("safe_place", False),
        ("interpreter", False), ("protection", False),
    ],
)  # fmt: skip
def test_care_comes_first_for_anybody(need: str, is_owed: bool) -> None:
    assert ("medical_and_basic_care_first" in codes_of(someone(**SUSPECT, needs=[need]))) == is_owed


@each(
    ("person", "is_owed"),
    [
        (child(), True),
        (child(belief="signs_only"), True),
        (someone(**BABY), True),
        (child(**SUSPECT), True),
        (someone(birth={"age_min": 16, "age_max": 22, "basis": "disputed"}), True),
        (someone(), False),
        (someone(birth={}), False),
    ],
)
def test_childrens_services_are_told_of_every_child(person: dict[str, Any], is_owed: bool) -> None:
    assert ("tell_childrens_services_now" in codes_of(person)) == is_owed


@each(
    ("person", "is_owed"),
    [
        (someone(needs=["safe_place"]), True),
        (someone(consent=YES), True),
        (someone(consent=NO), True),
        (someone(), False),
        (child(), True),
        (child(belief="signs_only"), False),
        (child(belief="signs_only", consent=NO), True),
        (someone(**BABY), False),
        (someone(**BABY, needs=["safe_place"]), True),
    ],
)
def test_where_they_sleep_depends_on_no_answer(person: dict[str, Any], is_owed: bool) -> None:
    assert ("safe_place" in codes_of(person)) == is_owed


def test_the_seven_lines_are_due_within_the_hour_on_any_night() -> None:
    person = child(needs=["medical"], suspected_of=[act()])
    for met, due in (
        ("2026-03-29T00:30:00+00:00", "2026-03-29T02:30:00+01:00"),
        ("2026-10-25T01:30:00+01:00", "2026-10-25T01:30:00+00:00"),
        ("2026-12-31T23:30:00+00:00", "2027-01-01T00:30:00+00:00"),
    ):
        for code in ("make_safe", "medical_and_basic_care_first", "tell_childrens_services_now", "safe_place"):
            assert due_of(code, person, encountered_at=met) == due


@each(
    ("told", "is_owed"),
    [
        ({"place": "custody"}, True),
        ({"suspected_of": [act(stage="arrest")]}, True),
        ({"suspected_of": [act(stage="voluntary_interview")]}, True),
        ({"suspected_of": [act(stage="stop")]}, False),
        ({}, False),
    ],
)
@each("who", [{"birth": {"age_min": 15, "age_max": 15}}, {"care_and_support_needs": True}, {"consent": {"capacity": "in_doubt"}}])
def test_an_appropriate_adult_for_a_child_or_vulnerable_adult_who_is_held(
    told: dict[str, Any], who: dict[str, Any], is_owed: bool
) -> None:
    assert ("appropriate_adult" in codes_of(someone(**told, **who))) == is_owed
    assert "appropriate_adult" not in codes_of(someone(**told))


def test_an_appropriate_adult_is_due_from_detention() -> None:
    assert due_of("appropriate_adult", child(place="custody")) == "2026-03-03T01:40:00+00:00"
    assert due_of("appropriate_adult", child(suspected_of=[act()])) is None


def test_in_custody_no_parent_first_and_a_plan_for_release() -> None:
    assert {"nobody_to_tell_parent_first", "safe_release_plan"} <= codes_of(child(place="custody"))
    assert "nobody_to_tell_parent_first" not in codes_of(someone(place="custody"))
    assert "safe_release_plan" not in codes_of(someone(**SUSPECT, place="custody"))


@each("helper", ["interpreter", "solicitor", "appropriate_adult", "companion"])
def test_every_helper_is_asked_after(helper: str) -> None:
    assert "who_sent_the_helper" in codes_of(someone(helpers=[helper]))
    assert "who_sent_the_helper" in codes_of(someone(consent={"interpreter": "companion"}))
    assert "who_sent_the_helper" not in codes_of(someone(helpers=[]))


def test_losing_and_finding_somebody() -> None:
    lost = someone(contact_lost="2026-03-02T22:10:00+00:00")
    assert due_of("report_missing", lost) == "2026-03-02T23:10:00+00:00"
    assert due_of("report_missing", someone(contact_lost=True)) == "2026-03-03T00:40:00+00:00"
    assert {"report_missing", "missing_person_steps"} <= codes_of(lost)
    assert due_of("missing_person_steps", someone(found_after_missing=True)) == "2026-03-05T23:40:00+00:00"
    found = codes_of(child(found_after_missing=True))
    assert "missing_person_steps" in found
    assert "report_missing" not in found
    assert not {"report_missing", "missing_person_steps"} & codes_of(child(found_after_missing=None, contact_lost=False))


@each("threat", ["person", "family_uk", "family_abroad"])
def test_a_threat_is_assessed_within_the_hour(threat: str) -> None:
    assert due_of("threat_to_life_assessment", someone(threats=[threat])) == "2026-03-03T00:40:00+00:00"


@each(
    ("code", "told", "without"),
    [
        ("phone_and_tracking_check", {"exploitation": [{"still_in_situation": True}]}, {"exploitation": [{}]}),
        ("adult_safeguarding", {"care_and_support_needs": True}, {"care_and_support_needs": None}),
        ("sexual_assault_referral", {"exploitation": [{"type": "sexual"}]}, {"exploitation": [{"type": "labour"}]}),
        ("alternatives_to_arrest", {"suspected_of": [act(stage="arrest")]}, {"suspected_of": [act(stage="charged")]}),
        (
            "alternatives_to_arrest",
            {"place": "custody", "suspected_of": [act(stage="interview")]},
            {"place": "public_counter", "suspected_of": [act(stage="interview")]},
        ),
        (
            "alternatives_to_arrest",
            {"place": "custody", "suspected_of": [act(stage="interview")]},
            {"place": "custody", "suspected_of": [act(stage="bail_or_remand")]},
        ),
        ("agree_safe_contact", {}, SUSPECT),
        ("strategy_meeting", {"birth": {"age_min": 15, "age_max": 15}}, {}),
    ],
)
def test_each_holds_with_its_fact_and_not_without(code: str, told: dict[str, Any], without: dict[str, Any]) -> None:
    assert code in codes_of(someone(**told))
    assert code not in codes_of(someone(**without))


def test_care_and_support_needs_of_a_child_are_the_childrens_services() -> None:
    assert "adult_safeguarding" not in codes_of(child(care_and_support_needs=True))


@each(
    ("event", "code"),
    [
        ("accommodated", "missing_person_steps"),
        ("rape_reported", "sexual_assault_referral"),
        ("forced_marriage_known", "forced_marriage_steps"),
        ("immigration_disclosure", "immigration_disclosure_needs_approval"),
        ("immigration_disclosure_proposed", "immigration_disclosure_needs_approval"),
        ("no_grounds_decided", "record_reason_no_grounds"),
        ("other_crime_known", "record_each_crime_apart"),
        ("gaps_marked", "send_supplementary_information"),
        ("referral_out_of_line", "put_referral_right"),
        ("closing_proposed", "di_review_before_no_further_action"),
        ("suspect_bail", "victim_update"),
        ("suspect_to_be_released", "tell_victim_before_release"),
    ],
)
def test_what_only_the_ledger_knows_is_owed_when_it_is_known(event: str, code: str) -> None:
    person = child(belief="none" if code == "record_reason_no_grounds" else "reasonable_grounds", roles=["possible_victim"])
    plain = facts(person)
    when = plain.encountered_at
    assert owed(with_events(plain, person=[(event, when)]), code)
    if code != "record_reason_no_grounds":
        assert owed(plain, code) == []
