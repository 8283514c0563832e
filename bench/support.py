"""`bench/support [SERVICES] [TRIES]`: who can take one person tonight, of SERVICES services (2,000), TRIES times (30): with the
one query, the rules, the reasons and the JSON. Every service differs in place, hours, languages and whom it takes; most
can take the person, which is the slowest case. At most 100 ms for one person. The load of the machine is printed beside it."""

import json
import sys
import time
from datetime import UTC, datetime
from random import Random

from bench.scenery import as_owner, load, processor_ms, set_up, spread, tidy

BUDGET = 100.0  # ms
FORCE = """
from lodestar.demo.force import SLUG, make_colleagues
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within
Tenant.objects.create(slug=SLUG, name="Fenmarch Police", reference_prefix="FM", made_by_demo=True)
with within(SLUG):
    make_colleagues("bench-bench-bench")
"""
AT = datetime(2026, 12, 28, 2, 30, tzinfo=UTC)  # a bank holiday
QUESTION = {
    "at": AT.isoformat(), "near": {"lat": 52.6, "lon": 1.3},
    "not_near": [{"lat": 52.6, "lon": 1.3, "km": 10}, {"lat": 53.0, "lon": 1.0, "km": 5}],
    "person": {"age": 24, "sex": "female", "languages": ["vi"], "dependants": [{"age": 0, "sex": "male"}], "recourse": False,
               "nrm": "declined", "mobility": [], "refuses": ["service 7"]},
}  # fmt: skip


def main(number: int, tries: int) -> None:
    from django.db import connection

    from lodestar.casework.services.actions import import_services
    from lodestar.casework.services.queries import tonight
    from lodestar.casework.services.rules.records import ServiceFile
    from lodestar.casework.services.rules.tonight import as_json, read_question
    from lodestar.platform.accounts.permissions import Permission
    from lodestar.platform.accounts.queries import member_named
    from lodestar.platform.tenancy.tenant_transaction import within

    as_owner(FORCE)
    print(load())
    by, random = member_named("coordinator", "fenmarch", Permission.SERVICES_EDIT), Random(26)
    records = [a_record(place, random) for place in range(number)]
    with within(by.tenant):
        began = time.perf_counter()
        import_services(by=by, at=datetime.now(UTC), file=ServiceFile(records), applies=True)
        print(f"{number} services imported in {time.perf_counter() - began:.1f} s, {len(json.dumps(records)) // 1000} kB of JSON")
    tidy("services_service")
    took, used, statements = list[float](), list[float](), list[str]()
    answer = ""
    with within(by.tenant):
        for _ in range(tries + 3):
            with connection.execute_wrapper(lambda execute, sql, *rest: (statements.append(sql), execute(sql, *rest))[1]):
                began, before = time.perf_counter(), processor_ms()
                found = tonight(read_question(QUESTION))
                answer = json.dumps(as_json(found))
                took.append((time.perf_counter() - began) * 1000)
                used.append(processor_ms() - before)
    asked = len(statements) // len(took)
    print(f"{len(found.places)} places, {len(found.near_misses)} near misses, {len(answer) // 1000} kB, {asked} query for each")
    print(f"by the clock: {spread(took[3:])}")
    print(f"of a processor: {spread(used[3:])} (budget {BUDGET:.0f} ms)")
    print(load())


def a_record(place: int, random: Random) -> dict[str, object]:
    """A service like those of a large force's neighbourhood."""
    terms = ["need:accommodation", "sex:female", f"bank_holidays:{random.choice(['open', 'closed'])}", "dependants:yes"]
    terms += ["sex:male"] * (place % 3 == 0) + ["recourse:required"] * (place % 9 == 0) + ["nrm:positive"] * (place % 11 == 0)
    opens = f"{random.randint(0, 23):02d}:{random.choice(['00', '15', '30'])}"
    days = ",".join(random.sample(["MO", "TU", "WE", "TH", "FR", "SA", "SU"], 6))
    location = {"latitude": 51 + 3 * random.random(), "longitude": 3 * random.random(), "name": "Marlsea"}
    return {
        "id": f"service {place}", "name": f"Service {place}", "status": "active", "minimum_age": random.choice([16, 18]),
        "assured_date": f"2026-{random.randint(6, 11):02d}-11",
        "organization": {"id": f"o{place % 300}", "name": f"Trust {place % 300}"},
        "languages": [{"code": "vi"}, {"code": random.choice(["sq", "ro", "pl"])}],
        "schedules": [{"freq": "WEEKLY", "byday": days, "opens_at": opens, "closes_at": opens}],
        "capacities": [{"unit": {"name": "places"}, "available": place % 5, "updated": "2026-12-28T01:00:00Z"}],
        "service_at_locations": [{"location": location}],
        "attributes": [{"taxonomy_term": {"taxonomy": "lodestar", "term": term}} for term in terms],
    }  # fmt: skip


if __name__ == "__main__":
    set_up()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, int(sys.argv[2]) if len(sys.argv) > 2 else 30)
