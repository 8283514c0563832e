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
        "yarls wood", "dungavel",  # where immigration detains, by name alone [background, November 2026]
    )
)  # fmt: skip
# Where it detains too; any house may be called so, and people live in Colnbrook.
_ALSO_HELD = tuple(
    tuple(name.split())
    for name in (
        "harmondsworth", "colnbrook", "manston", "campsfield", "campsfield house", "haslar", "brook house", "tinsley house",
        "derwentside",
    )
)  # fmt: skip
_OF_DETENTION = frozenset(("immigration", "removal", "removals", "holding", "processing"))
_KINDS = frozenset(("centre", "center", "facility", "site", "camp", "unit", "room"))  # of such a place
_DISTRICT = ["derwentside"]  # alone it is the centre; with a town beside it is where people live
_NEAR = frozenset(("near", "outside", "opposite", "behind", "beside", "by", "solar", "fuel", "battery", "stem", "blood"))
_WITHIN = frozenset(("at", "in", "inside", "within"))  # what stands before these is not near what follows: held by staff at HMP
_DONE = frozenset(("held", "seen", "met", "visited", "interviewed", "arrested", "detained", "taken", "brought", "kept", "spoken"))
_MEETING = frozenset(("seen", "met", "visited", "interviewed", "spoken"))  # by a place, as by a person
_LAST_BEFORE = (["at"], ["in"], ["near"], ["on"], ["with"], ["and"])
_COUNTER = frozenset(("counter", "desk", "reception", "foyer", "enquiry", "enquiries", "lobby", "waiting"))
_IS_STREET = STREETS | MORE_STREETS | frozenset(SHORT_FOR) | frozenset((
    "service", "officer", "officers", "museum", "village", "business", "college", "leisure",
))  # fmt: skip
_AROUND = frozenset(("gate", "gates", "car", "steps", "wall", "entrance", "yard", "corner"))  # of a place, where anybody may be


def says_held(place: str) -> bool:
    """Whether a place is one where people are held. A road called after one is none, nor is what is near it, nor the counter of a
    police station, where anybody may come."""
    typed = words(place)
    read = [word.folded for word in typed]
    if "custody" in read:
        return True
    for at in range(len(read)):
        for phrase in (*_WHERE_HELD, *_ALSO_HELD):
            end = at + len(phrase)
            if tuple(read[at:end]) != phrase or (phrase in _ALSO_HELD and not _is_of_detention(read, at, end)):
                continue
            is_street = _IS_STREET.intersection(read[end : end + 1])
            is_no_place = is_street or (phrase[0] == "police" and _COUNTER.intersection(read))
            ends = read[end : end + 1] in ([], *_LAST_BEFORE) or not _AROUND.isdisjoint(read[end : end + 1])
            is_last = ends or bool(place[typed[end - 1].end : typed[end].start].strip())
            if not is_no_place and not _is_near(read[:at], is_last=is_last):
                return True
    return False


def _is_of_detention(read: Sequence[str], at: int, end: int) -> bool:
    """Whether a word beside a name says that people are detained there: Manston processing centre, immigration at Colnbrook. A
    plant that processes food and a firm for removals do not."""
    before = [word for word in read[max(0, at - 2) : at] if word not in _WITHIN][-1:]
    after, then = read[end : end + 1], read[end + 1 : end + 2]
    is_kind = not then or not _KINDS.union(_OF_DETENTION).isdisjoint(then)
    is_said = not _OF_DETENTION.isdisjoint(after) and is_kind
    at_gatwick = [one for one in range(max(0, at - 2), min(end + 2, len(read))) if read[one] == "gatwick"]
    is_there = any(_IS_STREET.isdisjoint(read[one + 1 : one + 2]) for one in at_gatwick)
    return is_said or is_there or not _OF_DETENTION.isdisjoint(before) or after == ["centre"] or read == _DISTRICT


def _is_near(before: Sequence[str], *, is_last: bool) -> bool:
    """Whether these words say that something is near what follows them. `By` does not where it says by whom, held by prison
    staff, and does where somebody is met by the place itself, the last that is said (`is_last`): seen by the prison."""
    for place in range(len(before) - 1, max(-1, len(before) - 1 - MOST_BETWEEN), -1):
        if before[place] in _WITHIN:
            return False
        if before[place] in _NEAR:
            done = _DONE.intersection(before[max(0, place - 1) : place])
            is_itself = is_last and done <= _MEETING and set(before[place + 1 :]) <= {"the", "a"}
            return before[place] != "by" or not done or is_itself
    return False
