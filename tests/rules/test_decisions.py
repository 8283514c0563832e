"""What follows decisions: by the limits of their day, each of its own, and what an answer to one step answers."""

from datetime import UTC, date, datetime
from typing import Any

from lodestar.casework.decisions.rules import answered_with
from lodestar.casework.referrals.rules import SENT
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.facts import Encounter
from lodestar.platform.obligations.obligations import When
from lodestar.platform.obligations.settings import SHIPPED, SettingRow, for_tenant
from lodestar.platform.time.days import london
from tests.offenders import each
from tests.rules.meeting import YES, act, child, codes_of, due_of, facts, owed, person_of, someone, with_events


def decided(decision: str | None, on: str | None = None, **told: Any) -> dict[str, Any]:
    earlier = {"route": "nrm", "by": "Kent Police", "same_events": True, "decision": decision, "decided_on": on, **told}
    return someone(earlier_referral=earlier, consent=YES)


@each(
    ("on", "due"),
    [
        ("2022-12-11", "2023-01-24T23:59:59+00:00"),
        ("2022-12-12", "2023-01-25T23:59:59+00:00"),
        ("2022-12-13", "2023-01-11T23:59:59+00:00"),
        ("2023-01-29", "2023-02-27T23:59:59+00:00"),
        ("2023-01-30", "2023-02-28T23:59:59+00:00"),
        ("2026-03-01", "2026-03-30T23:59:59+01:00"),
        ("2026-06-11", "2026-07-10T23:59:59+01:00"),
        (None, None),
    ],
)
def test_the_recovery_period_of_the_day_of_the_decision(on: str | None, due: str | None) -> None:
    assert due_of("recovery_period_minimum", decided("rg_positive", on)) == due


@each(
    ("on", "notice", "due"),
    [
        ("2024-02-21", None, "2024-05-21T23:59:59+01:00"),
        ("2024-02-22", None, "2024-03-23T23:59:59+00:00"),
        ("2024-02-23", None, "2024-03-24T23:59:59+00:00"),
        ("2024-02-20", "2024-02-22", "2024-03-23T23:59:59+00:00"),  # the notice counts, not the decision
        ("2023-11-30", None, "2024-02-29T23:59:59+00:00"),
        (None, "2026-03-02", "2026-04-01T23:59:59+01:00"),
        (None, None, None),
    ],
)
@each("decision", ["rg_negative", "cg_negative"])
def test_reconsideration_by_the_limit_of_the_day_of_the_notice(
    decision: str, on: str | None, notice: str | None, due: str | None
) -> None:
    assert due_of("consider_reconsideration", decided(decision, on, notice_on=notice)) == due


@each(
    ("notice", "due"),
    [
        ("2024-02-21", "2024-05-21T23:59:59+01:00"),
        ("2026-02-28", "2026-03-30T23:59:59+01:00"),  # the day before the force's own value
        ("2026-03-01", "2026-06-01T23:59:59+01:00"),
    ],
)
def test_the_force_sets_how_long_reconsideration_can_be_asked_for_by_the_day_of_the_notice(notice: str, due: str) -> None:
    own = for_tenant("fenmarch", [SettingRow("reconsideration_limit", "3_months", start=date(2026, 3, 1))])
    person = person_of(decided("rg_negative", notice), settings=own)
    found = {one["code"]: one["due"] for one in person["obligations"]}
    assert found["consider_reconsideration"] == due
    positive = person_of(decided("rg_positive", notice), settings=own)
    assert "consider_reconsideration" not in {one["code"] for one in positive["obligations"]}


def test_an_event_that_is_missing_is_named() -> None:
    obligations = {one["code"]: one for one in person_of(decided("rg_negative"))["obligations"]}
    assert obligations["consider_reconsideration"]["due_from"] == "decision_notice"


def test_a_negative_decision_about_other_events_asks_for_no_reconsideration() -> None:
    assert "consider_reconsideration" not in codes_of(decided("rg_negative", same_events=False))
    assert "consider_reconsideration" not in codes_of(decided("rg_positive"))


def test_a_referral_that_may_be_about_the_same_events_keeps_its_clocks() -> None:
    """Not known is not no: a right that is lost by waiting is not lost for want of a tick."""
    negative = decided("rg_negative", "2026-02-20", same_events=None)
    assert due_of("consider_reconsideration", negative) == "2026-03-22T23:59:59+00:00"
    assert "watch_reasonable_grounds_decision" in codes_of(decided(None, same_events=None))
    (found,) = owed(facts(negative), "consider_reconsideration")
    assert found.why == ("The decision is negative.", "Whether it was about the same events is not known.")
    (known,) = owed(facts(decided("rg_negative", "2026-02-20")), "consider_reconsideration")
    assert known.why == ("The decision is negative.",)


