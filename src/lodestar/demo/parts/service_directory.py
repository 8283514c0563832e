"""The directory of services of the demo force."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lodestar.casework.services.actions import import_services
from lodestar.casework.services.rules.records import ServiceFile, read_file
from lodestar.platform.registry.demo_parts import DemoPart, Members, register_demo_part
from lodestar.platform.settings.rules import REFUSED
from lodestar.platform.time.days import london_date

FILE = Path(__file__).parents[1] / "data" / "services.json"


def services(members: Members, at: datetime) -> None:
    """Imports the services as they are at a moment: the file says how many days before it each was assured, and how many hours
    before it its places were counted."""
    records: list[Any] = list(read_file(FILE.read_bytes()).records)
    for record in records:
        if "assured_date" in record:
            record["assured_date"] = (london_date(at) + timedelta(days=record["assured_date"])).isoformat()
        for capacity in record.get("capacities", ()):
            if "updated" in capacity:
                capacity["updated"] = (at + timedelta(hours=capacity["updated"])).isoformat()
    outcomes = import_services(by=members["coordinator"], at=at, file=ServiceFile(records), applies=True)
    if refused := [outcome for outcome in outcomes if outcome.became == REFUSED]:
        raise ValueError(refused)


register_demo_part(DemoPart("services", services, before_sign_in=True, begin=services))
