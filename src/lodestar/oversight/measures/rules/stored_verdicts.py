"""What is kept of a judged case: a letter for each verdict, and the times of what happened. Pure, both ways.

Failing 1 is kept in parts, since it also turns on earlier records of the force, which come in for many cases at once: a
letter for each possible victim says all of them that is of the case itself (`missed_signs` reads nothing else).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lodestar.oversight.measures.rules.facts import (
    CANNOT_TELL,
    COULD_NOT,
    DID_NOT,
    HAPPENED,
    CaseFacts,
    LookedBack,
    VictimFacts,
    together,
)
from lodestar.oversight.measures.rules.failings import JUDGES, MISSED

Version = tuple[int, int]  # of a failing: its number, and the version of its meaning

LETTERS = {HAPPENED: "h", DID_NOT: "d", CANNOT_TELL: "c", COULD_NOT: "n"}
_SAID = {letter: verdict for verdict, letter in LETTERS.items()}
ORDER: tuple[Version, ...] = tuple(sorted(version for version in JUDGES if version[0] != MISSED))
FOUND_FIRST, SOUGHT, UNSOUGHT = "f", "k", "u"  # another body had found them; they can be looked for in records, or cannot
_NEVER = datetime.min


@dataclass(frozen=True)
class VerdictSummary:
    """What is kept of one case. `until`: when a step falls due, with which a verdict may change by time alone."""

    letters: str
    first: str
    happened: Mapping[Version, tuple[datetime, ...]]
    until: datetime | None


def summarise_verdicts(case: CaseFacts, sought: Sequence[bool], at: datetime) -> VerdictSummary:
    """What is kept of a case as its facts were at `at`. `sought`: of each possible victim, in order, whether they can be
    looked for in earlier records."""
    verdicts = {version: together(JUDGES[version](case, at)) for version in ORDER}
    due = [step.due for victim in case.victims for step in victim.steps if step.due is not None and step.due > at]
    return VerdictSummary(
        letters="".join(LETTERS[verdicts[version].verdict] for version in ORDER),
        first="".join(sorted(map(_first, case.victims, sought))),
        happened={version: said.times for version, said in verdicts.items() if said.verdict == HAPPENED and said.times},
        until=min(due, default=None),
    )


def _first(victim: VictimFacts, sought: bool) -> str:
    return FOUND_FIRST if victim.found_first else SOUGHT if sought else UNSOUGHT


def verdict_of(letters: str, version: Version) -> str:
    """The verdict of a failing, other than the first, in what is kept."""
    return _SAID[letters[ORDER.index(version)]]


@lru_cache(maxsize=4096)
def first_verdict(version: int, first: str, *, all_held: bool, stood: bool, untold: bool) -> str:
    """The verdict of failing 1. `all_held`: records of every kind are held for the year before; `stood`: of one of the possible
    victims signs stood in them that nobody had considered; `untold`: of one of them it cannot be told for another reason."""
    victims = [
        VictimFacts(found_first=letter == FOUND_FIRST, looked_back=LookedBack(all_held and letter == SOUGHT)) for letter in first
    ]
    if stood:
        victims.append(VictimFacts(looked_back=LookedBack(all_held, _NEVER)))
    if untold:
        victims.append(VictimFacts(looked_back=LookedBack(is_whole=False)))
    return together(JUDGES[MISSED, version](CaseFacts(tuple(victims)), _NEVER)).verdict
