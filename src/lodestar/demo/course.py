"""What comes of a case besides what is done in it: decisions of the competent authority, steps against suspects, outcomes."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.cases.models import AllegedOffence
from lodestar.casework.section45.actions import RecordOpen, record_outcome
from lodestar.demo.concerns import listed
from lodestar.demo.sittings import Sitting
from lodestar.demo.work import Life

FORTNIGHT = timedelta(days=14)


def has_come(life: Life, today: date) -> bool:
    """Whether something comes of it by this day."""
    dates = [steps[0][1] for steps in life.referrals.values() if steps] + [planned[0] for planned in life.course]
    return any(day <= today for day in dates)


def go_on(sitting: Sitting, today: date) -> None:
    """What comes of a case besides what is done: decisions of the competent authority, steps against suspects, outcomes."""
    life, random = sitting.life, sitting.random
    for person, steps in life.referrals.items():
        while steps and steps[0][1] <= today:
            sitting.office.clock.pass_by(3)
            sitting.file(person, *steps.pop(0))
    for planned in [planned for planned in life.course if planned[0] <= today]:
        life.course.remove(planned)
        sitting.office.clock.pass_by(4)
        life.course += list(_come(sitting, planned[1], planned[2], today, random))


def _come(sitting: Sitting, what: str, of: UUID, today: date, random: Random) -> Iterator[tuple[date, str, UUID]]:
    """Records one thing that was to come, and what is to come after it."""
    at, soon = sitting.now, today + timedelta(days=random.randint(12, 25))
    detective = sitting.office.by_user.get(sitting.case.owner_id or UUID(int=0)) or sitting.office.members["investigator"]
    if what.startswith("suspect"):
        record_event(by=detective, at=at, case=sitting.case, kind=what, person=sitting.people[of])
        if what == "suspect_arrested":
            yield today + timedelta(days=1), "suspect_bailed", of
        elif what == "suspect_bailed":
            ends = random.choice(["suspect_charged", "suspect_not_prosecuted"])
            yield today + timedelta(days=random.randint(40, 140)), ends, of
        return
    offence = AllegedOffence.objects.select_related("person__case").get(id=of)
    step, kind = what.split()
    if step == "plan":
        planned = "no_action_planned" if kind == "no_further_action" else "charging_planned"
        record_event(by=detective, at=at + timedelta(days=16), case=sitting.case, kind=planned, person=offence.person)
        yield soon, f"outcome {kind}", of
        return
    words = listed("words")["no_charge" if kind == "no_further_action" else "charge"]
    try:
        record_outcome(by=detective, at=at, offence=offence, kind=kind, waits_for_nrm=True, reason=words)
    except RecordOpen:  # a decision came in between: the record is looked at again first
        yield today + FORTNIGHT, what, of
