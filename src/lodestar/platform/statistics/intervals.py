"""How sure a share is: Wilson's interval, and what none of n allows. Pure."""

from math import sqrt

Z = 1.96  # of a normal distribution, 95 in 100
FEW = 10  # under so many, the interval is said before the share


def wilson(k: int, n: int) -> tuple[float, float]:
    """The 95 % interval of Wilson (1927) for `k` of `n`, from 0 to 1; of none of none everything is possible. Raises ValueError
    unless 0 <= k <= n."""
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n}")
    if n == 0:
        return 0.0, 1.0
    share, square = k / n, Z * Z
    middle, width = share + square / (2 * n), Z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = (middle - width) / (1 + square / n), (middle + width) / (1 + square / n)
    return (0.0 if k == 0 else low), (1.0 if k == n else high)


def none_of(n: int) -> float:
    """Where none of `n` showed it: the greatest share of all that is possible, 95 times in 100. Raises ValueError for none."""
    if n < 1:
        raise ValueError(n)
    return float(1 - 0.05 ** (1 / n))


def interval_words(k: int, n: int) -> str:
    """A share with its interval, as `67% (52 to 79%)`; of few, as `7 of 9 (45 to 94%)`; of none, that there is nothing to say."""
    if n == 0:
        return "None to count"
    low, high = wilson(k, n)
    share = f"{k} of {n}" if n < FEW else f"{round(100 * k / n)}%"
    return f"{share} ({round(100 * low)} to {round(100 * high)}%)"
