"""What is left out of a free text before it goes to another system of the force. Pure.

One victim's record never names another victim, and no text says where anybody is now or how to reach them, wherever an
officer may have typed it (practice: address leaks, insiders; one record a victim).
"""

from collections.abc import Iterable

from lodestar.kernel.spelling import words
from lodestar.referrals.rules.naming import Identifier, occurrences
from lodestar.referrals.rules.withheld import cut


def names_of_others(own: str, others: Iterable[str]) -> tuple[Identifier, ...]:
    """What the others are called, but for what the person is called too: brothers share a name, and it stays theirs."""
    mine = {word.folded for word in words(own)}
    found = (" ".join(name[word.start : word.end] for word in words(name) if word.folded not in mine) for name in others)
    return tuple(Identifier("name", name) for name in found if name)


def place_told(text: str, identifiers: Iterable[Identifier]) -> str:
    """A place as it may go, on one line: nothing of it where it says that somebody is held, which would tell that a possible
    victim is suspected of something."""
    is_held = any(word.folded == "custody" for word in words(text))
    return "" if is_held else guarded(" ".join(text.split()), identifiers)


def guarded(text: str, identifiers: Iterable[Identifier]) -> str:
    """The text without each place where one of these stands."""
    return cut(text, occurrences(text, identifiers))
