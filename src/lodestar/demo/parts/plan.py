"""The requirements of the invented force, and its plan: items at all stages, some late, honest about what is not known."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.demo.concerns import listed
from lodestar.oversight.plan import actions
from lodestar.oversight.plan.models import PlanItem
from lodestar.oversight.requirements.actions import record_requirement, record_statement, take_in_standard
from lodestar.oversight.requirements.queries import requirements_on, standards_left
from lodestar.oversight.requirements.rules import LOCAL
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, register_demo_part
from lodestar.platform.time.days import london_date

DAY = timedelta(days=1)
POLICY = {
    "standard": LOCAL, "kind": LOCAL, "code": "4.1", "source": "Fenmarch Police, policy on modern slavery, page 4",
    "text": "A supervisor looks at every report within 72 hours and writes directions", "is_verified": True,
}  # fmt: skip
SAID = "Officers on each shift are reminded what support there is; nobody counts how often"


def plan(members: Mapping[str, Member], now: datetime) -> None:
    """Takes every standard in, with a policy of the force in two editions, and records the plan as it went."""
    by, today = members["coordinator"], london_date(now)
    for standard in standards_left():
        take_in_standard(by=by, at=now - 360 * DAY, standard=standard)
    for days in (700, 200):
        record_requirement(by=by, at=now - 190 * DAY, edition=today - days * DAY, **POLICY)
    requirements = {row.code: row for row in requirements_on(today)}
    record_statement(by=by, at=now - 30 * DAY, requirement=requirements["R2e"], words=SAID, said_on=today - 30 * DAY)
    for row in listed("plan")["item"]:
        serves = [requirements[code].id for code in row.get("serves", ())]
        _item(members, now, row, serves)


def _item(members: Mapping[str, Member], now: datetime, row: Mapping[str, Any], serves: list[Any]) -> None:
    keeper, owner, today = members["coordinator"], members[row["owner"]], london_date(now)

    def on(days: int) -> date:
        return today + days * DAY

    begins = min(row["begins"], -50)
    at = now + (begins - 20) * DAY
    columns = {
        name: row[name] for name in ("title", "domain", "four_p", "success", "measure", "baseline", "target") if name in row
    }
    item = actions.record_item(
        by=keeper, at=at, owner=owner.user, starts_on=on(row["begins"]), due_on=on(row["due"]), requirements=serves, **columns
    )
    met = []
    for title, due, done in row.get("steps", ()):
        step = actions.add_milestone(by=keeper, at=at, item=item, seen=item.version, title=title, due_on=on(due))
        met += [(done, step)] if done else []
    if row["state"] != "not_started":
        actions.move_item(by=owner, at=now + begins * DAY, row=item, to="under_way", seen=item.version)
    for done, step in sorted(met, key=lambda each: each[0]):
        change: Any = {"met_on": on(done), "reason": "As written in the minutes of that week"}
        actions.change_milestone(by=owner, at=now + done * DAY, milestone=step, seen=step.item.version, **change)
    item = PlanItem.objects.get(id=item.id)
    change = {"by": keeper, "at": now - 7 * DAY, "item": item}
    if "revised" in row:
        actions.change_item(**change, seen=item.version, reason=row["why"], due_on=on(row["revised"]))
    if "override" in row:
        status = {"rag_override": row["override"], "rag_reason": row["because"]}
        actions.change_item(**change, seen=item.version, reason=row["because"], **status)
    if "evidence" in row:
        actions.move_item(
            by=owner, at=now + min(row["due"], -5) * DAY, row=item, to=row["state"], seen=item.version, because=row["evidence"]
        )


register_demo_part(DemoPart("plan", plan))
