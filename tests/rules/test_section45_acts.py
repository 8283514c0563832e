"""One row for every suspected act: by the age then, the law of that day and place, and never a no because of Schedule
4."""

from datetime import date
from typing import Any

from lodestar.platform.obligations.settings import SHIPPED, SettingRow, for_tenant
from tests.offenders import each
from tests.rules.meeting import act, child, codes, codes_of, facts, owed, person_of, someone

BYSTANDER = {"roles": ["suspect"], "belief": "none"}
MURDER = {"act": "common law", "section": None, "title": "murder"}


def row(suspected: dict[str, Any], **told: Any) -> dict[str, Any]:
    found: dict[str, Any] = person_of(someone(suspected_of=[suspected], **told))["section45"][0]
    return found


@each(
    ("birth", "suspected", "test"),
    [
        ({"age_min": 16, "age_max": 16}, {}, "child"),
        ({"age_min": 30, "age_max": 30}, {}, "adult"),
        ({"age_min": 16, "age_max": 22, "basis": "disputed"}, {"age_then_min": 16, "age_then_max": 22}, "both"),
        ({"age_min": 16, "age_max": 22, "basis": "disputed"}, {}, "both"),
        ({}, {}, "both"),
        # An adult now who was a child then.
        ({"date": "2005-01-01"}, {"on": "2022-12-31"}, "child"),
        ({"date": "2005-01-01"}, {"on": "2023-01-01"}, "adult"),
        ({"date": "2005-01-01"}, {"on": {"from": "2022-12-31", "to": "2023-01-01"}}, "both"),
        ({"date": "2005-01-01"}, {"on": "2023"}, "adult"),
        ({"date": "2005-01-01"}, {"on": "2022"}, "child"),
        ({"date": "2005-01-02"}, {"on": "2023-01"}, "both"),
        ({"date": "2005"}, {"on": "2023"}, "both"),
        ({"date": "2004-02-29"}, {"on": "2022-02-28"}, "child"),
        ({"date": "2004-02-29"}, {"on": "2022-03-01"}, "adult"),
        ({"date": "2005-01-01"}, {"on": None}, "both"),
        ({"date": "2005-01-01"}, {"on": {"from": "2022-06-01", "to": None}}, "both"),
        ({"date": "2005-01-01"}, {"on": {"from": None, "to": "2022-06-01"}}, "child"),
        # Told of the age then.
        ({"age_min": 30, "age_max": 30}, {"on": "2013-03-02", "age_then_min": 17, "age_then_max": 17}, "child"),
        ({"age_min": 18, "age_max": 18}, {"on": "2026-01-01", "age_then_min": 17, "age_then_max": 17}, "child"),
        ({"age_min": 18, "age_max": 18}, {"on": "2026-01-01"}, "both"),
        ({"age_min": 19, "age_max": 19}, {"on": "2026-01-01"}, "adult"),
        ({"age_min": 25, "age_max": 25}, {"age_then_min": 17, "age_then_max": 18}, "both"),
        # What cannot both be true leaves it open.
        ({"age_min": 25, "age_max": 25}, {"age_then_min": 16, "age_then_max": 16}, "both"),
        # Who may be a child now was none the older then.
        ({"age_min": 19, "age_max": 19, "basis": "disputed"}, {}, "both"),
    ],
)
def test_the_test_is_that_of_the_age_at_the_act(birth: dict[str, Any], suspected: dict[str, Any], test: str) -> None:
    assert row(act(**suspected), birth=birth)["test"] == test


