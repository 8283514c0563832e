"""`bench/gaps [NEEDS] [TRIES]`: the tables of a quarter, counted from NEEDS needs (100,000) of one force over two years, and the
page of a published quarter, TRIES times (10). At most 1 s for each. Prints the load of the machine beside it."""

import sys
import time

from bench.journeys import session_of
from bench.scenery import as_owner, load, prepare_pages, seed, set_up, spread, tidy

FORCE, BUDGET, TIMES = "fenmarch", 1000.0, 5  # ms; the demo force so many times: some 450 people
COPIES = """
from django.db import connection
from lodestar.platform.tenancy.tenant_transaction import within
with within("{force}"), connection.cursor() as cursor:
    cursor.execute("select count(*) from needs_need")
    each = {needs} // cursor.fetchone()[0]
    cursor.execute('''
        insert into needs_need (id, tenant, state, due_at, version, recorded_at, domain, level, wish, provider, stage,
            unmet_reason, since, met_at, owner_id, person_id, recorded_by_id, reason_source, reason_row, district, distance_km)
        select gen_random_uuid(), tenant, 'met', null, version, recorded_at - back, domain, level, wish, provider, stage,
            unmet_reason, since - back, since - back + interval '20 days', owner_id, person_id, recorded_by_id, reason_source,
            reason_row, district, distance_km
        from needs_need, lateral (select random() * interval '90 days' as back, generate_series(1, %s)) as copies
    ''', [each])
    cursor.execute('''
        insert into needs_needmove (id, tenant, row_id, before, after, reason, because, moved_at, recorded_at, mover_id)
        select gen_random_uuid(), tenant, id, 'unmet', 'unmet', unmet_reason, '', since, recorded_at, recorded_by_id
        from needs_need where unmet_reason <> '' and state = 'met'
    ''')
"""


def main(needs: int, tries: int) -> None:
    from django.conf import settings
    from django.test import Client

    from lodestar.casework.needs.models import Need
    from lodestar.partnership.commissioning import queries, rules
    from lodestar.partnership.commissioning.actions import tables_now
    from lodestar.platform.tenancy.tenant_transaction import within

    prepare_pages()
    print(seed(TIMES))
    as_owner(COPIES.format(force=FORCE, needs=needs))
    tidy("needs_need", "needs_needmove")
    with within(FORCE):
        quarter = rules.quarter_named(queries.publications()[0].quarter)
        print(f"{Need.objects.count():,} needs, {len(queries.gaps_of(quarter)):,} became gaps in {quarter.name}; {load()}")
        tables = [timed(lambda: tables_now(quarter)) for _ in range(tries)]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("gaps")
    client.get("/commissioning")  # a template is compiled once
    page = [timed(lambda: client.get(f"/commissioning/quarters/{quarter.name}")) for _ in range(tries)]
    print(f"tables of a quarter: {spread(tables)} (budget {BUDGET:.0f} ms)")
    print(f"page of a published quarter: {spread(page)} (budget {BUDGET:.0f} ms); {load()}")
    sys.exit(max(*tables, *page) > BUDGET)


def timed(work) -> float:
    """How many milliseconds it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    set_up()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 10)
