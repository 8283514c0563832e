"""A full record as a detective decides it and a supervisor countersigns it, through the same actions as the pages."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from lodestar.casework.case_files.actions.people import record_offence
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.section45 import actions, queries
from lodestar.casework.section45.models import Countersignature, FullRecord
from lodestar.platform.accounts.access import Member
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person

ACT = {
    "act": "Misuse of Drugs Act 1971",
    "section": "5(3)",
    "title": "possession of a controlled drug with intent to supply",
    "on_from": "2026-03-02",
    "on_to": "2026-03-02",
    "where": "england_wales",
    "stage": "arrest",
}


def an_offence(by: Member, person: Person, at: datetime = MET, **facts: Any) -> AllegedOffence:
    """Possession with intent to supply, at arrest, unless told otherwise."""
    row = record_offence(by=by, at=at, person=person, facts=ACT | facts)
    row.person = person
    return row


def callum(officer: Member | None = None, at: datetime = MET, **facts: Any) -> tuple[Member, Case, Person]:
    """Callum, 17, suspected and perhaps a victim, with the officer who met him and the case."""
    officer = officer or a_member("frontline", name="PC Brandreth")
    case = a_case(officer, at=at)
    told = {"name": "Callum", "roles": ["possible_victim", "suspect"], "belief": "signs_only", "age_min": 17, "age_max": 17}
    return officer, case, a_person(officer, case, at=at, **told | facts)


def answers(test: str = "child", parts: int = 3, **changed: str) -> dict[str, str]:
    """Every answer that a record of this test asks for."""
    told = {"before": "charge", "conclusion": "likely", "reason": "He works off a debt to the man who collects him."}
    for number in range(1, parts + 1):
        told |= {f"{test}_{number}_reading": "met", f"{test}_{number}_for": "School record. Fact."}
    return told | changed


def decided(by: Member, offence: AllegedOffence, told: dict[str, str] | None = None, **more: Any) -> FullRecord:
    """The next version of a record, decided now by somebody who has read the facts as they are."""
    act = queries.act_of(offence, list(queries.suspected_of(offence.person)))
    owed = queries.owed_for(offence.person).get((queries.RECORD, str(offence.id)))
    assert act is not None
    given = {
        "at": timezone.now(),
        "act": act,
        "answers": told or answers(),
        "seen": len(queries.records_of(offence)),
        "rests_on": owed.rests_on if owed else "",
    }
    row = actions.decide(by=by, offence=offence, **given | more)
    row.offence = offence
    return row


def signed(by: Member, row: FullRecord, kind: str = "agree", reason: str = "") -> Countersignature:
    """What a second person says of a version, now."""
    return actions.countersign(by=by, at=timezone.now(), version=row, kind=kind, reason=reason)
