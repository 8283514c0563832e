"""Somebody who is being recorded may have been recorded before: what whoever records them is told, which codes are quoted,
who may link, and which records are one human. Pure.

What is told has three outcomes (the force's policy on need-to-know; Data Protection Act 2018 section 62 for the log): whoever
may see the other record is shown it; whoever may not is given a code to quote to the coordinator; of a sealed case, and
where nothing is alike, nothing is told, and both look the same.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import timedelta
from typing import TypeVar

SHOWN = "shown"  # whoever records them may see the other record
RING = "ring"  # they may not: a code to quote
SEALED = "sealed"  # nothing is told; the named owners are alerted
QUIET = "quiet"  # a code that is not shown any more tonight: kept, and the coordinator is alerted
OUTCOMES = (SHOWN, RING, SEALED, QUIET)

# A night with thirty people in one house is real; a hundred codes to one officer are somebody who looks for a person.
MOST_CODES = 30
CODES_WITHIN = timedelta(hours=12)

# Read out by telephone at night: nothing that sounds or looks like another, and no vowel, so that no word comes of it.
CODE_LETTERS = "CDFHJKMNPQRTVWXY23467"
CODE_LENGTH = 4

Record = TypeVar("Record", bound=Hashable)


def outcome(*, may_see: bool, is_sealed: bool, is_elsewhere: bool, codes_lately: int) -> str:
    """What becomes of one likeness. `may_see`: whether the writer may see the other record; `is_elsewhere`: it is another
    force's, of which nobody here may see anything; `codes_lately`: how many codes the writer was given within CODES_WITHIN."""
    if may_see and not is_elsewhere:
        return SHOWN
    if is_sealed:
        return SEALED
    return RING if codes_lately < MOST_CODES else QUIET


def code_from(number: int) -> str:
    """The code of four signs that a random number gives. The same number gives the same code."""
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        signs.append(CODE_LETTERS[place])
    return "".join(signs)


def code_typed(words: str) -> str:
    """A code as somebody types what they heard: capitals, without spaces, hyphens or stops."""
    return "".join(sign for sign in words.upper() if sign.isalnum())[:8]


def may_link(*, links_people: bool, sealed: Sequence[bool], named_owner_flags: Sequence[bool]) -> bool:
    """Whether somebody may say that two records are one human. `links_people`: their role does (the coordinator's);
    `sealed`, `named`: of each of the two cases whether it is sealed and whether they are a named owner of it.

    The people of a sealed case are linked by its named owners alone, whatever their role.
    """
    if any(sealed):
        return all(is_named for is_sealed, is_named in zip(sealed, named_owner_flags, strict=True) if is_sealed)
    return links_people


def group_of(record: Record, links: Iterable[tuple[Record, Record]]) -> frozenset[Record]:
    """The records that are one human with this one by these links, itself among them: a chain of links is one group, and without
    one of them it falls apart."""
    pairs, group = list(links), {record}
    while beside := {other for pair in pairs if not group.isdisjoint(pair) for other in pair} - group:
        group |= beside
    return frozenset(group)
