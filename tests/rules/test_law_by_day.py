"""The two tables of the law, row by row: which way a referral goes, and what a decision starts; each change on its day,
the day before and the day after. Statutory guidance (2020); Modern Slavery Act 2015 ss51-52; Nationality and Borders Act
2022 s61."""

from datetime import UTC, date, datetime
from typing import Any

from lodestar.platform.time.days import london
from tests.offenders import each
from tests.rules.meeting import NO, YES, act, asked, child, codes_of, due_of, facts, owed, person_of, someone, with_events

# --- which way ---------------------------------------------------------------------------------------------------------


@each(
    ("born", "consent", "expected"),
    [
        # 18 tomorrow, today, since yesterday; met on 2 March 2026
        ("2008-03-03", NO, "nrm"),
        ("2008-03-02", NO, "dtn"),
        ("2008-03-01", NO, "dtn"),
        ("2008-03-03", None, "nrm"),
        ("2008-03-02", None, "ask"),
        ("2008-03-01", YES, "nrm"),
    ],
)
def test_row_1_under_18_is_referred_and_never_notified(born: str, consent: Any, expected: str) -> None:
    found = person_of(someone(birth={"date": born, "basis": "document"}, consent=consent))
    assert found["route"]["code"] == expected


@each("basis", ["stated", "estimated", "disputed", "assessed", "document", None])
@each(("low", "expected"), [(17, "nrm"), (18, "dtn"), (19, "dtn")])
def test_row_2_a_bound_under_18_makes_a_child_until_it_is_settled(basis: str | None, low: int, expected: str) -> None:
    if basis == "disputed" and low > 17:
        expected = "nrm"  # the dispute itself leaves it open
    found = person_of(someone(birth={"age_min": low, "age_max": 24, "basis": basis}, consent=NO))
    assert found["route"]["code"] == expected


def test_rows_3_and_4_an_adult_decides() -> None:
    assert {"refer_nrm", "explain_who_will_know"} <= codes_of(someone(consent=YES))
    no = codes_of(someone(consent=NO))
    assert {"notify_home_office_without_identity", "offer_again_later", "refer_support_service"} <= no
    assert "refer_nrm" not in no


@each("answer", [True, False, None])
@each("capacity", [False, "in_doubt"])
def test_row_5_without_capacity_their_best_interests_decide(answer: bool | None, capacity: Any) -> None:
    found = person_of(someone(consent={**YES, "nrm": answer, "capacity": capacity}))
    assert found["route"]["code"] == "best_interests"
    assert {"best_interests_decision", "reach_nrm_or_dtn", "make_safe"} <= {one["code"] for one in found["obligations"]}


@each(("on", "test"), [("2022-03-01", "child"), ("2022-03-02", "adult"), ("2022-03-03", "adult")])
def test_row_6_an_adult_now_who_was_a_child_then_consents_as_an_adult_and_is_judged_as_a_child(on: str, test: str) -> None:
    grown = someone(birth={"date": "2004-03-02", "basis": "document"}, consent=NO, suspected_of=[act(on=on)])
    found = person_of(grown)
    assert (found["treat_as"], found["route"]["code"]) == ("adult", "dtn")
    assert [one["test"] for one in found["section45"]] == [test]


def test_row_7_each_of_a_family_has_a_route_of_their_own() -> None:
    family = [someone(id="a", consent=YES), someone(id="b", consent=NO), child(id="c", consent=NO), someone(id="d")]
    found = asked(*family)["people"]
    assert [one["route"]["code"] for one in found] == ["nrm", "dtn", "nrm", "ask"]
    assert [sum(o["code"] == "refer_nrm" for o in one["obligations"]) for one in found] == [1, 0, 1, 0]


