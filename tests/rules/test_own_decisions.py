"""Decisions on our own referrals, which only the ledger tells: each with its clocks, none taken for another."""

from datetime import UTC, date, datetime

from lodestar.cases.rules import SHIPPED, reading
from lodestar.kernel.days import london
from lodestar.kernel.facts import Encounter
from lodestar.kernel.obligations import When
from lodestar.referrals.rules import SENT, answered_with
from tests.offenders import each
from tests.rules.meeting import YES, act, child, facts, owed, someone, with_events

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
    before, later = (
        owed(facts(someone(earlier_referral=one)), code)[0] for one in (earlier, earlier | {"reference": "X"})
    )
    assert before.rests_on == later.rests_on
    (new,) = owed(facts(someone(earlier_referral=earlier | {"new_evidence": True})), code)
    assert new.rests_on != before.rests_on
