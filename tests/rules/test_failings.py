"""The six failings, judged: each by a table, and what holds of all of them whatever is recorded."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lodestar.oversight.measures.rules import failings
from lodestar.oversight.measures.rules.facts import (
    CANNOT_TELL,
    COULD_NOT,
    DID_NOT,
    HAPPENED,
    VERDICTS,
    Answer,
    CaseFacts,
    Counts,
    Finding,
    FollowUp,
    LookedBack,
    Offence,
    Outcome,
    Period,
    Step,
    VictimFacts,
    last_quarter,
    last_twelve_months,
    quarter_of,
    together,
)
from lodestar.platform.text.reference_lists import reference_list
from tests.factories.cases import MET
from tests.offenders import each

HOUR = timedelta(hours=1)
DUE, AT = MET + HOUR, MET + 100 * HOUR
DEFINED = failings.definitions(date(2026, 3, 31))


def said(number, *victims, at=AT, **case):
    return failings.judge_case(CaseFacts(tuple(victims), **case), at, DEFINED)[number]


def step(*answers, due=DUE, code="safe_place"):
    return VictimFacts(steps=(Step(code, due, answers),))


def answer(kind="done", minutes=0, told=True, until=None):
    """Given so many minutes after the step was due; `until` is when its giver gave another, likewise."""
    gone = None if until is None else DUE + timedelta(minutes=until)
    return Answer(kind, DUE + timedelta(minutes=minutes), told, gone)


@each(
    ("answers", "verdict", "why"),
    [
        ((), CANNOT_TELL, "not_due_yet"),
        ((answer("not_possible", -30),), CANNOT_TELL, "not_due_yet"),
        ((answer(minutes=-30),), DID_NOT, "done_in_time"),
        ((answer("not_needed", -30),), DID_NOT, "not_needed"),
    ],
)
@each("due", [DUE, None])
def test_what_is_not_due_yet_has_not_happened(answers, verdict, why, due):
    found = said(2, step(*answers, due=due), at=DUE - timedelta(minutes=1))
    if due is None and verdict == DID_NOT and why == "done_in_time":
        verdict, why = CANNOT_TELL, "not_due_yet"  # of what has no hour nobody can say that it was in time
    assert (found.verdict, found.findings[0].why) == (verdict, why)


def test_what_is_due_this_instant_is_due():
    found = said(2, step(), at=DUE)
    assert (found.verdict, found.findings[0].why) == (CANNOT_TELL, "no_answer")
    assert said(2, step(answer("not_possible", -30)), at=DUE).verdict == HAPPENED


def test_one_step_late_is_enough_and_is_named():
    late = Step("make_safe", DUE, (answer(minutes=20),))
    done = Step("safe_place", DUE, (answer(minutes=-20),))
    silent = Step("medical_and_basic_care_first", DUE, ())
    found = said(2, VictimFacts(steps=(done, silent, late)))
    assert found.verdict == HAPPENED
    assert [(one.step, one.at) for one in found.findings] == [("make_safe", DUE + timedelta(minutes=20))]
    assert said(2, VictimFacts(steps=(done, silent))).verdict == CANNOT_TELL
    assert said(2, VictimFacts(steps=(done,))).verdict == DID_NOT


ENTRY = Offence("Immigration Act 1971", "24(1)(a)", "illegal entry", "arrest")


@each(
    ("victim", "verdict", "why"),
    [
        (VictimFacts(), CANNOT_TELL, "nationality_not_known"),
        (VictimFacts(british=False), CANNOT_TELL, "disclosures_not_recorded"),
        (VictimFacts(british=False, none_disclosed_at=MET), DID_NOT, "nothing_disclosed"),
        (VictimFacts(none_disclosed_at=MET, disclosed=(MET,)), HAPPENED, "disclosed"),
        (VictimFacts(british=True), COULD_NOT, ""),
        (VictimFacts(british=False, offences=(ENTRY,)), HAPPENED, "immigration_offence"),
        (VictimFacts(british=True, offences=(ENTRY,)), HAPPENED, "immigration_offence"),
        (VictimFacts(british=False, offences=(replace(ENTRY, stage="stop"),)), CANNOT_TELL, "disclosures_not_recorded"),
        (VictimFacts(british=True, disclosed=(MET,)), HAPPENED, "disclosed"),
        (VictimFacts(disclosed=(MET,)), HAPPENED, "disclosed"),
    ],
)
def test_treated_as_an_immigration_offender(victim, verdict, why):
    found = said(3, victim)
    assert found.verdict == verdict
    assert [one.why for one in found.findings] == ([why] if why else ["british"])


@each(
    ("act", "section", "title", "expected"),
    [
        ("Immigration Act 1971", "24", "", True),
        ("immigration  act 1971", "s 24B", "", True),
        ("Immigration Act 1971", "section 26(1)", "", True),
        ("Immigration Act 1971", "25", "assisting unlawful immigration", False),
        ("Immigration Act 1971", "25A", "helping an asylum-seeker to enter", False),
        ("Immigration Act 1971", "", "overstaying", True),
        ("Immigration Act 1971", "", "", False),
        ("", "", "Illegal entrant", True),
        ("", "", "entering the UK without leave", True),
        ("Asylum and Immigration (Treatment of Claimants, etc.) Act 2004", "2", "", True),
        ("Asylum and Immigration (Treatment of Claimants, etc.) Act 2004", "4", "trafficking people", False),
        ("Immigration Act 2016", "34", "", True),
        ("Identity Documents Act 2010", "4", "false documents", False),
        ("Misuse of Drugs Act 1971", "24", "", False),
        ("Theft Act 1968", "1", "theft", False),
    ],
)
def test_which_acts_are_immigration_offences(act, section, title, expected):
    assert failings.is_immigration(act, section, title) is expected


def test_whoever_was_arrested_or_more_was_treated_as_an_offender_and_not_whoever_was_only_asked():
    only_asked = ("", "stop", "voluntary_interview", "no_further_action")
    dealt_with = ("arrest", "interview", "bail_or_remand", "charged", "convicted", "out_of_court_disposal")
    treated = [stage for stage in (*only_asked, *dealt_with) if failings.treated_for(replace(ENTRY, stage=stage))]
    assert treated == list(dealt_with)


def outcome(kind="charge", without=False, against=False):
    return Outcome(kind, MET, without, against)


SUSPECT = VictimFacts(suspected=True)
LOOKED = VictimFacts(look_back="followed_up")
CLOSED = replace(SUSPECT, records=("closed",))


@each(
    ("number", "victim", "verdict", "why"),
    [
        (2, step(), CANNOT_TELL, "no_answer"),
        (2, step(answer(minutes=-1)), DID_NOT, "done_in_time"),
        (2, step(answer(minutes=0)), DID_NOT, "done_in_time"),
        (2, step(answer(minutes=-1, told=False)), DID_NOT, "done_in_time"),
        (2, step(answer(minutes=1)), HAPPENED, "done_late"),
        (2, step(answer(minutes=1, told=False)), CANNOT_TELL, "time_not_told"),
        (2, step(answer("not_possible", -10)), HAPPENED, "not_possible"),
        (2, step(answer("not_possible", 10)), HAPPENED, "not_possible"),
        (2, step(answer("not_possible", -10, until=-5), answer(minutes=-5)), DID_NOT, "done_in_time"),
        (2, step(answer("not_possible", -10, until=5), answer(minutes=5, told=False)), HAPPENED, "not_possible"),
        (2, step(answer("not_possible", -10, until=5), answer("not_needed", 5)), HAPPENED, "not_possible"),
        (2, step(answer("not_possible", -10, until=-5), answer("not_needed", -5)), DID_NOT, "not_needed"),
        (2, step(answer("not_possible", -10, until=0), answer("not_needed", 0)), DID_NOT, "not_needed"),
        (2, step(answer("not_needed", 300)), DID_NOT, "not_needed"),
        (2, step(answer("not_needed", 1, until=9), answer("not_possible", 9)), HAPPENED, "not_possible"),
        (2, step(answer(minutes=-1, until=30), answer(minutes=30)), HAPPENED, "done_late"),  # the time was put right
        (2, step(answer(minutes=30, until=40), answer(minutes=-1)), DID_NOT, "done_in_time"),
        (1, VictimFacts(), CANNOT_TELL, "no_earlier_records"),
        (1, VictimFacts(looked_back=LookedBack(False)), CANNOT_TELL, "no_earlier_records"),
        (1, VictimFacts(looked_back=LookedBack(True)), DID_NOT, "no_signs_before"),
        (1, VictimFacts(looked_back=LookedBack(True, was_considered=True)), DID_NOT, "signs_considered"),
        (1, VictimFacts(looked_back=LookedBack(False, was_considered=True)), CANNOT_TELL, "no_earlier_records"),
        (1, VictimFacts(looked_back=LookedBack(True, MET, was_considered=True)), HAPPENED, "signs_before"),
        (1, VictimFacts(looked_back=LookedBack(True, MET)), HAPPENED, "signs_before"),
        (1, VictimFacts(looked_back=LookedBack(True, has_undated=True)), CANNOT_TELL, "sign_without_day"),
        (1, VictimFacts(looked_back=LookedBack(True, None, True, has_undated=True)), CANNOT_TELL, "sign_without_day"),
        (1, VictimFacts(looked_back=LookedBack(True, MET, has_undated=True)), HAPPENED, "signs_before"),
        (1, VictimFacts(looked_back=LookedBack(False, MET)), HAPPENED, "signs_before"),
        (1, VictimFacts(look_back="no_signs"), DID_NOT, "look_back_no_signs"),
        (1, replace(LOOKED, looked_back=LookedBack(True, has_undated=True)), DID_NOT, "look_back_followed_up"),
        (1, VictimFacts(look_back="no_signs", looked_back=LookedBack(False, MET)), HAPPENED, "signs_before"),
        (1, VictimFacts(look_back="not_followed_up", looked_back=LookedBack(True)), HAPPENED, "look_back_not_followed_up"),
        (1, VictimFacts(found_first=True, look_back="no_signs"), HAPPENED, "another_body_first"),
        (1, VictimFacts(found_first=True, found_first_at=MET), HAPPENED, "another_body_first"),
        (1, VictimFacts(found_first=True, looked_back=LookedBack(True)), HAPPENED, "another_body_first"),
        (4, VictimFacts(), CANNOT_TELL, "offences_not_confirmed"),
        (4, VictimFacts(suspected=False), COULD_NOT, "no_offence"),
        (4, SUSPECT, CANNOT_TELL, "treatment_not_recorded"),
        (4, replace(SUSPECT, records=("open",)), CANNOT_TELL, "record_open"),
        (4, replace(SUSPECT, records=("closed", "open")), CANNOT_TELL, "record_open"),
        (4, replace(CLOSED, waits=True), CANNOT_TELL, "treatment_not_recorded"),
        (4, CLOSED, DID_NOT, "records_countersigned"),
        (4, replace(CLOSED, outcomes=(outcome(),)), DID_NOT, "records_countersigned"),
        (4, replace(CLOSED, outcomes=(outcome(without=True),)), HAPPENED, "outcome_without_record"),
        (4, VictimFacts(outcomes=(outcome("no_further_action", without=True),)), HAPPENED, "outcome_without_record"),
        (4, replace(CLOSED, outcomes=(outcome(against=True),)), HAPPENED, "outcome_against_record"),
        (4, replace(CLOSED, outcomes=(outcome("caution", against=True),)), HAPPENED, "outcome_against_record"),
        (4, replace(CLOSED, outcomes=(outcome("hearing", against=True),)), DID_NOT, "records_countersigned"),
    ],
)
def test_a_failing_of_one_victim(number, victim, verdict, why):
    found = said(number, victim)
    assert (found.verdict, found.findings[0].why) == (verdict, why)


CRIME, OWNER = (Step(code, DUE, (answer(),)) for code in ("record_crime", "allocate_pip2_owner"))
REVIEWED, MISSING, COMING = (
    FollowUp("supervise_investigation", DUE + HOUR * hours, done) for hours, done in ((0, True), (99, False), (100, False))
)


@each(
    ("facts", "verdict", "why"),
    [
        ({}, CANNOT_TELL, "no_answer"),
        ({"below_pip2": (MET,)}, HAPPENED, "below_pip2"),
        ({"investigation": (CRIME, OWNER)}, DID_NOT, "done_in_time"),
        ({"investigation": (CRIME, OWNER), "below_pip2": (MET,)}, HAPPENED, "below_pip2"),
        ({"investigation": (CRIME, replace(OWNER, answers=(answer(minutes=1),)))}, HAPPENED, "done_late"),
        ({"investigation": (replace(CRIME, answers=(answer(minutes=1, told=False),)), OWNER)}, CANNOT_TELL, "time_not_told"),
        ({"investigation": (replace(CRIME, answers=(answer("not_needed", 300),)), OWNER)}, DID_NOT, "not_needed"),
        ({"investigation": (CRIME, replace(OWNER, due=None))}, DID_NOT, "done_in_time"),  # before any crime was recorded
        ({"investigation": (CRIME, replace(OWNER, due=None, answers=()))}, CANNOT_TELL, "not_due_yet"),
        ({"investigation": (CRIME, OWNER), "follow_ups": (REVIEWED, COMING)}, DID_NOT, "done_in_time"),
        ({"investigation": (CRIME, OWNER), "follow_ups": (REVIEWED, MISSING)}, CANNOT_TELL, "no_answer"),
        ({"investigation": (CRIME, OWNER), "follow_ups": (MISSING, *[REVIEWED] * 3)}, DID_NOT, "done_in_time"),  # a fourth
        ({"investigation": (CRIME, OWNER), "follow_ups": (replace(MISSING, code=OWNER.code),)}, CANNOT_TELL, "no_answer"),
        ({"follow_ups": (REVIEWED,)}, CANNOT_TELL, "no_answer"),
    ],
)
def test_an_investigation_is_judged_by_its_crime_owner_and_reviews(facts, verdict, why):
    found = said(5, VictimFacts(), **facts)
    assert (found.verdict, found.findings[0].why) == (verdict, why)
    assert said(5, **facts).verdict == (HAPPENED if "below_pip2" in facts else COULD_NOT)


@each(
    ("verdicts", "whole"),
    [
        ((), COULD_NOT),
        ((COULD_NOT, DID_NOT), DID_NOT),
        ((DID_NOT, CANNOT_TELL), CANNOT_TELL),
        ((CANNOT_TELL, HAPPENED, DID_NOT), HAPPENED),
    ],
)
def test_a_case_is_what_is_worst_of_what_is_known(verdicts, whole):
    found = together([Finding(one, one) for one in verdicts])
    assert found.verdict == whole
    assert {one.verdict for one in found.findings} <= {whole}


def test_counts_are_apart_and_come_to_all():
    counts = Counts(**Counter([HAPPENED, HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT]))
    assert counts == Counts(2, 1, 1, 1)
    assert (counts.could_have, counts.all) == (4, 5)
    assert [counts.of(one) for one in VERDICTS] == [2, 1, 1, 1]


def test_every_failing_is_defined_in_words_with_what_would_tell_and_a_function():
    for row in reference_list("measures", "failings").rows:
        assert failings.JUDGES[row["number"], row["version"]].__name__ == row["function"]
        assert row["would_tell"]
        assert row["authority"]
    assert tuple(failings.definitions(date(2015, 1, 1))) == failings.NUMBERS


@each(
    ("today", "last", "this", "year"),
    [
        (date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 3, 31)), date(2025, 1, 1)),
        (date(2026, 6, 30), (date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30)), date(2025, 6, 1)),
    ],
)
def test_periods_of_the_calendar(today, last, this, year):
    assert last_quarter(today) == Period(*last)
    assert quarter_of(today) == Period(*this)
    assert last_twelve_months(today).first == year


def test_a_day_of_the_period_is_a_day_in_london():
    period = Period(date(2026, 6, 1), date(2026, 6, 30))
    assert period.holds(datetime.fromisoformat("2026-05-31T23:00:00+00:00"))
    assert not period.holds(datetime.fromisoformat("2026-06-30T23:00:00+00:00"))


# --- whatever is recorded ------------------------------------------------------------------------------------------------

PATIENT = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a slow machine takes its time
minutes = st.integers(-90, 90)
answers = st.builds(answer, st.sampled_from(["done", "not_needed", "not_possible"]), minutes, st.booleans(), st.none() | minutes)
steps = st.builds(Step, st.sampled_from(failings.SAFETY), st.just(DUE) | st.none(), st.lists(answers, max_size=3).map(tuple))
offences = st.sampled_from([ENTRY, replace(ENTRY, stage="stop"), Offence("Theft Act 1968", "1", "theft", "charged")])
outcomes = st.builds(outcome, st.sampled_from(["charge", "hearing", "no_further_action"]), st.booleans(), st.booleans())
backs = st.none() | st.builds(LookedBack, st.booleans(), st.none() | st.just(MET))
maybe = st.none() | st.booleans()
victims = st.builds(
    VictimFacts,
    steps=st.lists(steps, max_size=3).map(tuple), suspected=maybe,
    records=st.lists(st.sampled_from(["open", "closed"]), max_size=2).map(tuple), waits=st.booleans(),
    outcomes=st.lists(outcomes, max_size=2).map(tuple), british=maybe, disclosed=st.sampled_from([(), (MET,)]),
    offences=st.lists(offences, max_size=2).map(tuple), found_first=st.booleans(), looked_back=backs,
)  # fmt: skip
cases = st.builds(CaseFacts, st.lists(victims, max_size=2).map(tuple), st.lists(st.just(MET), max_size=1).map(tuple))


@PATIENT
@given(st.lists(cases, max_size=4))
def test_the_four_come_to_all_cases_for_every_failing(found):
    verdicts = [failings.judge_case(one, AT, DEFINED) for one in found]
    for number in failings.NUMBERS:
        counts = Counts(**Counter(one[number].verdict for one in verdicts))
        assert counts.happened + counts.did_not + counts.cannot_tell + counts.could_not == len(found)


@PATIENT
@given(cases)
def test_three_and_six_do_not_read_did_not_yet(case):
    found = failings.judge_case(case, AT, DEFINED)
    assert DID_NOT not in {found[3].verdict, found[6].verdict}
    assert found[6].verdict in {CANNOT_TELL, COULD_NOT}


def without_each_fact(case):
    """The case with one fact missing, each in turn."""
    for place, victim in enumerate(case.victims):
        fewer = [
            replace(victim, suspected=None),
            replace(victim, looked_back=None),
            replace(victim, british=None),
            replace(victim, records=(), outcomes=()),
            *(replace(victim, steps=tuple(replace(one, answers=()) if one is each else one for one in victim.steps))
              for each in victim.steps),
        ]  # fmt: skip
        for one in fewer:
            yield replace(case, victims=(*case.victims[:place], one, *case.victims[place + 1 :]))


@PATIENT
@given(cases)
def test_a_missing_fact_never_gives_did_not(case):
    """What is left says *did not* only where the whole did, or where what is missing had said that it happened or could not
    have been told; never of the very fact that is missing."""
    for fewer in without_each_fact(case):
        now = failings.judge_case(fewer, AT, DEFINED)
        for victim in fewer.victims:
            alone = failings.judge_case(CaseFacts((victim,)), AT, DEFINED)
            if victim.looked_back is None:
                assert alone[1].verdict != DID_NOT
            if any(not one.answers for one in victim.steps):
                assert alone[2].verdict != DID_NOT
            if victim.suspected is None or not victim.records:
                assert alone[4].verdict != DID_NOT
        assert now[5].verdict != DID_NOT


@PATIENT
@given(victims, st.data())
def test_a_further_fact_never_turns_happened_into_did_not(victim, data):
    """Further answers, outcomes, records and acts; but for an answer about the same step that says it was done in time, which
    puts the earlier one right."""
    before = failings.judge_case(CaseFacts((victim,)), AT, DEFINED)
    more = data.draw(answers.filter(lambda one: one.until is None))
    added = tuple(replace(one, answers=(*one.answers, more)) for one in victim.steps)
    grown = replace(
        victim,
        steps=added,
        outcomes=(*victim.outcomes, data.draw(outcomes)),
        records=(*victim.records, "closed"),
        offences=(*victim.offences, ENTRY),
        looked_back=victim.looked_back and replace(victim.looked_back, is_whole=True),
    )
    after = failings.judge_case(CaseFacts((grown,)), AT, DEFINED)
    is_correction = more.kind == "done" and more.at <= DUE
    for number in failings.NUMBERS:
        if before[number].verdict == HAPPENED and not (number == 2 and is_correction):
            assert after[number].verdict == HAPPENED, number


def test_whoever_was_dealt_with_against_the_record_is_not_judged_by_it_too():
    for dealt in (outcome(without=True), outcome("charge", against=True)):
        case = CaseFacts((VictimFacts(suspected=True, records=("closed",), outcomes=(dealt,)),))
        assert [one.verdict for one in failings.JUDGES[4, 1](case, AT)] == [HAPPENED]


def test_earlier_records_are_told_of_each_of_those_who_are_there():
    case = CaseFacts((VictimFacts(), VictimFacts()))
    told = case.with_records([LookedBack(True), LookedBack(False)])
    assert [one.looked_back.is_whole for one in told.victims] == [True, False]
    with pytest.raises(ValueError, match="shorter"):
        case.with_records([LookedBack(True)])
