"""How far two who answered the same questions agree beyond chance. Pure."""

from collections import Counter
from collections.abc import Hashable, Sequence


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa (1960) of pairs of answers: 1 is full agreement, 0 what chance gives. None where there is no pair, or both
    gave one and the same answer throughout, so that chance explains everything."""
    n = len(pairs)
    if not n:
        return None
    agreed = sum(first == second for first, second in pairs) / n
    firsts, seconds = Counter(first for first, _ in pairs), Counter(second for _, second in pairs)
    by_chance = sum(firsts[answer] * seconds[answer] for answer in firsts) / (n * n)
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)
