"""How many slips lie between a word as typed and a word that somebody may have meant."""

from collections.abc import Iterable, Mapping

SHORTEST = 5  # letters of a word that may be a slip


def allowed(word: str) -> int:
    """How many slips a word of this length may hold and still be taken for another."""
    return 1 if len(word) < 7 else 2


def slips(typed: str, meant: str) -> int:
    """Letters too many, too few or wrong, and two letters in each other's place, which are one slip and the commonest."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for place, letter in enumerate(typed, 1):
        before, last, row = row, before, [place]
        for other, wanted in enumerate(meant, 1):
            fewest = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != wanted))
            is_swap = place > 1 and other > 1 and letter == meant[other - 2] and typed[place - 2] == wanted
            row.append(min(fewest, last[other - 2] + 1) if is_swap else fewest)
    return row[-1]


def likest(typed: tuple[str, str], among: Iterable[tuple[str, str]], most: int) -> Mapping[str, float]:
    """Of words, each with its term, those nearest to what was typed (the word and its own term) that it may be a slip for:
    of each term one, what stands first of them before the others, with how like each is (0 to 1)."""
    found: dict[str, tuple[int, int, str]] = {}
    for order, (word, term) in enumerate(among):
        pairs = zip(typed, (word, term), strict=True)
        apart = min((slips(one, other) for one, other in pairs if _near(one, other)), default=9)
        if apart < 9 and (term not in found or apart < found[term][0]):
            found[term] = (apart, order, word)
    nearest = min(found.values(), default=(9, 0, ""))[0]
    alike = sorted(one for one in found.values() if one[0] == nearest)
    return {word: 1 - apart / len(typed[0]) for apart, _, word in alike[:most]}


def _near(one: str, other: str) -> bool:
    most = allowed(one)
    return min(len(one), len(other)) >= SHORTEST and abs(len(one) - len(other)) <= most and slips(one, other) <= most
