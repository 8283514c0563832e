"""`bench/proof [YEARS] [FORCES]`: every measure over the last twelve quarters, and the pack of a board, of one force with YEARS
(20) years of cases, and of as many cases as FORCES (43) such forces have, all of them one member's. At most 1 s and 5 s for each
measure, 10 s and 60 s for a pack. Prints the time and the statements of each at both sizes and how much it grew, with the load
of the machine."""

import sys
import time

from bench.scenery import load, multiply, seed, set_up

FORCE, DEMO_YEARS = "fenmarch", 2
ONE_S, ALL_S = 1.0, 5.0
STORED = "all of a quarter, stored"  # by the weekly job: no budget
PACK = "pack of a board"  # nothing stored but that quarter: the most that it can have to count
BUDGETS = {STORED: (float("inf"), float("inf")), PACK: (10.0, 60.0)}


def main(years: int, forces: int) -> None:
    set_up()
    print(seed(max(1, years // DEMO_YEARS)))
    first = measured(f"{years} years")
    if forces > 1:
        multiply(forces)
    second = measured(f"{forces} forces") if forces > 1 else first
    print(f"\n{'measure':30} {'s':>7} {'s of all':>9} {'growth':>7} {'statements':>11}")
    is_over = False
    for code, (one, statements) in first.items():
        other, _ = second[code]
        most, most_of_all = BUDGETS.get(code, (ONE_S, ALL_S))
        is_late = one > most or other > most_of_all
        is_over = is_over or is_late
        print(f"{code:30} {one:7.3f} {other:9.3f} {other / one:7.1f} {statements:11}{'  OVER' if is_late else ''}")
    slowest, of_all = (max(took for code, (took, _) in values.items() if code not in BUDGETS) for values in (first, second))
    print(f"slowest {slowest:.2f} s ({ONE_S:.0f}), {of_all:.2f} s of {forces} forces ({ALL_S:.0f}); {load()}")
    print(f"{PACK} {first[PACK][0]:.2f} s ({BUDGETS[PACK][0]:.0f}), {second[PACK][0]:.2f} s of {forces} forces (60)")
    sys.exit(is_over)


def measured(size: str) -> dict[str, tuple[float, int]]:
    """Of each measure, what twelve quarters of it take, and in how many statements; at last storing all of the last quarter."""
    from django.utils import timezone

    from lodestar.casework.cases.models import Case
    from lodestar.oversight.boards.models import Board
    from lodestar.oversight.boards.queries.pack import pack_document
    from lodestar.oversight.measures.access import whole_force
    from lodestar.oversight.measures.actions import store_values
    from lodestar.oversight.measures.queries.values import values_of
    from lodestar.oversight.measures.rules.values import measures_on, series_to
    from lodestar.platform.tenancy.tenant_transaction import within
    from lodestar.platform.time.days import london_date

    took: dict[str, tuple[float, int]] = {}
    with within(FORCE):
        now = timezone.now()
        periods = series_to(london_date(now), 3, 12)
        print(f"{size}: {Case.objects.count():,} cases; {load()}")
        for code in measures_on(periods[-1].last):
            took[code] = timed(lambda code=code: values_of(whole_force(), periods, now, [code], is_past=False))
        took[STORED] = timed(lambda: store_values(by=None, at=now, period=periods[-2]))
        board = Board.objects.order_by("name").first()
        took[PACK] = timed(lambda: pack_document(board, london_date(now), now))
        print(f"{PACK}: {took[PACK][0]:.2f} s")
    return took


def timed(work) -> tuple[float, int]:
    """How long it takes, and in how many statements."""
    from django.db import connection

    asked = [0]

    def counted(execute, sql, params, many, context):
        asked[0] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        began = time.perf_counter()
        work()
        return time.perf_counter() - began, asked[0]


if __name__ == "__main__":
    main(*(int(word) for word in [*sys.argv[1:], *("20", "43")[len(sys.argv) - 1 :]]))
