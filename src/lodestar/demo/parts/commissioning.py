"""Gaps in support of the demo force: districts of units, assumed costs, published quarters, questions of the policing body."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lodestar.demo.concerns import listed
from lodestar.partnership.commissioning import actions, queries, rules
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Unit
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import london_date

QUARTERS = 7
DAY = timedelta(days=1)


def commissioning(members: Mapping[str, Member], now: datetime) -> None:
    """Publishes the quarters that are over, each ten days after its end, and has one question answered and one asked."""
    coordinator, body, data = members["coordinator"], members["gaps"], listed("commissioning")
    units = {unit.name: unit.id for unit in Unit.objects.all()}
    began = now - 700 * DAY
    for row in data["district"]:
        for name in row["units"]:
            actions.set_district(by=coordinator, at=began, unit=units[name], code=row["code"], name=row["name"])
    for row in data["cost"]:
        actions.assume_cost(by=coordinator, at=began, **row)
    quarter, published = rules.quarter_of(rules.quarter_of(london_date(now)).first - DAY), []
    for _ in range(QUARTERS):
        published.append(quarter)
        quarter = rules.quarter_of(quarter.first - DAY)
    for quarter in reversed(published):
        actions.publish_quarter(by=coordinator, at=min(quarter.ends + 10 * DAY, now - DAY), quarter=quarter)
    for place, row in enumerate(data["question"]):
        at = now - (60 - 50 * place) * DAY
        asked = actions.ask_question(
            by=body, at=at, quarter=published[1 - place].name, about=row["about"], cell=row["cell"], words=row["words"]
        )
        for nth, step in enumerate(row.get("steps", ()), 1):
            (question,) = queries.questions(asked)
            by = coordinator if step["step"] in rules.OF_FORCE else body
            facts = {name: step[name] for name in ("words", "where") if name in step}
            day = london_date(now + 60 * DAY) if step["step"] == rules.DECIDED else None
            actions.take_step(by=by, at=at + nth * 9 * DAY, question=question, step=step["step"], day=day, **facts)


register_demo_part(DemoPart("commissioning", commissioning, needs=(YEARS, "measures", "needs")))
