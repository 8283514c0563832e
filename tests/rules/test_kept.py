"""What is kept of a judged case says what the rules said, and failing 1 is put together from its parts."""

from datetime import timedelta

from lodestar.oversight.measures.rules.facts import (
    CANNOT_TELL,
    COULD_NOT,
    DID_NOT,
    HAPPENED,
    VERDICTS,
    Answer,
    CaseFacts,
    LookedBack,
    Outcome,
    Step,
    VictimFacts,
)
from lodestar.oversight.measures.rules.failings import (
    JUDGES,
    LETTERS,
    ORDER,
    first_verdict,
    judge_case,
    summarise_verdicts,
    verdict_of,
)
from tests.factories.cases import MET
from tests.offenders import each

HOUR = timedelta(hours=1)
LATE = Step("make_safe", MET + HOUR, (Answer("done", MET + 2 * HOUR, is_told=True),))
ROWS = {number: {"version": version} for number, version in JUDGES}


def test_each_verdict_has_a_letter_of_its_own():
    assert len(set(LETTERS.values())) == len(VERDICTS) == len(LETTERS)


def test_every_version_but_those_of_the_first_failing_is_kept():
    assert {one for one in JUDGES if one[0] == 1}.isdisjoint(ORDER)
    assert set(ORDER) == {one for one in JUDGES if one[0] != 1}


@each(
    "case",
    [
        CaseFacts(),
        CaseFacts((VictimFacts(steps=(LATE,), british=True),)),
        CaseFacts((VictimFacts(suspected=True, records=("closed",)), VictimFacts(disclosed=(MET,))), (MET,)),
        CaseFacts((VictimFacts(outcomes=(Outcome("charge", MET, without=True, against=False),)),)),
    ],
)
def test_what_is_kept_says_what_was_judged(case):
    at = MET + 5 * HOUR
    whole, found = judge_case(case, at, ROWS), summarise_verdicts(case, [True] * len(case.victims), at)
    for version in ORDER:
        assert verdict_of(found.letters, version) == whole[version[0]].verdict
        times = whole[version[0]].times if whole[version[0]].verdict == HAPPENED else ()
        assert found.happened.get(version, ()) == times


def test_only_what_happened_has_times():
    done = Step("make_safe", MET + HOUR, (Answer("done", MET, is_told=True),))
    case = CaseFacts((VictimFacts(steps=(done,), disclosed=(MET,)),))  # safe in time; disclosed
    assert summarise_verdicts(case, [True], MET + 2 * HOUR).happened == {(3, 1): (MET,)}


def test_it_holds_until_the_next_step_falls_due():
    steps = tuple(Step("make_safe", due) for due in (None, MET - HOUR, MET, MET + 2 * HOUR, MET + HOUR))
    assert summarise_verdicts(CaseFacts((VictimFacts(steps=steps),)), [True], MET).until == MET + HOUR
    assert summarise_verdicts(CaseFacts((VictimFacts(steps=steps[:3]),)), [True], MET).until is None


def test_what_of_the_first_failing_is_the_cases_own():
    case = CaseFacts((VictimFacts(), VictimFacts(found_first=True), VictimFacts()))
    assert summarise_verdicts(case, [True, True, False], MET).first == "kfu"


@each(
    ("first", "all_held", "stood", "verdict"),
    [
        ("", True, False, COULD_NOT),
        ("k", True, False, DID_NOT),
        ("k", False, False, CANNOT_TELL),
        ("k", True, True, HAPPENED),
        ("k", False, True, HAPPENED),
        ("u", True, False, CANNOT_TELL),
        ("ku", True, False, CANNOT_TELL),
        ("kk", True, False, DID_NOT),
        ("f", False, False, HAPPENED),
        ("fu", True, False, HAPPENED),
        ("d", False, False, DID_NOT),
        ("d", False, True, HAPPENED),
    ],
)
def test_failing_one_is_put_together(first, all_held, stood, verdict):
    backs = tuple(LookedBack(all_held and letter == "k", MET if stood else None) for letter in first)
    assert first_verdict(1, first, backs) == verdict


def test_failing_one_reads_nothing_of_a_case_that_is_not_kept():
    """The same by its parts as by all facts, whatever else is known of the people."""
    charged = (Outcome("charge", MET, without=True, against=False),)
    other = {"steps": (LATE,), "suspected": True, "disclosed": (MET,), "british": True, "outcomes": charged}
    for found_first in (False, True):
        for sought in (False, True):
            for held in (False, True):
                bare = VictimFacts(found_first=found_first, looked_back=LookedBack(held and sought), **other)
                first = summarise_verdicts(CaseFacts((bare,)), [sought], MET).first
                whole = judge_case(CaseFacts((bare,)), MET, {1: {"version": 1}})[1].verdict
                assert first_verdict(1, first, (LookedBack(held and sought),)) == whole
