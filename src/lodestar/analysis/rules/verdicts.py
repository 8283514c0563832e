"""Four answers to whether a failing happened in a case, and how several are put together. Pure.

*Cannot tell* is an answer of its own: a fact that is missing says neither yes nor no.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT = "happened", "did_not", "cannot_tell", "could_not"
VERDICTS = (HAPPENED, DID_NOT, CANNOT_TELL, COULD_NOT)
_ORDER = (HAPPENED, CANNOT_TELL, DID_NOT)  # the first of these that any part says is what the whole says


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason: what it says, the code of why, when what it rests on happened where that is known, and about which step
    of safety."""

    verdict: str
    why: str
    at: datetime | None = None
    step: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a case, and the findings that say it."""

    verdict: str
    findings: tuple[Finding, ...]

    @property
    def times(self) -> tuple[datetime, ...]:
        """When what it rests on happened, as far as that is known."""
        return tuple(sorted(one.at for one in self.findings if one.at is not None))


def together(findings: Iterable[Finding]) -> Verdict:
    """The verdict of a whole from those of its parts: it happened where any part says so, cannot be told where any part
    cannot and none says that it happened, and did not where a part says so and no other says more. Where it could have
    happened in no part, it could not in the whole."""
    found = list(findings)
    said = {one.verdict for one in found}
    verdict = next((one for one in _ORDER if one in said), COULD_NOT)
    return Verdict(verdict, tuple(dict.fromkeys(one for one in found if one.verdict == verdict)))


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases of a period by what is said of them. The four come to all cases; none is ever part of another."""

    happened: int = 0
    did_not: int = 0
    cannot_tell: int = 0
    could_not: int = 0

    @property
    def could_have(self) -> int:
        """In how many cases it could have happened."""
        return self.happened + self.did_not + self.cannot_tell

    @property
    def all(self) -> int:
        """All cases of the period."""
        return self.could_have + self.could_not

    def of(self, verdict: str) -> int:
        """How many cases have this verdict."""
        return int(getattr(self, verdict))


def counted(verdicts: Sequence[str]) -> Counts:
    """How many cases there are of each verdict."""
    return Counts(**{one: verdicts.count(one) for one in VERDICTS})