@each(
    ("decision", "notice", "due"),
    [
        ("cg_positive", "2026-03-02", "2026-04-16T23:59:59+01:00"),
        ("cg_negative", "2026-03-02", "2026-03-13T23:59:59+00:00"),
        ("cg_negative", "2026-03-26", "2026-04-10T23:59:59+01:00"),  # over Easter
    ],
)
def test_support_ends_some_time_after_the_letter(decision: str, notice: str, due: str) -> None:
    assert due_of("plan_before_support_ends", decided(decision, notice_on=notice)) == due


def test_a_referral_without_a_decision_is_watched() -> None:
    assert "watch_reasonable_grounds_decision" in codes_of(decided(None))
    assert "watch_reasonable_grounds_decision" not in codes_of(decided("rg_positive"))
    assert "watch_reasonable_grounds_decision" not in codes_of(decided(None, same_events=False))
    assert "watch_reasonable_grounds_decision" not in codes_of(decided(None, route="dtn"))


def test_new_evidence_is_sent_within_one_working_day() -> None:
    assert due_of("send_supplementary_information", decided("rg_positive", new_evidence=True)) == "2026-03-03T23:59:59+00:00"
    assert "send_supplementary_information" not in codes_of(decided("rg_positive", new_evidence=None))


def test_an_earlier_referral_is_named_in_a_new_one() -> None:
    assert "mention_earlier_referral" in codes_of(decided("withdrawn"))
    assert "mention_earlier_referral" in codes_of(decided(None, route="dtn"))
    assert "mention_earlier_referral" not in codes_of(decided(None))


def test_our_own_decision_starts_its_own_clocks_beside_the_earlier_one() -> None:
    person = someone(
        earlier_referral={"route": "nrm", "same_events": False, "decision": "rg_negative", "decided_on": "2025-01-10"},
        consent=YES,
    )
    told = [("referral_sent", datetime(2026, 3, 3, 2, 0, tzinfo=UTC)), ("rg_positive", date(2026, 3, 9))]
    found = owed(with_events(facts(person), person=told), "recovery_period_minimum")
    assert [(one.subject, one.due and london(one.due).date()) for one in found] == [("own", date(2026, 4, 7))]
    assert owed(with_events(facts(person), person=told), "watch_reasonable_grounds_decision") == []
    assert len(owed(with_events(facts(person), person=told[:1]), "watch_reasonable_grounds_decision")) == 1


def test_a_changed_decision_reopens() -> None:
    first = owed(facts(decided("rg_negative", "2026-03-01")), "consider_reconsideration")[0]
    other = owed(facts(decided("rg_negative", "2026-03-02")), "consider_reconsideration")[0]
    assert first.key == other.key
    assert first.rests_on != other.rests_on


def test_found_to_be_an_adult_they_are_asked() -> None:
    grown = someone(birth={"age_min": 20, "age_max": 20, "basis": "assessed"})
    told = [("age_settled", date(2026, 3, 6))]
    (found,) = owed(with_events(facts(grown), person=told), "seek_adult_consent")
    assert found.due
    assert london(found.due).date() == date(2026, 3, 9)
    assert owed(facts(grown), "seek_adult_consent") == []


FIRST, SECOND = datetime(2026, 3, 3, 2, 0, tzinfo=UTC), datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
NEGATIVE = [("referral_sent", FIRST), ("referral_decided", FIRST), ("rg_negative", date(2026, 3, 9))]


def told(*events: tuple[str, When], **person: object) -> Encounter:
    return with_events(facts(someone(consent=YES, **person)), person=events)


def days(encounter: Encounter, code: str) -> list[tuple[str, date | None, date | None]]:
    """Moment, the London day it is due, the London day it opens."""
    return [
        (one.moment, one.due and london(one.due).date(), one.opens_at and london(one.opens_at).date())
        for one in owed(encounter, code)
    ]


