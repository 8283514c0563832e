"""Referrals to services in the demo force, and where people slept first."""

from datetime import datetime, timedelta
from random import Random

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.service_referrals.actions import ask_for_place, make_referral, move_place, move_referral
from lodestar.casework.service_referrals.queries import services_of
from lodestar.demo.concerns import listed
from lodestar.demo.work import Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part

REFUSED, PLACED = 0.12, 0.3
OVER = ("ended", "rejected", "revoked")
LONG_AGO = timedelta(days=50)


def refer(by: Member, at: datetime, person: Person, chance: Random, *, is_victim_services: bool, is_long_ago: bool) -> bool:
    """A referral and what came of it; one of long ago has ended. Whether the directory has a service to refer to."""
    rows = listed("service_referrals")
    asked = dict(chance.choice([row for row in rows["asked"] if row["is_victim_services"] == is_victim_services]))
    services = services_of(asked["domain"], "")
    if not services:
        return False
    answer = {"agreed": "no" if chance.random() < REFUSED else "yes", "agreed_who": "person", "agreed_how": "met"}
    facts = asked | answer | {"languages": person.language}
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.service_referred"):
        row = make_referral(by=by, at=at, person=person, service=chance.choice(services), facts=facts)
        if row.state == "made":
            courses = [course for course in rows["courses"] if not is_long_ago or (course and course[-1].startswith(OVER))]
            for step in chance.choice(courses):
                to, _, reason = step.partition(" ")
                move_referral(by=by, at=at, row=row, to=to, seen=row.version, reason=reason)
    return True


def place(by: Member, at: datetime, person: Person, chance: Random) -> None:
    """Of some it is recorded where they slept first, and for how many nights."""
    if chance.random() > PLACED:
        return
    place_row, met = chance.choice(listed("service_referrals")["places"]), person.case.encountered_at
    with ledger.acting_on(person.case_id, by=by.user, at=at, code="support.place_asked"):
        row = ask_for_place(by=by, at=max(at - timedelta(days=place_row["nights"]), met), person=person)
        place = {"kind": place_row["kind"], "unsuitable": bool(place_row["why"]), "unsuitable_why": place_row["why"]}
        move_place(by=by, at=row.asked_at, row=row, to="taken", seen=1, **place)
        move_place(by=by, at=at, row=row, to="left", seen=2)


def refer_person(sitting: Sitting, row: Obligation) -> None:
    """Refer a person to a service."""
    person, _ = sitting.person_of(row)
    is_victims, chance = row.code == "refer_victim_services", Random(f"{row.code} {sitting.life.number} {person.number}")
    if sitting.once(row.code, person.id):
        is_long_ago = sitting.office.clock.ends - sitting.now > LONG_AGO
        if not refer(sitting.by(row), sitting.now, person, chance, is_victim_services=is_victims, is_long_ago=is_long_ago):
            sitting.record([row])
        elif not is_victims:
            place(sitting.by(row), sitting.now, person, chance)


CODES = ("refer_support_service", "refer_victim_services")
register_demo_part(DemoPart("service_referrals", work=DemoWork(closes=dict.fromkeys(CODES, refer_person))))