@each(
    ("suspected", "in_force", "law_of_the_time"),
    [
        ({"on": "2015-07-30"}, False, True),
        ({"on": "2015-07-31"}, True, False),
        ({"on": "2015-08-01"}, True, False),
        ({"on": "2015-07"}, None, True),
        ({"on": "2015"}, None, True),
        ({"on": "2014"}, False, True),
        ({"on": "2016"}, True, False),
        ({"on": {"from": "2015-01-01", "to": "2015-12-31"}}, None, True),
        ({"on": {"from": "2015-07-31", "to": None}}, True, False),
        ({"on": {"from": None, "to": "2015-07-30"}}, False, True),
        ({"on": {"from": None, "to": "2016-01-01"}}, None, True),
        ({"on": None}, None, True),
        ({"where": None}, None, False),
        ({"where": None, "on": "2014-01-01"}, False, True),
        ({"where": "scotland"}, None, False),
        ({"where": "abroad", "on": "2014-01-01"}, None, False),
    ],
)
def test_the_defence_began_on_31_july_2015(suspected: dict[str, Any], in_force: bool | None, law_of_the_time: bool) -> None:
    assert row(act(**suspected))["in_force"] is in_force
    assert ("law_of_the_time" in codes_of(someone(suspected_of=[act(**suspected)]))) == law_of_the_time


@each(
    ("suspected", "words"),
    [
        ({"on": "2015-07-30"}, "Done before 31 July 2015, when the defence began."),
        ({"on": None}, "Whether the defence was there is open: when it was done is not known."),
        ({"on": "2015"}, "Whether the defence was there is open: it may reach back before 31 July 2015."),
        ({"where": None}, "Where it was done is not recorded, so whose law it is stays open."),
        ({"on": "2015-07-31"}, None),
    ],
)
def test_why_the_defence_was_not_there_or_is_open(suspected: dict[str, Any], words: str | None) -> None:
    found = [why for why in row(act(**suspected))["why"] if "defence" in why or "whose law" in why]
    assert found == ([words] if words else [])


@each(
    ("suspected", "words"),
    [
        (MURDER, ["The offence is on Schedule 4; duress, public interest and the referral remain."]),
        (
            {"act": "Theft Act 1968", "section": "9", "title": "burglary"},
            ["Whether the offence is on Schedule 4 is for a person to settle."],
        ),
        ({}, []),
    ],
)
def test_what_schedule_4_says_is_among_the_reasons(suspected: dict[str, Any], words: list[str]) -> None:
    assert [why for why in row(act(**suspected))["why"] if "Schedule 4" in why] == words


@each(
    ("told", "suspected", "words"),
    [
        ({}, MURDER, ["They may be a victim."]),
        ({"roles": ["suspect"], "belief": None}, MURDER, ["Whether they may be a victim is not recorded."]),
        ({**BYSTANDER, "birth": {"age_min": 17}}, MURDER, ["They are, or may be, under 18."]),
        ({**BYSTANDER, "birth": None}, MURDER, ["They are, or may be, under 18."]),
        (
            {**BYSTANDER, "birth": {"date": "2005-01-01"}},
            {**MURDER, "on": "2022-01-01"},
            ["They were, or may have been, under 18 at the act."],
        ),
        (BYSTANDER, {}, ["The offence is often linked to exploitation."]),
        (BYSTANDER, MURDER, ["No sign is recorded, they were an adult, and the offence is not on the trigger list."]),
    ],
)
def test_why_it_is_considered_or_not(told: dict[str, Any], suspected: dict[str, Any], words: list[str]) -> None:
    found = row(act(**suspected), **told)["why"]
    assert found[: len(words)] == words
    assert not any(one.startswith(("They ", "Whether they ", "The offence is often")) for one in found[len(words) :])