@each(
    ("person", "expected"),
    [(someone(consent=YES), "nrm"), (someone(consent=NO), "already_referred"), (child(consent=NO), "nrm"), (someone(), "ask")],
)
def test_row_8_anothers_notification_is_no_reason_to_withhold_a_referral(person: dict[str, Any], expected: str) -> None:
    earlier = {"route": "dtn", "by": "Kent County Council", "on": "2026-02-10", "same_events": True}
    found = person_of({**person, "earlier_referral": earlier})
    assert found["route"]["code"] == expected
    assert "notify_home_office_without_identity" not in {one["code"] for one in found["obligations"]}


@each(("day", "expected"), [("2015-10-31", "none"), ("2015-11-01", "dtn"), ("2015-11-02", "dtn"), ("2026-03-02", "dtn")])
def test_row_9_before_november_2015_nobody_had_to_notify_but_could_refer(day: str, expected: str) -> None:
    at = f"{day}T12:00:00+00:00"
    assert person_of(someone(consent=NO), encountered_at=at)["route"]["code"] == expected
    assert person_of(someone(consent=YES), encountered_at=at)["route"]["code"] == "nrm"
    assert person_of(child(consent=NO), encountered_at=at)["route"]["code"] == "nrm"


@each("place", ["custody", "prison", "immigration_detention", "port", "court"])
@each("consent", [YES, NO, None])
def test_row_10_a_cell_or_a_border_changes_no_route(place: str, consent: Any) -> None:
    told = {"place": place, "roles": ["possible_victim", "suspect"], "british": False, "suspected_of": [act()]}
    there, elsewhere = (person_of(someone(consent=consent, **more))["route"]["code"] for more in (told, {}))
    assert there == elsewhere
    assert person_of(child(**told))["route"]["code"] == "nrm"


# --- what a decision starts --------------------------------------------------------------------------------------------

CHANGES = ("2022-12-11", "2022-12-12", "2022-12-13", "2022-12-14", "2023-01-29", "2023-01-30", "2023-01-31")


def decided(decision: str | None, on: str | None = None, **told: Any) -> dict[str, Any]:
    earlier = {"route": "nrm", "by": "Kent Police", "same_events": True, "decision": decision, "decided_on": on, **told}
    return someone(earlier_referral=earlier, consent=YES)


@each(
    ("received", "due"),
    [
        ("2022-12-09", "2022-12-16"),
        ("2022-12-12", "2022-12-19"),
        ("2022-12-13", "2022-12-20"),
        ("2022-12-20", "2022-12-29"),  # Boxing Day and the day for Christmas Day
        ("2026-04-01", "2026-04-10"),  # Easter
    ],
)
def test_a_first_decision_is_hoped_for_in_five_working_days_before_and_since(received: str, due: str) -> None:
    events = [(name, date.fromisoformat(received)) for name in ("referral_sent", "referral_received")]
    (found,) = owed(with_events(facts(someone(consent=YES)), person=events), "watch_reasonable_grounds_decision")
    assert found.due
    assert str(london(found.due).date()) == due


@each(
    ("on", "last_day", "basis"),
    list(
        zip(
            CHANGES,
            ("2023-01-24", "2023-01-25", "2023-01-11", "2023-01-12", "2023-02-27", "2023-02-28", "2023-03-01"),
            ("guidance", "guidance", "policy", "policy", "policy", "law", "law"),
            strict=True,
        )
    ),
)
def test_recovery_45_days_then_30_as_policy_then_30_as_law_the_first_day_counted(on: str, last_day: str, basis: str) -> None:
    earlier, own = decided("rg_positive", on), [("rg_positive", date.fromisoformat(on))]
    for encounter in (facts(earlier), with_events(facts(someone(consent=YES)), person=own)):
        (found,) = owed(encounter, "recovery_period_minimum")
        assert found.due
        assert (str(london(found.due).date()), found.basis) == (last_day, basis)


@each(
    ("on", "last_day"),
    list(
        zip(
            CHANGES,
            ("2023-01-25", "2023-01-26", "2023-01-27", "2023-01-28", "2023-03-15", "2023-03-16", "2023-03-17"),
            strict=True,
        )
    ),
)
def test_moving_on_after_a_positive_decision_stayed_at_45_days_when_recovery_fell(on: str, last_day: str) -> None:
    assert str(due_of("plan_before_support_ends", decided("cg_positive", on)))[:10] == last_day


