"""Whether a place is one where people are held: told of a possible victim, it would say that they are suspected. Pure."""

from collections.abc import Sequence

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
        # Where immigration detains, by name alone [background, November 2026]; Brook House may be any house.
        "yarls wood", "brook house gatwick", "gatwick brook house", "tinsley house", "harmondsworth", "colnbrook", "manston",
        "dungavel", "derwentside", "campsfield", "haslar",
    )
)  # fmt: skip
_NEAR = frozenset(("near", "outside", "opposite", "behind", "beside", "by", "solar", "fuel", "battery", "stem", "blood"))
_WITHIN = frozenset(("at", "in", "inside", "within"))  # what stands before these is not near what follows: held by staff at HMP
_DONE = frozenset(("held", "seen", "met", "visited", "interviewed", "arrested", "detained", "taken", "brought", "kept", "spoken"))
_COUNTER = frozenset(("counter", "desk", "reception", "foyer", "enquiry", "enquiries", "lobby", "waiting"))
_IS_STREET = STREETS | MORE_STREETS | frozenset(SHORT_FOR) | frozenset(("service", "officer", "officers", "museum", "village"))


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
            if is_it and not _is_near(read[:at]) and not (phrase[0] == "police" and _COUNTER.intersection(read)):
                return True
    return False


def _is_near(before: Sequence[str]) -> bool:
    """Whether these words say that something is near what follows them. `By` does not where it says by whom: held by prison
    staff."""
    for place in range(len(before) - 1, max(-1, len(before) - 1 - MOST_BETWEEN), -1):
        if before[place] in _WITHIN:
            return False
        if before[place] in _NEAR:
            return before[place] != "by" or not _DONE.intersection(before[max(0, place - 1) : place])
    return False
