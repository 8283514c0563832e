"""`bench/register [SCALE] [TIMES] [LOOKS]`: the coordinator's register of referrals at two sizes, one page after another.

SCALE is how many times 300 concerns there are first, TIMES how many times larger it becomes, LOOKS how often each page is
opened. Prints for each page its answer times, queries and bytes. Budgets: 15 queries, 30 kB, and at most 1.3 times slower
for TIMES the rows.
"""

import sys
import time

from bench.journeys import session_of
from bench.scenery import load, multiply, prepare_pages, seed, set_up, spread

PAGES = (
    "/referrals", "/referrals?kind=received", "/referrals?show=late", "/referrals?show=returned", "/referrals?show=waiting",
    "/referrals?show=rg_negative", "/referrals?show=withdrawn", "/referrals?unit={unit}",
)  # fmt: skip


def main(scale: int, times: int, looks: int) -> None:
    set_up()
    prepare_pages()
    print(seed(scale))
    first = measure(looks)
    multiply(times)
    second = measure(looks)
    print(f"\n{'page':38} {'p95 first':>10} {'p95 second':>11} {'ratio':>6}")
    for path in PAGES:
        print(f"{path:38} {first[path]:7.1f} ms {second[path]:8.1f} ms {second[path] / first[path]:6.2f}")


def measure(looks: int) -> dict[str, float]:
    """The 95th of a hundred of each page, each page asked for in turn through the whole of Django, without a network."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from lodestar.accounts.models import Unit
    from lodestar.referrals.models import ReferralNow
    from lodestar.tenancy.within import within

    with within("fenmarch"):
        print(f"\n{ReferralNow.objects.count()} referrals; {load()}")
        unit = Unit.objects.get(name="Marlsea response")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("coordinator")
    found = {}
    for path in PAGES:
        asked = [0]

        def counted(execute, sql, params, many, context):
            asked[0] += 1  # noqa: B023 - read in this turn of the loop
            return execute(sql, params, many, context)

        took = []
        for _ in range(looks):
            with connection.execute_wrapper(counted):
                began = time.perf_counter()
                page = client.get(path.format(unit=unit.id))
                took.append((time.perf_counter() - began) * 1000)
            assert page.status_code == 200, path
            statements, asked[0] = asked[0], 0
        found[path] = sorted(took)[int(len(took) * 0.95)]
        print(f"{path:38} {spread(took)}, {statements} statements, {len(page.content)} bytes")
    return found


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:], *("10", "10", "40")[len(sys.argv) - 1 :]]))
