"""`bench/figure [CASES] [LOOKS]`: the figure over CASES cases (10,000), its lists and its file, one page after another.

Prints for each page its answer times, statements and bytes, with the load of the machine. Budgets: 300 ms for a quarter at the
95th of a hundred, 20 statements, 30 kB. All cases of many years take longer, as does an instant long past.
"""

import sys
import time
from datetime import timedelta

from bench.journeys import session_of
from bench.scenery import load, prepare_pages, processor_ms, seed, set_up, spread

CONCERNS_EACH = 80  # about how many cases the demo force has, each time over
DAY = "%Y-%m-%d"


def main(cases: int, looks: int) -> None:
    set_up()
    prepare_pages()
    print(seed(-(-cases // CONCERNS_EACH)))
    measure(looks)


def measure(looks: int) -> None:
    """Every page of the figure, through the whole of Django, without a network."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("coordinator")
    for name, address in addresses():
        client.get(address)  # a template is compiled once by each process: not what is measured
        asked = [0]

        def counted(execute, sql, params, many, context):
            asked[0] += 1  # noqa: B023 - read in this turn of the loop
            return execute(sql, params, many, context)

        took, worked = [], processor_ms()
        for _ in range(looks):
            with connection.execute_wrapper(counted):
                began = time.perf_counter()
                page = client.get(address)
                took.append((time.perf_counter() - began) * 1000)
            assert page.status_code == 200, address
            statements, asked[0] = asked[0], 0
        worked = (processor_ms() - worked) / looks
        print(f"{name:44} {spread(took)}, {worked:.0f} ms of a processor, {statements} statements, {len(page.content)} bytes")
    print(load())


def addresses() -> list[tuple[str, str]]:
    """What is opened, by name: over all there is, and over the quarter with which the page begins."""
    from django.db.models import Count, Max, Min
    from django.utils import timezone

    from lodestar.casework.cases.models import Case, Person
    from lodestar.casework.ledger.models import Obligation
    from lodestar.platform.tenancy.tenant_transaction import within

    with within("fenmarch"):
        told = Case.objects.aggregate(Count("id"), Min("encountered_at"), Max("encountered_at"), Max("recorded_at"))
        people, owed = Person.objects.count(), Obligation.objects.count()
    print(f"{told['id__count']} cases, {people} people, {owed} lines of the ledger; {load()}")
    first, last = told["encountered_at__min"], told["encountered_at__max"] + timedelta(days=1)
    whole = f"first={first:{DAY}}&last={last:{DAY}}"
    now = f"{whole}&at={timezone.now():%Y%m%dT%H%M%S%fZ}"
    past = f"{whole}&at={told['recorded_at__max'] - timedelta(days=1):%Y%m%dT%H%M%S%fZ}"
    return [
        ("the figure of the last quarter", "/figures"),
        ("the figure of all cases", f"/figures?{whole}"),
        ("a list of failing 1, of all cases", f"/figures/missed-signs/cannot-tell?{now}"),
        ("a list of failing 2, of all cases", f"/figures/no-immediate-safety/happened?{now}"),
        ("a list of failing 6, of all cases", f"/figures/not-trained/cannot-tell?{now}"),
        ("all measures of the last quarter beside the year before", "/measures"),
        ("all cases, as of the day before the last", f"/figures?{past}"),
    ]


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:], *("10000", "20")[len(sys.argv) - 1 :]]))
