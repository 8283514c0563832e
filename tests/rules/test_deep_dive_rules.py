"""Rules of a deep dive: strata, grades, blank questions, second markings, shares."""

from datetime import date

from lodestar.oversight.deep_dives.rules import questions as rules
from lodestar.oversight.deep_dives.rules.report import Reviewed, agreement, report_of, share_words

DAY = date(2026, 6, 30)
ITEMS = rules.items_of(rules.questions_on(DAY).version)
CRITICAL = [item.code for item in ITEMS if item.is_critical]
OTHERS = [item.code for item in ITEMS if not item.is_critical]


def test_the_questions_are_whole():
    assert [CRITICAL, len(ITEMS)] == [["A3", "B1", "B2", "C1", "C2", "D1", "E1", "G4"], 51]
    assert {item.section for item in ITEMS} == set(rules.SECTIONS)


def test_a_case_is_of_the_first_stratum_that_is_true_of_it():
    order = list(rules.STRATA)
    assert [rules.stratum_of(set(order[place:]), DAY) for place in range(len(order))] == order
    assert rules.stratum_of(set(), DAY) == "other"


def test_the_grade_on_its_thresholds():
    def grade(met, partly=0, not_met=0, **more):
        given = ["met"] * met + ["partly"] * partly + ["not_met"] * not_met
        return rules.grade_of(dict(zip(OTHERS, given, strict=False)) | more, ITEMS, DAY)

    assert grade(7, 2, 1)[0] == "good"
    assert grade(6, 3, 1)[0] == "requires_improvement", "Met under 70 %"
    assert grade(14, 3, 3)[0] == "requires_improvement", "Met or Partly under 90 %"
    assert grade(3, 3, 4)[0] == "requires_improvement"
    assert grade(5, 0, 5)[0] == "inadequate"
    assert grade(10, C2="not_met", B1="not_met") == ("inadequate", ("B1", "C2"))
    assert grade(10, C2="cannot_tell") == ("good", ())
    assert grade(0, C2="met") == ("requires_improvement", ()), "nothing but critical questions was judged"


def test_the_seed_chooses_a_fifth_that_comes_blank_and_a_fifth_that_is_marked_twice():
    able = [item.code for item in ITEMS if item.ledger and not item.is_critical]
    blank = rules.blank_questions(7, "FM-26-0001", ITEMS)
    assert set(CRITICAL) < blank
    assert blank == rules.blank_questions(7, "FM-26-0001", ITEMS)
    assert len(blank - set(CRITICAL)) == -(-len(able) // 5)
    assert blank - set(CRITICAL) <= set(able)
    assert len({rules.blank_questions(seed, "FM-26-0001", ITEMS) for seed in range(5)}) > 1
    cases = [f"FM-26-{number:04d}" for number in range(11)]
    assert [len(rules.marked_twice(7, cases[:number])) for number in (1, 5, 6, 11)] == [1, 1, 2, 3]
    assert rules.marked_twice(7, cases) == rules.marked_twice(7, cases[::-1])


def test_agreement_and_shares():
    # Cohen (1960) as worked in Altman, Practical Statistics for Medical Research (1991): 20, 5, 10, 15 of 50 give 0.40
    pairs = [("met", "met")] * 20 + [("met", "partly")] * 5 + [("partly", "met")] * 10 + [("partly", "partly")] * 15
    assert agreement(pairs) == {"kappa": 0.4, "same": 35, "n": 50}
    assert agreement([("met", "met")])["kappa"] is None
    assert share_words(7, 9) == "Too few to say: 7 of 9"
    assert share_words(8, 10) == "80% (49 to 94%)"


def test_the_report_counts_answers_grades_and_who_agrees():
    first = Reviewed("child", ("sexual",), "good", (), {"A1": "met", "A2": "partly"}, {"A1": "met"}, {"A1": "met", "A2": "met"},
                     frozenset({"A1"}))  # fmt: skip
    second = Reviewed("other", ("sexual", "labour"), "inadequate", ("B1",), {"A1": "not_met", "A2": "not_applicable"})
    numbers = report_of([first, second], ITEMS, in_frame=40, drawn=30, not_drawn=2)
    rows = {row["code"]: (row["met"], row["judged"]) for row in numbers["questions"]}
    assert (rows["A1"], rows["A2"], rows["A3"]) == ((1, 2), (0, 1), (0, 0))
    assert (numbers["critical"], numbers["not_drawn"], numbers["all"]["failed"]) == ({"B1": 1}, 2, 1)
    assert [numbers[who]["n"] for who in ("reviewers", "machine_blank", "machine_filled")] == [1, 1, 1]
    assert {code: group["cases"] for code, group in numbers["kinds"].items()} == {"sexual": 2, "labour": 1}
