"""What the demo force disclosed: to immigration, and of a safe address."""

from collections.abc import Mapping
from typing import Any

from lodestar.casework.cases.models import Person
from lodestar.casework.disclosures import actions as address_disclosures
from lodestar.casework.disclosures.actions import Words, decide_disclosure, propose_disclosure, record_disclosed, tell_as_approved
from lodestar.demo.concerns import listed
from lodestar.demo.work import Life, Office
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part

Row = Mapping[str, Any]


def _words(row: Row, why: str, purpose: str) -> Words:
    return Words(row["way"], row["recipient"], "Immigration Act 2016 s55", [purpose], ["law_enforcement"], row["words"], why)


def _disclose_to_immigration(office: Office, life: Life, person: Person, row: Row) -> None:
    words = _words(row, "It was done on the spot.", "enforcement")
    row_told = record_disclosed(by=office.members[life.officer], at=office.clock.now(), person=person, words=words)
    at, because = office.clock.pass_by(240), listed("words")["told_wrongly"]
    decide_disclosure(by=office.members["inspector"], at=at, disclosure=row_told, approved=False, because=because)


def _ask_immigration(office: Office, life: Life, person: Person, row: Row) -> None:
    proposer, clock = office.members["investigator"], office.clock
    words = _words(row, "The investigation needs it before the end of the week.", "harm" if row["approved"] else "investigation")
    disclosure = propose_disclosure(by=proposer, at=clock.now(), person=person, words=words)
    at = clock.pass_by(115)
    decide_disclosure(
        by=office.members["inspector"], at=at, disclosure=disclosure, approved=row["approved"], because=row["because"]
    )
    if row.get("told"):
        at = clock.pass_by(70)
        disclosure.refresh_from_db()
        tell_as_approved(by=proposer, at=at, disclosure=disclosure)


def _tell_address(office: Office, life: Life, person: Person, row: Row) -> None:
    asked = address_disclosures.ask_to_tell(
        by=office.members["liaison"], at=office.clock.now(), person=person, recipient="Fenmarch County Council, housing",
        power="Housing Act 1996 s213", use="safeguarding",
        reason="They house her from Monday and must know where to collect her.",
    )  # fmt: skip
    at = office.clock.pass_by(90)
    because = "She agreed, and they keep it to one officer."
    address_disclosures.decide_address_disclosure(
        by=office.members["inspector"], at=at, telling=asked, approved=True, because=because
    )
    asked.refresh_from_db()
    at = office.clock.pass_by(45)
    address_disclosures.tell_address(by=office.members["liaison"], at=at, telling=asked)


register_demo_part(
    DemoPart(
        "disclosures",
        work=DemoWork(
            events={
                "told_immigration": _disclose_to_immigration,
                "ask_immigration": _ask_immigration,
                "tell_address": _tell_address,
            }
        ),
    )
)
