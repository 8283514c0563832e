"""Safe contact and a safe address in the demo force."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.actions import agree_contact, name_viewer, record_address
from lodestar.demo.work import Life, Office, Sitting
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import london_date

CANARY = "Flat 9, Canary Wharfinger's House, Nightjar Close"
Row = Mapping[str, Any]


def agree_safe_contact(sitting: Sitting, row: Obligation) -> None:
    """Agree with a person how to contact them safely."""
    person, planned = sitting.person_of(row)
    agreed = london_date(sitting.now)
    agree_contact(
        by=sitting.by(row), at=sitting.now, person=person,
        rule={
            "channel": sitting.random.choice(["text", "ring"]), "to_use": sitting.office.telephone(), "times": "10:00 to 11:30",
            "voicemail": False, "words": "From Anna, about the appointment", "words_not": "", "agreed_on": agreed,
            "who_may_answer": "Their social worker" if planned.is_child else "", "confirmed_on": agreed,
        },
    )  # fmt: skip


def _address(office: Office, life: Life, person: Person, row: Row) -> None:
    viewers: list[UUID] = [office.members["coordinator"].user]
    by = office.members[life.officer]
    record_address(by=by, at=office.clock.now(), person=person, address=CANARY, viewers=viewers)
    reason, at = "Meets her there with the support worker", office.clock.pass_by(20)
    name_viewer(by=by, at=at, person=person, viewer=office.members["liaison"].user, reason=reason)


register_demo_part(
    DemoPart("safe_addresses", work=DemoWork(closes={"agree_safe_contact": agree_safe_contact}, events={"address": _address}))
)
