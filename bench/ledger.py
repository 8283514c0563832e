"""`bench/ledger [SCALE]`: the reckoning of one case in an action, the full check, and whether planted differences are all found.

Budgets: one case at most 20 ms of reckoning and 40 queries a POST; the full check at least 500 cases a second on one core.
"""

import sys
import time
from random import Random

from bench.scenery import load, seed, set_up, spread

ACTIONS = 60
PLANTED = 200


def main(scale: int) -> None:
    set_up()
    print(seed(scale))
    print(load())
    from lodestar.platform.tenancy.tenant_transaction import within

    one_case()
    with within("fenmarch"):
        full_check()
        planted()
    print(load())


def one_case() -> None:
    """Answers one thing owed in each of many cases, and counts what that cost."""
    from django.db import connection
    from django.utils import timezone

    from lodestar.casework.cases.models import Case
    from lodestar.casework.ledger import ledger
    from lodestar.casework.ledger.actions import answer_duty
    from lodestar.casework.ledger.models import Obligation
    from lodestar.platform.accounts.access import member_from
    from lodestar.platform.accounts.models import Membership
    from lodestar.platform.obligations.closing_records import closings, kinds_of
    from lodestar.platform.tenancy.tenant_transaction import within

    queries: list[float] = []
    took: list[float] = []
    reckoned: list[float] = []
    own: list[float] = []
    with within("fenmarch"):
        by = member_from(Membership.objects.select_related("user").get(user__username="officer"))
        now_open = Obligation.objects.filter(state="open", opens_at__lte=timezone.now())
        no_record = {code for code, closing in closings().items() if closing.kind is None and not closing.contacts}
        by_word = {code for code in no_record if "done" in kinds_of(code)}
        owed = list(now_open.filter(code__in=by_word).order_by("id")[:ACTIONS])
        cases = Case.objects.in_bulk([row.case_id for row in owed])
    for row in owed:
        count = [0]

        def counted(execute, sql, params, many, context):
            count[0] += 1  # noqa: B023 - read in this turn of the loop
            return execute(sql, params, many, context)

        with connection.execute_wrapper(counted), within("fenmarch"):
            began = time.perf_counter()
            answer_duty(by=by, at=timezone.now(), case=cases[row.case_id], obligations=[row], kind="done")
            took.append((time.perf_counter() - began) * 1000)
            began, worked = time.perf_counter(), time.process_time()
            ledger.recalculate([row.case_id], ledger.Cause(by=by.user, at=timezone.now(), code="cases.duty_answered"))
            reckoned.append((time.perf_counter() - began) * 1000)
            own.append((time.process_time() - worked) * 1000)
        queries.append(count[0])
    print("one action on one case, its reckoning in it:", spread(took))
    print("the reckoning of one case alone:", spread(reckoned), "(budget 20 ms)")
    print("  of it our own processor time:", spread(own))
    print("queries of the action and a second reckoning:", spread(queries, "queries"), "(budget 40 for the POST)")


def full_check() -> None:
    """Reckons every case afresh."""
    from lodestar.casework.cases.models import Case, Person
    from lodestar.casework.ledger import ledger
    from lodestar.casework.ledger.models import Obligation

    cases = list(Case.objects.order_by("id"))
    wall, own, found = time.perf_counter(), time.process_time(), 0
    for start in range(0, len(cases), 500):
        found += len(ledger.differences(cases[start : start + 500]))
    wall, own = time.perf_counter() - wall, time.process_time() - own
    print(
        f"full check: {len(cases)} cases, {Person.objects.count()} people, {Obligation.objects.count()} obligations,"
        f" {found} differences; {len(cases) / wall:.0f} cases a second, {len(cases) / own:.0f} a second of our own processor"
        " (budget 500)"
    )


def planted() -> None:
    """Changes stored rows behind the ledger's back, in a transaction that is taken back, and counts what is found."""
    from django.db import transaction

    from lodestar.casework.cases.models import Case
    from lodestar.casework.ledger import ledger
    from lodestar.casework.ledger.models import Obligation

    random = Random(1)
    with transaction.atomic():
        rows = random.sample(list(Obligation.objects.filter(state="closed").order_by("id")[:20_000]), PLANTED)
        for number, row in enumerate(rows):
            changes = (
                {"state": "open", "closed_at": None}, {"with_role": "nobody"}, {"rests_on": "other"},
                {"due_at": row.opens_at}, {"moment": f"planted {number}"},
            )[number % 5]  # fmt: skip
            Obligation.objects.filter(id=row.id).update(**changes)
        cases = list(Case.objects.filter(id__in={row.case_id for row in rows}))
        hit = {(found.case, found.key[0], found.key[1], found.key[2]) for found in ledger.differences(cases)}
        seen = sum((row.case_id, *ledger.key_of(row)[:3]) in hit for row in rows)
        transaction.set_rollback(True)
    print(f"planted {PLANTED} differences, found {seen}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4)
