"""How sure a share is: Wilson's interval. Pure."""

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


def interval_words(k: int, n: int) -> str:
    """A share with its interval, as `67% (52 to 79%)`; of few, as `7 of 9 (45 to 94%)`; of none, that there is nothing to say."""
    if n == 0:
        return "None to count"
    return f"{k} of {n} {_range_words(k, n)}" if n < FEW else f"{round(100 * k / n)}% {_range_words(k, n)}"


def count_words(k: int, n: int, of_which: str = "") -> str:
    """Two numbers with their share, as `6 of 20, 30% (15 to 52%)`; of few without it, as `2 of 5 (12 to 77%)`. `of_which` is
    said after them."""
    share = "" if n < FEW else f", {round(100 * k / n)}%"
    return f"{k:,} of {n:,}{of_which}{share} {_range_words(k, n)}"


def _range_words(k: int, n: int) -> str:
    low, high = wilson(k, n)
    return f"({round(100 * low)} to {round(100 * high)}%)"
