"""What of the first hour may have been kept beside the video; since when somebody is held. Pure.

`golden_hour_evidence` closes by a list of what was kept, with the video's reference (College of Policing APP, police
responders): the reference alone does not close it. That nothing more was there to keep is an answer too.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodestar.platform.text.reference_lists import words_of

KEPT = words_of("cases", "person_words", "kept")


def is_a_list(codes: Collection[str], more: str) -> bool:
    """Whether something is said of what was kept, so that with the video's reference it closes what is owed."""
    return bool(codes) or bool(more.strip())


def evidence_summary(codes: Collection[str], more: str = "") -> str:
    """What was kept, as one reads it: `Phones, papers; a rota from the wall`. Empty where nothing is said."""
    labels = [words for code, words in KEPT.items() if code in codes]
    text = ", ".join(words if place == 0 else f"{words[0].lower()}{words[1:]}" for place, words in enumerate(labels))
    return "; ".join(part for part in (text, more.strip()) if part)


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


CUSTODY = "custody"  # the place
ARRESTED = frozenset({"arrest", "interview"})  # how far the case against them has gone
LONGEST_HELD = timedelta(hours=96)  # without charge: Police and Criminal Evidence Act 1984 s44
HELD, ARRIVED, RELEASED, MISTAKEN = "arrested", "arrived", "released", "mistaken"  # what is recorded of custody


def may_be_held(since: datetime, now: datetime) -> bool:
    """Whether somebody of whom no more is recorded than their arrest may still be held: an older one says nothing of today."""
    return since > now - LONGEST_HELD


def is_held(held_from: datetime | None, in_custody_from: datetime | None, released_at: datetime | None, now: datetime) -> bool:
    """Whether somebody is arrested or held now, as far as is recorded; as `access.held_people` asks the database."""
    known = in_custody_from is not None or (held_from is not None and may_be_held(held_from, now))
    return held_from is not None and released_at is None and known


def custody_facts(kind: str, at: datetime, held_from: datetime | None) -> dict[str, datetime | None]:
    """The columns of a person of whom this is recorded as of `at`; `held_from` is since when they are held now, if they are."""
    if kind == RELEASED:
        return {"released_at": at}
    since = min(held_from or at, at) if kind == ARRIVED else at if kind == HELD else None
    return {"held_from": since, "in_custody_from": at if kind == ARRIVED else None, "released_at": None}