def test_each_reminder_inside_the_limit_opens_when_the_one_before_is_due() -> None:
    found = days(told(*NEGATIVE, ("rg_negative_notice", date(2026, 3, 11))), "consider_reconsideration")
    assert found == [
        ("rg_negative 2026-03-09: decide", date(2026, 3, 21), None),
        ("rg_negative 2026-03-09: request", date(2026, 4, 5), date(2026, 3, 21)),
        ("rg_negative 2026-03-09", date(2026, 4, 10), date(2026, 4, 5)),
    ]


def test_before_february_2024_there_is_one_reminder_in_three_months() -> None:
    found = days(told(("referral_sent", FIRST), ("cg_negative", date(2024, 2, 21))), "consider_reconsideration")
    assert [moment for moment, _, _ in found] == ["cg_negative 2024-02-21: decide", "cg_negative 2024-02-21"]
    assert found[-1][1] == date(2024, 5, 21)


@each(
    ("moment", "kind", "others"),
    [
        ("rg_negative 2026-03-09: decide", "not_needed", ("rg_negative 2026-03-09: request", "rg_negative 2026-03-09")),
        ("rg_negative 2026-03-09: decide", "done", ()),
        ("rg_negative 2026-03-09: decide", "not_possible", ()),
        ("rg_negative 2026-03-09: request", "done", ("rg_negative 2026-03-09",)),
        ("rg_negative 2026-03-09: request", "not_needed", ("rg_negative 2026-03-09",)),
        ("rg_negative 2026-03-09: request", "not_possible", ()),
        ("rg_negative 2026-03-09", "done", ()),
        ("", "not_needed", ()),
    ],
)
def test_what_an_answer_to_one_step_answers_besides(moment: str, kind: str, others: tuple[str, ...]) -> None:
    assert answered_with(moment, kind) == others


def test_two_negative_decisions_are_two_things_owed_each_by_its_own_notice() -> None:
    both = told(
        *NEGATIVE,
        ("rg_negative_notice", date(2026, 3, 9)),
        ("cg_negative", date(2026, 8, 3)),
        ("cg_negative_notice", date(2026, 8, 5)),
    )
    limits = [(moment, due) for moment, due, _ in days(both, "consider_reconsideration") if ":" not in moment]
    assert limits == [("rg_negative 2026-03-09", date(2026, 4, 8)), ("cg_negative 2026-08-03", date(2026, 9, 4))]


def test_two_decisions_of_a_kind_keep_their_days_and_a_clock_starts_too_soon_rather_than_too_late() -> None:
    twice = told(
        ("referral_sent", FIRST),
        ("rg_negative", date(2026, 3, 9)),
        ("rg_negative_notice", date(2026, 3, 20)),
        ("rg_negative", date(2026, 3, 12)),
        ("rg_negative_notice", date(2026, 3, 13)),
    )
    (person,) = reading(twice, SHIPPED).people
    assert [(one.decided, one.notice) for one in person.decisions] == [
        (date(2026, 3, 9), date(2026, 3, 13)),
        (date(2026, 3, 12), date(2026, 3, 13)),
    ]


def test_a_notice_of_the_day_of_the_decision_starts_the_clock_and_no_later_one_does() -> None:
    told_twice = told(
        ("referral_sent", FIRST),
        ("rg_negative", date(2026, 3, 9)),
        ("rg_negative_notice", date(2026, 3, 9)),
        ("rg_negative_notice", date(2026, 3, 20)),
    )
    assert days(told_twice, "consider_reconsideration")[-1][1] == date(2026, 4, 8)


def test_a_decision_whose_day_is_not_known_has_no_clock_of_anothers() -> None:
    earlier = {"route": "nrm", "same_events": True, "decision": "rg_positive"}
    found = owed(told(("rg_positive", date(2026, 3, 9)), earlier_referral=earlier), "recovery_period_minimum")
    assert {one.subject: (one.due is None, one.due_from) for one in found} == {
        "earlier": (True, "rg_decision"),
        "own": (False, None),
    }


def test_two_referrals_decided_alike_on_one_day_owe_it_once() -> None:
    alike = told(("rg_positive", date(2026, 3, 9)), ("rg_positive", date(2026, 3, 9)), suspected_of=[act()])
    assert len(owed(alike, "recovery_period_minimum")) == 1
    assert len({one.key for one in owed(alike, "tell_cps")}) == len(owed(alike, "tell_cps"))


def test_conclusive_decisions_of_both_kinds_each_end_support() -> None:
    both = told(("cg_negative", date(2026, 3, 9)), ("cg_positive", date(2026, 5, 4)))
    assert len({one.key for one in owed(both, "plan_before_support_ends")}) == 2


