"""Services as providers write them."""

from datetime import UTC, datetime
from typing import Any

from lodestar.casework.services.actions import import_services
from lodestar.casework.services.models import Service
from lodestar.casework.services.rules.records import ServiceFile
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.ids import new_id

NIGHT = datetime(2026, 12, 28, 2, 30, tzinfo=UTC)  # a bank holiday
TERMS = ("need:accommodation", "sex:female", "dependants:yes", "mobility:step_free", "bank_holidays:open")
DAILY = {"freq": "DAILY", "opens_at": "00:00", "closes_at": "00:00"}


def attributes(*terms: str) -> list[dict[str, Any]]:
    """Attributes of the lodestar taxonomy."""
    return [{"id": term, "taxonomy_term": {"id": term, "name": term, "taxonomy": "lodestar", "term": term}} for term in terms]


def a_record(
    own_id: str = "", terms: tuple[str, ...] = TERMS, at: tuple[float, float] = (52.6, 1.3), **given: Any
) -> dict[str, Any]:
    """A record of which everything is known; a None leaves a key out."""
    record = {
        "id": own_id or str(new_id()), "name": "Harbour house", "status": "active", "minimum_age": 18, "maximum_age": 99,
        "assured_date": "2026-12-01", "languages": [{"id": "l1", "code": "vi"}], "schedules": [{"id": "h1", **DAILY}],
        "capacities": [{"id": "c1", "unit": {"name": "places"}, "available": 3, "updated": "2026-12-28T01:00:00+00:00"}],
        "service_at_locations": [{"id": "a1", "location": {"id": "p1", "latitude": at[0], "longitude": at[1]}}],
        "organization": {"id": "o1", "name": "Harbour Trust"}, "attributes": attributes(*terms),
    }  # fmt: skip
    return {name: value for name, value in (record | given).items() if value is not None}


def a_service(by: Member, own_id: str = "", **given: Any) -> Service:
    """A service that came in by a file."""
    record = a_record(own_id, **given)
    import_services(by=by, at=NIGHT, file=ServiceFile([record]), applies=True)
    return Service.objects.get(own_id=record["id"])
