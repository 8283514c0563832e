"""What happens in the cases of the demo force: arrests and bail, people missing and found, earlier referrals."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from lodestar.casework.case_facts.actions import change_earlier_referral, record_event, record_found, record_missing
from lodestar.casework.cases.models import Person
from lodestar.demo.work import Life, Office, Sitting
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import london_date

Row = Mapping[str, Any]


def _earlier_referral(office: Office, life: Life, person: Person, row: Row) -> None:
    on = london_date(life.concern.met) - timedelta(days=row["days"])
    facts = {"route": "nrm", "by": row["by"], "on_date": on.isoformat(), "same_events": True}
    change_earlier_referral(by=office.members["coordinator"], at=office.clock.now(), person=person, facts=facts)


def _missing(office: Office, life: Life, person: Person, row: Row) -> None:
    details = {"by_whom": "The placement", "reference": f"MP/{office.number()}"}
    record_missing(by=office.members[life.officer], at=office.clock.now(), person=person, details=details)


def _find_again(office: Office, life: Life, person: Person, row: Row) -> None:
    details = {"by_whom": "Norfolk Constabulary", "locality": "Railway station, Norwich"}
    record_found(by=office.members[life.officer], at=office.clock.now(), person=person, details=details)


def _suspect(sitting: Sitting, what: str, of: UUID, today: date) -> Iterator[tuple[date, str, UUID]]:
    """Record a step against a suspect, and come to the next one."""
    random = sitting.random
    random.randint(12, 25)
    record_event(by=sitting.detective, at=sitting.now, case=sitting.case, kind=what, person=sitting.people[of])
    if what == "suspect_arrested":
        yield today + timedelta(days=1), "suspect_bailed", of
    elif what == "suspect_bailed":
        ends = random.choice(["suspect_charged", "suspect_not_prosecuted"])
        yield today + timedelta(days=random.randint(40, 140)), ends, of


register_demo_part(
    DemoPart(
        "case_facts",
        work=DemoWork(
            events={"earlier_referral": _earlier_referral, "missing": _missing, "found": _find_again},
            courses={"suspect": _suspect},
        ),
    )
)
