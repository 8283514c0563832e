"""`bench/register [SCALE] [TIMES] [LOOKS]`: the coordinator's register of referrals at two sizes, one page after another.

SCALE is how many times the demo's concerns there are first, TIMES how many times larger it becomes, LOOKS how often each page is
opened. Prints for each page its answer times, queries and bytes. Budgets: 15 queries, 30 kB, and at most 1.3 times slower
for TIMES the rows. `./lodestar bench register 6 12 20` begins with some 2,000 referrals and ends with more than 20,000.
"""

import re
import sys
import time
from html import unescape

from bench.journeys import session_of
from bench.scenery import load, multiply, prepare_pages, seed, set_up, spread

NEXT = " next"  # the page after the first, as its link leads there
PAGES = (
    "/referrals", "/referrals next", "/referrals?kind=received", "/referrals?show=late", "/referrals?show=late next",
    "/referrals?show=returned", "/referrals?show=waiting", "/referrals?show=rg_negative", "/referrals?show=withdrawn",
    "/referrals?team=Marlsea", "/referrals?team=Marlsea&show=late", "/referrals?team=Marlsea&show=withdrawn",
    "/referrals?kind=received&show=late", "/referrals?kind=received&show=returned", "/referrals/reconciled",
    "/referrals/reconciled next",
    "/referrals/reconciled?show=no_referral", "/referrals/reconciled?show=no_referral next",
    "/referrals/reconciled?show=settled", "/referrals/reconciled?show=settled next", "/referrals/letters",
)  # fmt: skip


def main(scale: int, times: int, looks: int) -> None:
    set_up()
    prepare_pages()
    print(seed(scale))
    first = measure(looks)
    multiply(times)
    second = measure(looks)
    print(f"\n{'page':46} {'p95 first':>10} {'p95 second':>11} {'ratio':>6}")
    for path in (path for path in PAGES if path in first):
        print(f"{path:46} {first[path]:7.1f} ms {second[path]:8.1f} ms {second[path] / first[path]:6.2f}")


def measure(looks: int) -> dict[str, float]:
    """The 95th of a hundred of each page, each page asked for in turn through the whole of Django, without a network."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from lodestar.casework.referrals.models import Pairing, ReferralStatus
    from lodestar.platform.tenancy.tenant_transaction import within

    with within("fenmarch"):
        paired = Pairing.objects.count()
        print(f"\n{ReferralStatus.objects.count()} referrals, {paired} people with a referral or a crime; {load()}")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("coordinator")
    found = {}
    for path in PAGES:
        address = path.removesuffix(NEXT)
        if path.endswith(NEXT):
            address = _next(address, client.get(address).content.decode())
        if not address:
            continue
        client.get(address)  # a template is compiled once by each process: not what is measured
        asked = [0]

        def counted(execute, sql, params, many, context):
            asked[0] += 1  # noqa: B023 - read in this turn of the loop
            return execute(sql, params, many, context)

        took = []
        for _ in range(looks):
            with connection.execute_wrapper(counted):
                began = time.perf_counter()
                page = client.get(address)
                took.append((time.perf_counter() - began) * 1000)
            assert page.status_code == 200, path
            statements, asked[0] = asked[0], 0
        found[path] = sorted(took)[int(len(took) * 0.95)]
        print(f"{path:46} {spread(took)}, {statements} statements, {len(page.content)} bytes")
    return found


def _next(address: str, html: str) -> str:
    """Where the link to the next page leads; empty where there is none yet."""
    led = re.search(r'href="([^"]*after=[^"]+)"', html)
    if led is None:
        return ""
    href = unescape(led[1])
    return address.partition("?")[0] + href if href.startswith("?") else href


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:], *("10", "10", "40")[len(sys.argv) - 1 :]]))
