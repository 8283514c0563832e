"""Whether a place is one where people are held: told of a possible victim, it would say that they are suspected. Pure."""

from lodestar.cases.rules.matching.reach import SHORT_FOR, STREETS
from lodestar.kernel.spelling import words
from lodestar.referrals.rules.houses import MORE_STREETS

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
