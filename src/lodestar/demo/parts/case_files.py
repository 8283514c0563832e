"""What the demo force changes in the files of its cases, and Kieran and Jaz, met an hour ago."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.casework.case_files.actions.case import open_case, seal_case
from lodestar.casework.case_files.actions.people import add_person, change_person, record_exploitation, record_offence
from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.concerns import listed
from lodestar.demo.work import Life, Office, Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import boxed
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part

Row = Mapping[str, Any]


def record_true_age(sitting: Sitting, row: Obligation) -> None:
    """Record the age that the person states."""
    person, planned = sitting.person_of(row)
    facts = {"age_basis": "stated", "age_min": planned.age, "age_max": planned.age}
    _change(sitting, row, person, facts)


def _change(sitting: Sitting, row: Obligation, person: Person, facts: Mapping[str, Any]) -> None:
    version = Person.objects.values_list("version", flat=True).get(id=person.id)
    change_person(by=sitting.by(row), at=sitting.now, person=person, version=version, facts=facts)


def _seal(office: Office, life: Life, person: Person, row: Row) -> None:
    owners = [office.members[name].user for name in ("investigator", "investigator2", "inspector", "coordinator")]
    at = office.clock.now()
    seal_case(by=office.members["inspector"], at=at, case=person.case, reason=row["words"], owners=owners)


def kieran_and_jaz(members: Mapping[str, Member], now: datetime) -> None:
    """Two boys with wraps by the harbour. The first line is done; the rest is waiting for whoever opens the case."""
    officer, met, data = members["officer"], now - timedelta(minutes=46), listed("showcase")["harbour"]
    case = open_case(by=officer, at=met, facts=data["case"])
    for facts in data["people"]:
        person = add_person(by=officer, at=met, case=case, facts=data["of_all"] | facts)
        record_exploitation(by=officer, at=met, person=person, facts=data["exploitation"])
        days = dict.fromkeys(("on_from", "on_to"), met.date().isoformat())
        ages = {"age_then_min": person.age_min, "age_then_max": person.age_max}
        record_offence(by=officer, at=met, person=person, facts=data["offence"] | days | ages)
    code, minutes, words = data["done"]
    owed = list(Obligation.objects.filter(case=case, code=code, state="open"))
    at, record = met + timedelta(minutes=minutes), boxed(code, words)
    answer_duty(by=officer, at=at, case=case, obligations=owed, kind="done", record=record)


register_demo_part(
    DemoPart(
        "case_files",
        kieran_and_jaz,
        before_sign_in=True,
        work=DemoWork(closes={"establish_age": record_true_age}, events={"seal": _seal}),
    )
)