@each(
    ("told", "suspected", "consider"),
    [
        ({}, MURDER, True),
        ({"roles": ["suspect"], "belief": "signs_only"}, MURDER, True),
        ({"roles": ["suspect"], "belief": None}, MURDER, True),  # not known is not no
        ({"roles": ["possible_victim"], "belief": "none"}, MURDER, True),
        (BYSTANDER, MURDER, False),
        ({**BYSTANDER, "birth": {"age_min": 17, "age_max": 17}}, MURDER, True),
        ({**BYSTANDER, "birth": {}}, MURDER, True),
        ({**BYSTANDER, "birth": {"date": "2005-01-01"}}, {**MURDER, "on": "2022-01-01"}, True),  # a child then
        ({**BYSTANDER, "birth": {"date": "2005-01-01"}}, {**MURDER, "on": "2024-01-01"}, False),
        (BYSTANDER, {}, True),  # intent to supply is on the trigger list
        (BYSTANDER, {"section": "5"}, True),  # and section 5 may be 5(3)
        (BYSTANDER, {"section": "5(2)"}, False),
        (BYSTANDER, {"section": "4(2)"}, True),
        (BYSTANDER, {"section": "8"}, False),
        (BYSTANDER, {"section": None, "title": None}, True),
        (BYSTANDER, {"act": "Theft Act 1968", "section": "1(1)"}, True),
        (BYSTANDER, {"act": "Theft Act 1968", "section": "8"}, False),
        (BYSTANDER, {"act": "Theft Act 1968", "section": "9", "title": "burglary with intent to steal"}, True),
        (BYSTANDER, {"act": "Theft Act 1968", "section": "9"}, True),
        (BYSTANDER, {"act": "Theft Act 1968", "section": "9", "title": "burglary with intent to inflict GBH"}, False),
        (BYSTANDER, {"act": "Fraud Act 2006", "section": "2"}, True),
        (BYSTANDER, {"act": "Fraud Act 2006", "section": "6"}, False),
        (BYSTANDER, {"act": "Criminal Justice Act 1988", "section": "139A"}, True),
        (BYSTANDER, {"act": "Criminal Justice Act 1988", "section": "139B"}, False),
        (BYSTANDER, {"act": "Criminal Law Act 1977", "section": "1", "title": "conspiracy to supply heroin"}, True),
        (BYSTANDER, {"act": "Criminal Law Act 1977", "section": "1", "title": "conspiracy to murder"}, False),
        (BYSTANDER, {"act": "Theft Act 1968 s1", "section": None}, True),
        (BYSTANDER, {"act": "Theft Act 1968 s8", "section": None}, False),
        (BYSTANDER, {"act": "shoplifting", "section": None}, True),
        (BYSTANDER, {"act": "Murder", "section": None}, False),
        (BYSTANDER, {"where": "scotland"}, False),
        ({}, {"where": "scotland"}, False),
        ({}, {"where": "northern_ireland"}, False),
        ({}, {"where": "abroad"}, False),
        ({}, {"where": None}, True),
        ({}, {"on": "2014-01-01"}, True),
    ],
)
def test_who_and_what_it_is_considered_for(told: dict[str, Any], suspected: dict[str, Any], consider: bool) -> None:
    found = row(act(**suspected), **told)
    assert found["consider"] is consider
    assert found["why"]
    is_owed = "section45_full_record" in codes_of(someone(suspected_of=[act(**suspected)], **told))
    assert is_owed == consider


def test_there_is_a_row_for_every_act_of_everybody_in_their_order() -> None:
    suspected = [act(), act(**MURDER), act(act="Fraud Act 2006", section="1")]
    for roles in (["possible_victim"], ["suspect"], ["exploiter"], ["witness"], []):
        found = person_of(someone(roles=roles, belief="none", suspected_of=suspected))["section45"]
        assert [one["act"] for one in found] == [one["act"] for one in suspected]


@each(("where", "word"), [("scotland", "Lord Advocate"), ("northern_ireland", "section 22"), ("abroad", "National Crime")])
def test_an_act_elsewhere_names_whom_to_ask(where: str, word: str) -> None:
    found = row(act(where=where))
    assert word in " ".join(found["why"])
    assert found["test"] == "adult"
    assert "ask_the_other_jurisdiction" in codes_of(someone(suspected_of=[act(where=where)]))


