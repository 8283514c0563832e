"""What is left out of a free text before it goes to another system of the force. Pure.

One victim's record never names another victim, and no text says where anybody is now or how to reach them, wherever an
officer may have typed it (practice: address leaks, insiders; one record a victim).
"""

from collections.abc import Collection, Iterable

from lodestar.cases.rules.reported import is_of_a_system
from lodestar.kernel.spelling import words
from lodestar.referrals.rules.held import HELD, says_held
from lodestar.referrals.rules.naming import Identifier, occurrences
from lodestar.referrals.rules.withheld import cut


def names_of_others(own: str, others: Iterable[str]) -> tuple[Identifier, ...]:
    """What the others are called, but for what the person is called too: brothers share a name, and it stays theirs."""
    mine = frozenset(word.folded for word in words(own))
    parts = ((name.strip(), frozenset(word.folded for word in words(name))) for name in others)
    return tuple(Identifier("name", name, mine & told) for name, told in parts if told - mine)


def reaching(identifiers: Iterable[Identifier]) -> list[Identifier]:
    """Those that tell where anybody is and how to reach them: what is left out of a name too, which may be another's as well."""
    return [one for one in identifiers if one.kind not in ("name", "birth")]


def place_told(text: str, identifiers: Iterable[Identifier], codes: Collection[str] = ()) -> str:
    """A place as it may go, on one line: nothing of it where it says that somebody is held, or where `codes`, the places that
    were ticked for whoever it is told of, say so: it would tell that a possible victim is suspected of something."""
    return "" if HELD.intersection(codes) or says_held(text) else guarded(" ".join(text.split()), identifiers)


def described(description: str, identifiers: Iterable[Identifier]) -> str:
    """What is said of somebody without a name, as it may go; nothing where it is the reference of another system alone."""
    return "" if is_of_a_system(description) else guarded(description.strip(), identifiers)


def guarded(text: str, identifiers: Iterable[Identifier]) -> str:
    """The text without each place where one of these stands."""
    return cut(text, occurrences(text, identifiers))
