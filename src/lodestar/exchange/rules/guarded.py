"""What is left out of a free text before it goes to another system of the force. Pure.

One victim's record never names another victim, and no text says where anybody is now or how to reach them, wherever an
officer may have typed it (practice: address leaks, insiders; one record a victim).
"""

from collections.abc import Collection, Iterable

from lodestar.cases.rules.matching.reach import SHORT_FOR, STREETS
from lodestar.cases.rules.reported import is_of_a_system
from lodestar.kernel.spelling import words
from lodestar.referrals.rules.houses import MORE_STREETS
from lodestar.referrals.rules.naming import Identifier, occurrences
from lodestar.referrals.rules.withheld import cut

HELD = frozenset(("custody", "prison", "immigration_detention"))  # where somebody is who is suspected of something

MOST_BETWEEN = 3  # words from what says that it is near to what it is near: outside the old prison
_WHERE_HELD = tuple(
    tuple(phrase.split())
    for phrase in (
        "prison", "prisons", "hmp", "h m p", "hmpyoi", "yoi", "y o i", "hmyoi", "jail", "gaol", "irc", "i r c", "strhf",
        "detention", "detained", "removal centre", "holding facility", "holding room", "holding centre", "young offender",
        "young offenders", "secure training", "secure childrens", "secure unit", "remand", "remanded", "police station",
        "police stn", "police cell", "police cells", "police office", "police hq", "cells", "cell block", "holding cell",
        "court cell", *(f"cell {number}" for number in range(1, 31)),
    )
)  # fmt: skip
_NEAR = frozenset(("near", "outside", "opposite", "behind", "beside", "by", "solar", "fuel", "battery", "stem", "blood"))
_COUNTER = frozenset(("counter", "desk", "reception", "foyer", "enquiry", "enquiries", "lobby", "waiting"))
_IS_STREET = STREETS | MORE_STREETS | frozenset(SHORT_FOR) | frozenset(("service", "officer", "officers", "museum"))


def names_of_others(own: str, others: Iterable[str]) -> tuple[Identifier, ...]:
    """What the others are called, but for what the person is called too: brothers share a name, and it stays theirs."""
    mine = {word.folded for word in words(own)}
    found = (" ".join(name[word.start : word.end] for word in words(name) if word.folded not in mine) for name in others)
    return tuple(Identifier("name", name) for name in found if name)


def reaching(identifiers: Iterable[Identifier]) -> list[Identifier]:
    """Those that tell where anybody is and how to reach them: what is left out of a name too, which may be another's as well."""
    return [one for one in identifiers if one.kind not in ("name", "birth")]


def place_told(text: str, identifiers: Iterable[Identifier], codes: Collection[str] = ()) -> str:
    """A place as it may go, on one line: nothing of it where it says that somebody is held, or where `codes`, the places that
    were ticked for whoever it is told of, say so: it would tell that a possible victim is suspected of something."""
    return "" if HELD.intersection(codes) or says_held(text) else guarded(" ".join(text.split()), identifiers)


def says_held(place: str) -> bool:
    """Whether a place is one where people are held. A road called after one is none, nor is what is near it, nor the counter of a
    police station, where anybody may come."""
    read = [word.folded for word in words(place)]
    if "custody" in read:
        return True
    for at in range(len(read)):
        for phrase in _WHERE_HELD:
            end = at + len(phrase)
            is_it = tuple(read[at:end]) == phrase and not _IS_STREET.intersection(read[end : end + 1])
            before = read[max(0, at - MOST_BETWEEN) : at]
            if is_it and not _NEAR.intersection(before) and not (phrase[0] == "police" and _COUNTER.intersection(read)):
                return True
    return False


def described(description: str, identifiers: Iterable[Identifier]) -> str:
    """What is said of somebody without a name, as it may go; nothing where it is the reference of another system alone."""
    return "" if is_of_a_system(description) else guarded(description.strip(), identifiers)


def guarded(text: str, identifiers: Iterable[Identifier]) -> str:
    """The text without each place where one of these stands."""
    return cut(text, occurrences(text, identifiers))