@each(("age", "rows"), [(9, 0), (10, 1), (11, 1)])
def test_under_ten_no_offence_can_be_theirs(age: int, rows: int) -> None:
    suspect = someone(birth={"age_min": age, "age_max": age}, suspected_of=[act()])
    assert len(person_of(suspect)["section45"]) == rows
    assert ("under_ten_to_childrens_services" in codes_of(suspect)) == (not rows)
    assert "tell_childrens_services_now" in codes_of(suspect)


def test_who_may_have_been_ten_has_a_row() -> None:
    spans = someone(birth={"date": "2015-06-01"}, suspected_of=[act(on={"from": "2025-05-31", "to": "2025-06-01"})])
    before = someone(birth={"date": "2015-06-01"}, suspected_of=[act(on="2025-05-31")])
    assert len(person_of(spans)["section45"]) == 1
    assert person_of(before)["section45"] == []


def test_an_excluded_offence_is_still_considered_and_leaves_duress_and_separate_officers() -> None:
    found = codes_of(someone(suspected_of=[act(**MURDER)]))
    assert {"section45_full_record", "duress_and_public_interest", "separate_officers_for_victim_and_suspect"} <= found
    assert "schedule4_person_must_look" not in found


def test_what_a_person_must_look_at_says_what_it_turns_on() -> None:
    burglary = act(act="Theft Act 1968", section="9", title="burglary")
    found = row(burglary)["schedule4"]
    assert found["excluded"] is None
    assert "steal" in found["depends_on"]
    assert found["entry"] == {"para": 14, "act": "Theft Act 1968", "section": "9"}
    assert "schedule4_person_must_look" in codes_of(someone(suspected_of=[burglary]))
    assert "duress_and_public_interest" not in codes_of(someone(suspected_of=[burglary]))


def test_no_offence_alleged_is_confirmed_for_each_possible_victim() -> None:
    assert "section45_no_suspected_offence" in codes_of(someone())
    assert "section45_no_suspected_offence" not in codes_of(someone(suspected_of=[act()]))
    assert "section45_no_suspected_offence" not in codes_of(someone(roles=["witness"], belief="none"))


@each("stage", ["stop", "voluntary_interview", "arrest", "interview", "bail_or_remand"])
def test_the_first_question_is_asked_at_each_early_stage_of_anybody(stage: str) -> None:
    found = owed(facts(someone(**BYSTANDER, suspected_of=[act(stage=stage), act(stage=stage)])), "section45_first_question")
    assert [(one.moment, one.line) for one in found] == [(stage, 7)]


def test_the_first_question_is_not_asked_of_the_dead() -> None:
    assert "section45_first_question" not in codes_of(someone(alive=False, suspected_of=[act(stage="stop")]))


@each("stage", ["charge_decision", "charged", "hearing", "convicted", None])
def test_the_first_question_is_not_asked_later(stage: str | None) -> None:
    assert "section45_first_question" not in codes_of(someone(suspected_of=[act(stage=stage)]))


def test_another_act_asks_again_and_a_later_stage_asks_anew() -> None:
    one = owed(facts(someone(suspected_of=[act()])), "section45_first_question")[0]
    two = owed(facts(someone(suspected_of=[act(), act(section="4(3)")])), "section45_first_question")[0]
    later = owed(facts(someone(suspected_of=[act(stage="interview")])), "section45_first_question")[0]
    assert one.key == two.key
    assert one.rests_on != two.rests_on
    assert one.key != later.key
    assert one.rests_on == later.rests_on


