"""Who is given the cases of the demo force."""

from collections.abc import Mapping
from typing import Any

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.allocation.queries import caseloads
from lodestar.casework.cases.models import Person
from lodestar.casework.ledger.models import Obligation
from lodestar.demo.work import DETECTIVES, Life, Office, Sitting
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import london_date

Row = Mapping[str, Any]


def _least_loaded(sitting: Sitting) -> Member:
    """Return the detective with the smaller caseload; of equal ones either."""
    detectives = [sitting.office.members[name] for name in DETECTIVES]
    loads = caseloads([each.user for each in detectives], london_date(sitting.now))
    sitting.random.shuffle(detectives)
    return min(detectives, key=lambda each: loads.get(each.user, (0, 0)))


def allocate_case(sitting: Sitting, row: Obligation) -> None:
    """Give the case to a detective, who acknowledges it where that is asked."""
    if not sitting.once("owner"):
        return
    seen = Allocation.objects.filter(case=sitting.case).count()
    owner = _least_loaded(sitting)
    given = allocations.allocate(by=sitting.by(row), at=sitting.now, case=sitting.case, owner=owner.user, seen=seen)
    if given.acknowledge_by:
        allocations.acknowledge(by=owner, at=sitting.now, case=sitting.case)


def _below_pip2(office: Office, life: Life, person: Person, row: Row) -> None:
    seen = Allocation.objects.filter(case=life.case).count()
    allocations.record_happened_without(
        by=office.members["allocation"], at=office.clock.now(), case=person.case, seen=seen, reason=row["words"],
        owner=office.members[row.get("by", "trainee")].user,
    )  # fmt: skip


register_demo_part(
    DemoPart("allocation", work=DemoWork(closes={"allocate_pip2_owner": allocate_case}, events={"below_pip2": _below_pip2}))
)
