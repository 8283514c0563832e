"""Writes of the first screen. A tick is stored first; when it happened is asked afterwards and stored as a further answer."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import GivenAnswer, answer_duties, answer_with_times
from lodestar.casework.ledger.models import Obligation, ObligationAnswer
from lodestar.casework.safety.queries import SHORT_QUESTION, Scene, own_taps
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import boxed


@dataclass(frozen=True)
class Entry:
    """What was filled in on one line, people by their numbers, or of one person whom the short question is `asked` about.
    `otherwise_for` empty: everybody who is not ticked as done."""

    line: str
    done: frozenset[int] = frozenset()
    said: str = ""
    otherwise: str = ""  # not_possible or not_needed
    otherwise_for: frozenset[int] = frozenset()
    why: str = ""
    at: datetime | None = None
    is_timed: bool = False  # whether the time asked of earlier ticks is given: `time`, or none for *just now*
    time: datetime | None = None
    asked: int = 0
    answer: str = ""


def save_lines(*, by: Member, at: datetime, scene: Scene, entries: Sequence[Entry]) -> bool:
    """Stores what was filled in on the first screen, for each person and thing by itself, and recalculates the case once. What
    was done is stored as of this moment, with what was said in its box as its record, without it as an officer's word. Whether
    there was anything to store."""
    moment = at if at.second or at.microsecond else at + timedelta(microseconds=1)  # a whole minute is a time that somebody gave
    people = {person.number: person for person in scene.people}
    given: list[GivenAnswer] = []
    timed: list[tuple[ObligationAnswer, datetime]] = []
    for entry in entries:
        if entry.done and (done := _owed(scene, entry.line, entry.done)):
            given.append(GivenAnswer(moment, done, "done", record=boxed(entry.line, entry.said)))
        if entry.otherwise and (rest := _owed(scene, entry.line, entry.otherwise_for, but=entry.done)):
            given.append(GivenAnswer(_whole_minute(entry.at) if entry.at else moment, rest, entry.otherwise, entry.why))
        taps = own_taps(scene.case, by.user, entry.line) if entry.is_timed else ()
        timed += [(tap, _whole_minute(entry.time or tap.happened_at)) for tap in taps]
    asked = [(people[entry.asked], entry) for entry in entries if entry.answer and entry.asked in people]
    if not (given or timed or asked):
        return False
    with ledger.acting_on(scene.case.id, by=by.user, at=at, code="cases.duty_answered"):
        if given:
            answer_duties(by=by, at=moment, case=scene.case, given=given)
        for person, entry in asked:
            person.case = scene.case
            SHORT_QUESTION["answer"](by=by, at=at, person=person, answer=entry.answer, why=entry.why)
        answer_with_times(by=by, case=scene.case, answers=timed)
    return True


def _whole_minute(at: datetime) -> datetime:
    """A time that somebody gave. That it is a whole minute tells it from the time of a bare tap."""
    return at.replace(second=0, microsecond=0)


def _owed(scene: Scene, code: str, numbers: Collection[int], but: Collection[int] = ()) -> list[Obligation]:
    """What a line answers for these people, or for everybody of it: of each what is open; where nothing is, what was answered
    before. A colleague's answer of a moment ago takes nothing away: both are recorded."""
    on_line = [row for row in scene.owed if row.code == code and row.person and row.person.number not in but]
    still_open = {row.person_id for row in on_line if row.state == "open"}
    if numbers:
        on_line = [row for row in on_line if row.person and row.person.number in numbers]
    elif still_open:
        on_line = [row for row in on_line if row.person_id in still_open]
    return [row for row in on_line if row.state == "open" or row.person_id not in still_open]