def test_the_full_record_is_one_for_each_act_and_opens_again_on_a_decision() -> None:
    suspected = [act(), act(section="4(3)")]
    first = owed(facts(someone(suspected_of=suspected)), "section45_full_record")
    assert [one.subject for one in first] == ["1", "2"]
    decided = {"route": "nrm", "same_events": True, "decision": "rg_positive", "decided_on": "2026-03-09"}
    again = owed(facts(someone(suspected_of=suspected, earlier_referral=decided)), "section45_full_record")
    moved_on = owed(facts(someone(suspected_of=[act(stage="charged"), act(section="4(3)")])), "section45_full_record")
    assert [one.key for one in first] == [one.key for one in again] == [one.key for one in moved_on]
    assert all(one.rests_on != other.rests_on for one, other in zip(first, again, strict=True))
    assert [one.rests_on for one in first] == [one.rests_on for one in moved_on]


def test_the_prosecutor_is_told_of_a_possible_victim_suspected_of_anything() -> None:
    assert "tell_cps" in codes_of(someone(suspected_of=[act()]))
    assert "tell_cps" not in codes_of(someone(**BYSTANDER, suspected_of=[act()]))
    assert "tell_cps" not in codes_of(someone())
    charged = person_of(someone(suspected_of=[act(stage="charged")]))["obligations"]
    (found,) = [one for one in charged if one["code"] == "tell_cps"]
    assert (found["due"], found["due_from"], found["due_before"]) == (None, "arrest", ["hearing"])


@each(("stage", "is_owed"), [("convicted", True), ("appeal", True), ("charged", False), ("arrest", False)])
def test_the_convicted_hear_of_advice(stage: str, is_owed: bool) -> None:
    found = codes_of(someone(**BYSTANDER, suspected_of=[act(stage=stage)]))
    assert ("tell_legal_adviser_about_appeal" in found) == is_owed


def test_a_victim_who_may_use_others_keeps_every_support_and_has_officers_apart() -> None:
    alone = codes_of(child())
    both = codes_of(child(roles=["possible_victim", "exploiter"]))
    assert alone <= both
    assert both - alone == {"separate_officers_for_victim_and_suspect"}


SOA = "Sexual Offences Act 2003"
AIMED = f"conspiracy, section 66A {SOA}"


@each(
    ("suspected", "shipped", "own"),
    [
        ({"act": SOA, "section": "66A", "on": "2024-01-30"}, False, False),
        ({"act": SOA, "section": "66A", "on": "2024-01-31"}, True, True),  # before the day from which the force sets it
        ({"act": SOA, "section": "66A", "on": "2026-02-28"}, True, True),
        ({"act": SOA, "section": "66A", "on": "2026-03-01"}, True, None),
        ({"act": SOA, "section": "66B(2)", "on": "2026-03-01"}, True, None),
        ({"act": SOA, "section": "67A", "on": "2026-03-01"}, True, None),
        ({"act": "Criminal Law Act 1977", "section": "1", "title": AIMED, "on": "2026-03-01"}, True, None),
        ({"act": SOA, "section": "67", "on": "2026-03-01"}, True, True),
        ({"act": "Criminal Damage Act 1971", "section": "1", "title": "arson", "on": "2026-03-01"}, True, True),
        ({"act": SOA, "section": "66C", "on": "2026-03-01"}, False, False),
    ],
)
def test_the_force_sets_whether_a_person_looks_where_the_day_of_an_addition_is_not_confirmed(
    suspected: dict[str, Any], shipped: bool, own: bool | None
) -> None:
    """As shipped the stricter: listed from the day named. The day of the act chooses the value."""
    looks = for_tenant("fenmarch", [SettingRow("schedule4_additions", "person_looks", start=date(2026, 3, 1))])
    for settings, excluded in ((SHIPPED, shipped), (looks, own)):
        person = person_of(someone(suspected_of=[act(**suspected)]), settings=settings)
        told = person["section45"][0]
        assert told["schedule4"]["excluded"] is excluded
        assert told["consider"] is True
        owed_codes = codes(person["obligations"])
        assert ("schedule4_person_must_look" in owed_codes) == (excluded is None)
        assert ("duress_and_public_interest" in owed_codes) == (excluded is True)
        if excluded is None:
            assert told["schedule4"]["depends_on"].startswith("whether it was listed by then")
