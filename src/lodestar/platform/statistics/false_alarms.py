"""How often a series in which nothing changes raises a signal all the same. Pure.

Shares of 3,000 simulated series by their length, the worst of several means, with two standard errors added; the test of this
module simulates them again. Beyond the longest each further stretch counts as much as the stored one.
"""

from collections.abc import Sequence

from lodestar.platform.statistics.charts import P_PRIME, PREDICTIVE, RUN, XMR, Chart, P

FEW_BOTH_WAYS = 5  # n p (1 - p), under which a share's limits miss a skewed distribution
_LENGTHS = (11, 12, 16, 20, 24, 36, 52, 80, 120)
_SHARES = {
    RUN: (0.02, 0.02, 0.03, 0.04, 0.05, 0.07, 0.09, 0.11, 0.13),
    XMR: (0.0, 0.08, 0.13, 0.17, 0.24, 0.37, 0.51, 0.71, 0.86),
    PREDICTIVE: (0.0, 0.02, 0.05, 0.08, 0.1, 0.17, 0.26, 0.39, 0.52),
    P: (0.0, 0.08, 0.13, 0.17, 0.24, 0.36, 0.5, 0.68, 0.84),
    P_PRIME: (0.0, 0.08, 0.13, 0.17, 0.2, 0.33, 0.43, 0.62, 0.76),
}
_SKEWED = (0.0, 0.35, 0.46, 0.57, 0.63, 0.79, 0.9, 0.99, 1.0)


def false_alarms(chart: Chart, denominators: Sequence[int] | None, length: int) -> float:
    """Of series as long as this without any change, the share that raises a signal: at most so many, from 0 to 1."""
    shares = _SHARES.get(chart.kind)
    if shares is None:
        return 0.0
    if chart.kind == P and denominators and chart.middle is not None:
        mean = sum(denominators) / len(denominators)
        if mean * chart.middle * (1 - chart.middle) < FEW_BOTH_WAYS:
            shares = _SKEWED
    longest = _LENGTHS[-1]
    if length > longest:
        return round(float(1 - (1 - shares[-1]) ** (length / longest)), 2)
    return next(share for most, share in zip(_LENGTHS, shares, strict=True) if length <= most)