def test_the_prosecutor_is_told_of_each_decision_on_its_own_day() -> None:
    decided = told(("rg_positive", date(2026, 3, 9)), ("cg_positive", date(2026, 8, 3)), suspected_of=[act()])
    moments = [one.moment for one in owed(decided, "tell_cps")]
    assert moments == ["arrest 2026-03-02", "rg_decision 2026-03-09", "cg_decision 2026-08-03"]


def test_a_second_referral_is_watched_by_its_own_clock() -> None:
    events = [*NEGATIVE, ("referral_received", FIRST), ("referral_sent", SECOND), ("referral_received", SECOND)]
    assert days(told(*events), "watch_reasonable_grounds_decision") == [("", date(2026, 6, 8), None)]
    decided = [*events, ("referral_decided", SECOND), ("rg_positive", date(2026, 6, 5))]
    assert owed(told(*decided), "watch_reasonable_grounds_decision") == []


def test_a_second_referral_that_nobody_has_acknowledged_has_no_clock_of_the_firsts() -> None:
    events = [*NEGATIVE, ("referral_received", FIRST), ("referral_sent", SECOND)]
    assert days(told(*events), "watch_reasonable_grounds_decision") == [("", None, None)]


def test_one_referral_is_watched_and_answered_once() -> None:
    (one,) = owed(told(("referral_sent", FIRST)), "watch_reasonable_grounds_decision")
    assert one.rests_on == ""


def test_a_watch_that_was_answered_opens_again_for_another_referral() -> None:
    first = owed(told(("referral_sent", FIRST)), "watch_reasonable_grounds_decision")
    both = owed(told(("referral_sent", FIRST), ("referral_sent", SECOND)), "watch_reasonable_grounds_decision")
    assert first[0].key == both[0].key
    assert first[0].rests_on != both[0].rests_on


def test_a_referral_that_was_withdrawn_is_watched_no_more_and_asks_for_another() -> None:
    withdrawn = told(("referral_sent", FIRST), ("referral_withdrawn", FIRST))
    assert owed(withdrawn, "watch_reasonable_grounds_decision") == []
    assert owed(told(("referral_sent", FIRST)), "refer_nrm")[0].rests_on == SENT
    assert owed(withdrawn, "refer_nrm")[0].rests_on != SENT
    again = told(("referral_sent", FIRST), ("referral_withdrawn", FIRST), ("referral_sent", SECOND))
    assert owed(again, "refer_nrm")[0].rests_on == SENT


def test_the_home_office_was_told_by_a_referral_even_if_it_was_withdrawn() -> None:
    no = {**YES, "nrm": False}
    events = [("referral_sent", FIRST), ("referral_withdrawn", FIRST)]
    (one,) = owed(with_events(facts(someone(consent=no)), person=events), "notify_home_office_without_identity")
    assert one.rests_on == SENT


@each("code", ["notify_home_office_without_identity", "reach_nrm_or_dtn"])
def test_what_has_not_gone_does_not_stand_as_gone(code: str) -> None:
    answer = {**YES, "nrm": False if code.startswith("notify") else None}
    (one,) = owed(facts(someone(consent=answer)), code)
    assert one.rests_on != SENT


def test_a_crime_number_is_shared_once_there_is_a_referral_and_the_other_way_round() -> None:
    both = told(("referral_sent", FIRST), ("crime_recorded", FIRST))
    assert len(owed(both, "share_crime_reference")) == 1
    for one in ("referral_sent", "crime_recorded"):
        assert owed(told((one, FIRST)), "share_crime_reference") == []


@each("code", ["child_trafficking_guardian", "turning_18_consent"])
def test_what_is_a_childs_is_no_adults(code: str) -> None:
    assert owed(facts(someone(consent=YES)), code) == []
    assert owed(facts(child(belief="none")), code) == []
    assert owed(facts(child()), code)


def test_what_the_authority_was_told_of_is_not_told_again_for_a_reference_that_comes_later() -> None:
    earlier = {"route": "nrm", "same_events": True, "decision": "rg_positive"}
    code = "tell_competent_authority_and_referrer"
    before, later = (owed(facts(someone(earlier_referral=one)), code)[0] for one in (earlier, earlier | {"reference": "X"}))
    assert before.rests_on == later.rests_on
    (new,) = owed(facts(someone(earlier_referral=earlier | {"new_evidence": True})), code)
    assert new.rests_on != before.rests_on
