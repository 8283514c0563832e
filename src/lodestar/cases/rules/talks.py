"""What stands of several talks with one person: each rung of the ladder by its own latest answer. Pure.

A change of mind is a talk of its own, and nothing said before is written over. A later talk about what may wait leaves the
answer about referral as it was. Statutory guidance (2020) 5.29-5.31.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

UNDERSTOOD = frozenset({"independent", "not_needed"})  # interpreters through whom an answer counts without a doubt
ENDS_OFFERS = frozenset({"unsafe", "unwanted"})


@dataclass(frozen=True)
class Talk:
    """One talk. None is not asked; `leaves_referral`: it was about the rest alone."""

    asked_at: datetime
    nrm: bool | None = None
    leaves_referral: bool = False
    spoke_alone: bool | None = None
    interpreter: str = ""
    support: bool | None = None
    police: bool | None = None
    named: bool | None = None
    contact: str = ""

    @property
    def counts(self) -> bool:
        """Whether they were alone, and understood without anyone who may control them."""
        return self.spoke_alone is True and self.interpreter in UNDERSTOOD


@dataclass(frozen=True)
class Ladder:
    """What stands. `answer` is the talk whose answer about referral counts; `refused_at` the first no of those in a row
    that stand last, None while they do not refuse. None of a rung is not asked: it is no until they say yes."""

    answer: Talk | None = None
    refused_at: datetime | None = None
    support: bool | None = None
    police: bool | None = None
    named: bool | None = None
    contact: str = ""
    contact_at: datetime | None = None

    @property
    def is_offered_again(self) -> bool:
        """Whether help may be offered again: not while contact is unsafe, and never unasked once it is unwanted."""
        return self.contact not in ENDS_OFFERS


def ladder(talks: Iterable[Talk]) -> Ladder:
    """What stands of these talks, the earliest first."""
    all_talks = list(talks)
    answers = [talk for talk in all_talks if not talk.leaves_referral]
    answer = answers[-1] if answers else None
    contact = next((talk for talk in reversed(all_talks) if talk.contact), None)
    return Ladder(
        answer=answer,
        refused_at=_refused_at(answers),
        support=_latest(talk.support for talk in all_talks),
        police=_latest(talk.police for talk in all_talks),
        named=_may_be_named(all_talks),
        contact=contact.contact if contact else "",
        contact_at=contact.asked_at if contact else None,
    )


def _latest(answers: Iterable[bool | None]) -> bool | None:
    latest = None
    for answer in answers:
        latest = latest if answer is None else answer
    return latest


def _refused_at(answers: Sequence[Talk]) -> datetime | None:
    """The first no of those in a row at the end: saying no again when help is offered again does not begin it anew."""
    first = None
    for talk in reversed(answers):
        if talk.nrm is not False:
            break
        first = talk.asked_at
    return first


def _may_be_named(talks: Sequence[Talk]) -> bool | None:
    """Being named goes with the answer about referral: a yes given before that answer has lapsed. Of a later talk a no
    always counts, and a yes only where they were alone and understood."""
    latest = None
    for talk in talks:
        if not talk.leaves_referral or talk.named is False or (talk.named and talk.counts):
            latest = talk.named
    return latest
