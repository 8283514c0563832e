"""Bail and releases in the demo force, and promises to victims."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.casework.case_files.actions.people import add_person
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.closures.queries import is_closed
from lodestar.casework.contact_promises.actions import make_promise, move_promise
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.suspects.actions import move_suspect, record_suspect
from lodestar.casework.suspects.models import Suspect
from lodestar.casework.suspects.queries import to_inform, victims_of
from lodestar.demo.concerns import listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import Record, closing_of
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import end_of_day, london_date

HOUR, IN_FULL, FINISHED = timedelta(hours=1), 0.15, 0.7  # how many cases have more than a plan; lines finished at a look
DAY = timedelta(days=1)
CONDITIONS = ("Not to contact any witness", "Not to go within half a mile of the house", "To report every Monday")
CASES = 5  # with a detective, the latest
EXPLOITER = {"description": "The man who drove the van", "roles": ["exploiter"], "age_min": 35, "age_max": 45}


def bail_and_promises(members: Mapping[str, Member], now: datetime) -> None:
    """One of each: bail with the victim informed first, a release before she was, a release to come, others on bail."""
    by_user = {member.user: member for member in members.values()}
    cases = Case.objects.filter(~is_closed("id"), owner__in=by_user, sealed=False, encountered_at__lt=now - 9 * DAY)
    for number, case in enumerate(cases.order_by("-encountered_at", "id")[:CASES]):
        detective = by_user[case.owner_id or case.interim_owner_id]
        person = Person.objects.filter(case=case, roles=["exploiter"]).first()
        person = person or add_person(by=detective, at=now - 4 * DAY, case=case, facts=EXPLOITER)
        suspect = record_suspect(by=detective, at=now - 4 * DAY, person=person)
        if number == 1:
            _step(detective, now - 3 * DAY, suspect, "remand_refused", because="The court gave no reason")
        elif number == 2:
            _step(detective, now - DAY, suspect, "prison_release", planned_at=now + 2 * DAY)
        else:
            ends = end_of_day(london_date(now) + timedelta(days=5 + 9 * number))
            _step(detective, now - 4 * DAY, suspect, "bailed_conditions", planned_at=now - 3 * DAY)
            for row in to_inform([release.id for release in suspect.releases.all()]):
                early = now - 3 * DAY - 5 * HOUR
                move_promise(by=detective, at=early, row=row, to="done", seen=1, done_how="they_came", plan_at=early)
            _step(detective, now - 3 * DAY, suspect, "bailed_conditions", ends_at=ends, conditions=CONDITIONS[: number or 3])
        officer, why = (members["liaison"], "") if number else (detective, "No other detective is free this week")
        _step(detective, now - DAY, suspect, suspect.state, victim_officer_id=officer.user, same_because=why)
        _promises(members["advisor"], now, victims_of(person), number)
        _decide_tasking(members["supervisor"], now - DAY, case)


def _decide_tasking(by: Member, at: datetime, case: Case) -> None:
    """Record the tasking decision that another suspect asks for."""
    code = "record_tasking_decision"
    rows = list(Obligation.objects.filter(case=case, code=code, state="open"))
    if rows:
        record = Record(closing_of(code).record, listed("records")["done"][code][1])
        answer_duty(by=by, at=at, case=case, obligations=rows, kind="done", record=record)


def _step(by: Member, at: datetime, suspect: Suspect, to: str, **facts: object) -> None:
    move_suspect(by=by, at=at, row=suspect, to=to, seen=suspect.version, **facts)  # type: ignore[arg-type]  # columns


def _promises(by: Member, now: datetime, people: list[Person], number: int) -> None:
    rhythm = "weekly" if number % 2 else ""
    for kind, days in (("update", 2 + number), ("call_back", -1), ("visit", 4)):
        at = now - 9 * DAY
        rows = make_promise(by=by, at=at, people=people, kind=kind, by_when=now + days * DAY, rhythm=rhythm, way="call")
        for row in rows if kind == "call_back" and number % 3 else ():
            move_promise(by=by, at=now - number * 12 * HOUR, row=row, to="done", seen=1, done_how="they_came")
    if number == 3:
        make_promise(by=by, at=now - DAY, people=people, kind="pause", by_when=now + 5 * DAY)


register_demo_part(DemoPart("suspects", bail_and_promises, needs=(YEARS, "earlier_records")))
