"""Needs of people in the demo force, and when they were met."""

from datetime import datetime, timedelta
from random import Random

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.needs.actions import arrange_first_days, move_need, record_assessment
from lodestar.casework.needs.models import Need
from lodestar.casework.needs.queries import needs_now, questions_on
from lodestar.demo.concerns import SEED, listed
from lodestar.demo.work import Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, Members, register_demo_part
from lodestar.platform.time.days import london_date

MET_AT_ONCE, BY_ANOTHER = 0.9, 0.1
LACKING, LACKING_MET = 0.85, 0.05  # how many ask for each thing that the towns lack, and how many get it at once
DAY = timedelta(days=1)
SOON = 10 * DAY
WAITED, MET_LATER = 70 * DAY, 0.7  # of needs that are older than this, how many are met by now


def assess(by: Member, at: datetime, person: Person, chance: Random) -> None:
    """An assessment, ours or another's; of ours some needs are met and of some it is known why not, and the first days stand."""
    told = listed("needs")
    if chance.random() < BY_ANOTHER:
        record_assessment(by=by, at=at, person=person, provider=chance.choice(told["providers"]))
        return
    lacking = {row["domain"]: row for row in told["lacking"] if chance.random() < LACKING}
    others = {row["domain"]: row for row in chance.sample(told["found"], chance.randint(1, 3))}
    answers = {
        f"{domain}_{name}": row[name]
        for domain, row in (others | lacking).items() for name in ("level", "wish", "words", "provider") if row[name]
    }  # fmt: skip
    record_assessment(by=by, at=at, person=person, version=questions_on(london_date(at)).version, answers=answers)
    for need in needs_now(person):
        draw, row = chance.random(), lacking.get(need.domain)
        if draw < (LACKING_MET if row else MET_AT_ONCE):
            move_need(by=by, at=at, row=need, to="met", seen=need.version)
        elif row:
            move_need(by=by, at=at, row=need, to="unmet", seen=need.version, reason=row["reason"])
    days = {(row["day"], row["part"]): row["words"] for row in chance.sample(told["arranged"], chance.randint(3, 8))}
    arrange_first_days(by=by, at=at, person=person, arranged=days)


def assess_needs(sitting: Sitting, row: Obligation) -> None:
    """Assess the needs of a person."""
    person, _ = sitting.person_of(row)
    if sitting.once("needs", person.id):
        chance = Random(f"needs {sitting.life.number} {person.number} {london_date(sitting.now)}")
        assess(sitting.by(row), sitting.now, person, chance)


def meet_later(members: Members, now: datetime) -> None:
    """Needs that nothing stands in the way of are met within the fortnight, and most of the others some weeks later."""
    random = Random(f"{SEED} met later")
    waiting = Need.objects.filter(state="unmet", since__lt=now - SOON, person__case__sealed=False)
    for need in waiting.select_related("person").order_by("since", "id"):
        is_late = need.since < now - WAITED and random.random() < MET_LATER
        if is_late or not need.unmet_reason:
            at = need.since + (random.randint(18, 68) * DAY if need.unmet_reason else SOON)
            move_need(by=members["advisor"], at=at, row=need, to="met", seen=need.version)


register_demo_part(DemoPart("needs", meet_later, needs=("support",), work=DemoWork(closes={"needs_assessment": assess_needs})))
