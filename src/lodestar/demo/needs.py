"""What the demo force's advisor records of somebody's needs, from the demo's own list."""

from datetime import datetime
from random import Random

from lodestar.casework.cases.models import Person
from lodestar.casework.needs.actions import arrange_first_days, move_need, record_assessment
from lodestar.casework.needs.queries import needs_now, questions_on
from lodestar.demo.concerns import listed
from lodestar.platform.accounts.access import Member
from lodestar.platform.time.days import london_date

MET_AT_ONCE, LOOKED_INTO, BY_ANOTHER = 0.75, 0.18, 0.2


def assess(by: Member, at: datetime, person: Person, chance: Random) -> None:
    """An assessment, ours or another's; of ours some needs are met and of some it is known why not, and the first days stand."""
    told = listed("needs")
    if chance.random() < BY_ANOTHER:
        record_assessment(by=by, at=at, person=person, provider=chance.choice(told["providers"]))
        return
    answers = {
        f"{row['domain']}_{name}": row[name]
        for row in chance.sample(told["found"], chance.randint(2, 5))
        for name in ("level", "wish", "words", "provider")
        if row[name]
    }
    record_assessment(by=by, at=at, person=person, version=questions_on(london_date(at)).version, answers=answers)
    for need in needs_now(person):
        draw = chance.random()
        if draw < MET_AT_ONCE:
            move_need(by=by, at=at, row=need, to="met", seen=need.version)
        elif draw < MET_AT_ONCE + LOOKED_INTO:
            move_need(by=by, at=at, row=need, to="unmet", seen=need.version, reason=chance.choice(told["reasons"]))
    days = {(row["day"], row["part"]): row["words"] for row in chance.sample(told["arranged"], chance.randint(3, 8))}
    arrange_first_days(by=by, at=at, person=person, arranged=days)