@each(
    ("on", "last_day"),
    list(
        zip(
            CHANGES,
            # Sunday; Monday; Tuesday; Wednesday, over Christmas and New Year; then February without a bank holiday
            ("2022-12-22", "2022-12-23", "2022-12-28", "2022-12-29", "2023-02-09", "2023-02-10", "2023-02-13"),
            strict=True,
        )
    ),
)
def test_after_a_negative_decision_support_ends_nine_working_days_after_the_letter(on: str, last_day: str) -> None:
    assert str(due_of("plan_before_support_ends", decided("cg_negative", on)))[:10] == last_day
    assert str(due_of("plan_before_support_ends", decided("cg_negative", "2022-01-01", notice_on=on)))[:10] == last_day


@each("decision", ["rg_negative", "cg_negative"])
@each(
    ("notice", "last_day"),
    [
        ("2022-12-13", "2023-03-13"),
        ("2023-01-30", "2023-04-30"),
        ("2024-02-20", "2024-05-20"),
        ("2024-02-21", "2024-05-21"),
        ("2024-02-22", "2024-03-23"),
        ("2024-02-23", "2024-03-24"),
        # Another source says July 2024; until it is settled the earlier reading holds.
        ("2024-06-30", "2024-07-30"),
        ("2024-07-01", "2024-07-31"),
        ("2024-07-02", "2024-08-01"),
    ],
)
def test_reconsideration_by_the_earlier_of_its_readings(decision: str, notice: str, last_day: str) -> None:
    assert str(due_of("consider_reconsideration", decided(decision, "2022-01-01", notice_on=notice)))[:10] == last_day


def test_a_negative_first_decision_starts_neither_recovery_nor_the_end_of_support() -> None:
    found = codes_of(decided("rg_negative", "2026-02-20"))
    assert not {"recovery_period_minimum", "plan_before_support_ends"} & found
    assert "consider_reconsideration" in found


def test_after_withdrawal_no_clock_of_a_decision_runs() -> None:
    found = codes_of(decided("withdrawn", "2026-02-20"))
    clocks = {
        "recovery_period_minimum", "plan_before_support_ends", "consider_reconsideration",
        "watch_reasonable_grounds_decision",
    }  # fmt: skip
    assert not clocks & found
    assert "refer_nrm" in found


@each(
    ("at", "is_owed"),
    [
        ("2021-11-07T23:59:59+00:00", False),
        ("2021-11-08T00:00:00+00:00", True),
        ("2021-11-08T00:30:00+01:00", False),  # not yet midnight in London
    ],
)
def test_the_immigration_side_decides_from_a_midnight_in_london(at: str, is_owed: bool) -> None:
    assert ("explain_home_office_role" in codes_of(someone(british=False), encountered_at=at)) == is_owed


@each(
    ("at", "is_owed"),
    [
        ("2015-07-30T22:59:59+00:00", False),
        ("2015-07-30T23:00:00+00:00", True),  # midnight of summer time
        ("2015-07-31T23:00:00+00:00", True),
    ],
)
def test_the_full_record_is_owed_from_the_midnight_of_the_defence(at: str, is_owed: bool) -> None:
    found = codes_of(someone(suspected_of=[act(on="2015-07-30")]), encountered_at=at)
    assert ("section45_full_record" in found) == is_owed
    assert "law_of_the_time" in found


def test_the_ledger_reckons_from_the_london_day_of_a_decision_told_by_the_hour() -> None:
    """Half past eleven in the evening of 29 January 2023 is the 29th, and so policy still."""
    last = datetime(2023, 1, 29, 23, 59, 59, tzinfo=UTC)
    (found,) = owed(with_events(facts(someone(consent=YES)), person=[("rg_positive", last)]), "recovery_period_minimum")
    assert (found.basis, found.due and london(found.due).date()) == ("policy", date(2023, 2, 27))
