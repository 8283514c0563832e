"""Intervals, agreement, charts and their limits, against values of other programs (docs/sources.md, *Statistics*)."""

from random import Random

import pytest

from lodestar.platform.statistics.agreement import cohens_kappa
from lodestar.platform.statistics.charts import chart_of
from lodestar.platform.statistics.false_alarms import false_alarms
from lodestar.platform.statistics.intervals import count_words, interval_words, wilson
from tests.offenders import each

# statsmodels 0.15, proportion_confint(method="wilson")
WILSON = {
    (2, 5): (0.117621, 0.769276), (15, 30): (0.331541, 0.668459), (0, 12): (0, 0.242494), (7, 9): (0.452589, 0.936775),
    (120, 1000): (0.101299, 0.141609), (5, 5): (0.565518, 1),
}  # fmt: skip


@each("case", WILSON)
def test_an_interval_is_wilsons(case):
    assert wilson(*case) == pytest.approx(WILSON[case], abs=2e-5)


def test_an_interval_in_words():
    assert interval_words(7, 9) == "7 of 9 (45 to 94%)"
    assert interval_words(20, 30) == "67% (49 to 81%)"
    assert (count_words(2, 5), count_words(6, 20)) == ("2 of 5 (12 to 77%)", "6 of 20, 30% (15 to 52%)")
    with pytest.raises(ValueError, match="3 of 2"):
        wilson(3, 2)


def test_agreement_is_cohens_kappa():
    # scikit-learn 1.9, cohen_kappa_score
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)
    assert cohens_kappa([("met", "met"), ("met", "partly"), ("not", "not")]) == pytest.approx(0.5)
    assert cohens_kappa([]) is None
    assert cohens_kappa([("met", "met")] * 4) is None


STEADY = [15, 19, 13, 18, 11, 11, 6, 14, 12, 13, 15, 17]
CHARTS = {  # counts, denominators, the chart, limits of the last period, signals
    "five points": ([3, 4, 5, 6, 7], None, "table", None, []),
    "six points": ([3, 4, 5, 6, 7, 8], None, "run", None, []),
    "eleven that shift": ([1, 1, 2, 1, 2, 3, 9, 8, 9, 8, 9], None, "run", None, [("crossings", 10)]),
    "steady": (STEADY, None, "xmr", (3.510303, 23.82303), []),
    "one far off": ([*STEADY, 60], None, "xmr", None, [("seven_side", 10), ("outside", 12)]),
    "seven rise": ([20, 12, 13, 14, 15, 16, 17, 18, 12, 20, 13, 19], None, "xmr", None, [("seven_trend", 7)]),
    "few and steady": ([3, 2, 4, 1, 3, 2, 5, 3, 2, 4, 1, 3], None, "predictive", (0, 8), []),
    "few and a leap": ([3, 2, 4, 1, 3, 2, 5, 3, 2, 4, 1, 9], None, "predictive", (0, 8), [("high", 11)]),
    "few and too spread": ([0, 9, 0, 8, 0, 0, 9, 1, 0, 8, 0, 9], None, "run", None, []),
    "rare": ([0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 0, 1], None, "days_between", None, []),
    "shares": ([6, 5, 7, 6, 5, 6, 7, 6, 5, 6, 7, 6], [20] * 12, "p", (0, 0.607409), []),
    "shares of few": ([3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2], [9] * 12, "k_of_n", None, []),
    "shares of many": ([500, 520] * 6, [1000] * 12, "p_prime", None, []),
    "seven shares": ([3, 2, 3, 2, 3, 2, 3], [9] * 7, "run", None, []),
}


@each("name", CHARTS)
def test_a_series_gets_the_chart_it_allows(name):
    counts, of, kind, limits, signals = CHARTS[name]
    chart = chart_of(counts, of)
    assert chart.kind == kind
    assert [(signal.rule, signal.at) for signal in chart.signals if signal.rule != "two_of_three"] == signals
    if limits:
        assert chart.limits == pytest.approx(limits, abs=1e-5)


def test_counts_that_cannot_be_are_refused():
    for counts, of in (([-1] * 6, None), ([2] * 6, [1] * 6), ([1], [1, 2])):
        with pytest.raises(ValueError, match="below 0, or above"):
            chart_of(counts, of)


SIMULATED = {  # a period's value of a series without change
    "xmr": lambda die: (sum(die.random() < 0.1 for _ in range(100)), None),
    "predictive": lambda die: (sum(die.random() < 0.03 for _ in range(100)), None),
    "p": lambda die: (sum(die.random() < 0.5 for _ in range(40)), 40),
}


@each("kind", SIMULATED)
def test_a_series_without_change_alarms_no_more_often_than_is_said(kind):
    die, alarms, allowed = Random(28), 0, 0.0
    for _ in range(1_000):
        points = [SIMULATED[kind](die) for _ in range(20)]
        counts, of = [count for count, _ in points], [n for _, n in points if n] or None
        chart = chart_of(counts, of)
        alarms += bool(chart.signals)
        allowed += false_alarms(chart, of, len(counts))
    assert 0 < alarms <= allowed
