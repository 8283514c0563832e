"""What is kept of a judged case: a letter for each verdict, and the times of what happened. Pure, both ways.

Failing 1 is kept in parts, since it also turns on earlier records of the force, which come in for many cases at once: a
letter for each possible victim, in their order, says all of them that is of the case itself.
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
    NO_SIGNS,
    NOT_FOLLOWED_UP,
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
# They were missed by what the case says; a colleague looked back and they were not; they can be looked for, or cannot.
MISSED_BEFORE, NOT_MISSED, SOUGHT, UNSOUGHT = "f", "d", "k", "u"
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
    steps = [step.due for victim in case.victims for step in victim.steps]
    steps += [step.due for step in case.investigation] + [asked.due for asked in case.follow_ups]
    due = [due for due in steps if due is not None and due > at]
    return VerdictSummary(
        letters="".join(LETTERS[verdicts[version].verdict] for version in ORDER),
        first="".join(map(_first, case.victims, sought)),
        happened={version: said.times for version, said in verdicts.items() if said.verdict == HAPPENED and said.times},
        until=min(due, default=None),
    )


def _first(victim: VictimFacts, sought: bool) -> str:
    if victim.found_first or victim.look_back == NOT_FOLLOWED_UP:
        return MISSED_BEFORE
    return NOT_MISSED if victim.look_back else SOUGHT if sought else UNSOUGHT


def verdict_of(letters: str, version: Version) -> str:
    """The verdict of a failing, other than the first, in what is kept."""
    return _SAID[letters[ORDER.index(version)]]


@lru_cache(maxsize=4096)
def first_verdict(version: int, first: str, backs: tuple[LookedBack, ...]) -> str:
    """The verdict of failing 1. `backs`: what earlier records say of each possible victim, in the order of the letters."""
    victims = [
        VictimFacts(
            found_first=letter == MISSED_BEFORE, looked_back=back, look_back=NO_SIGNS if letter == NOT_MISSED else ""
        )
        for letter, back in zip(first, backs, strict=True)
    ]  # fmt: skip
    return together(JUDGES[MISSED, version](CaseFacts(tuple(victims)), _NEVER)).verdict
