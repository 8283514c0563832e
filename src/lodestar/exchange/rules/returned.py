"""The monthly return: its counts and what each means, in one place with the schema that is published. Pure.

What the words mean is ours, since no definition of a live operation was found to be common.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from lodestar.exchange.rules.periods import Period
from lodestar.exchange.rules.small_numbers import LEAST, counts_shown, suppressed

SCHEMA = "lodestar-monthly-return"
SCHEMA_VERSION = "1.0"
COUNTS = {
    "first_reports": "Cases of people encountered in the month",
    "possible_victims": "Possible victims encountered in the month",
    "children": "Of those, treated as children",
    "nrm_sent": "National Referral Mechanism: referrals that we sent in the month",
    "dtn_sent": "Duty to Notify: notifications that we sent in the month (reports, not people)",
    "received": "Referrals by others that we received in the month to investigate",
    "reasonable_positive": "Reasonable grounds decisions of the month: positive",
    "reasonable_negative": "Reasonable grounds decisions of the month: negative",
    "conclusive_positive": "Conclusive grounds decisions of the month: positive",
    "conclusive_negative": "Conclusive grounds decisions of the month: negative",
    "crimes_recorded": "Modern slavery crimes recorded in the month",
    "live_operations": "Live operations: named operations with a case that had open tasks as the month ended",
    "owed_late": "Tasks that were late as the month ended",
}

# What a return gives up where, beside what was given out before, a small number could be worked out from it; the least first.
MORE_HIDDEN = ((), ("children",), ("children", "possible_victims"), ("children", "possible_victims", "first_reports"))


def monthly_return(
    force: str, month: Period, made_on: date, counts: Mapping[str, int], hide: Collection[str] = ()
) -> dict[str, Any]:
    """The return of a month. A number from 1 to 4 is null and named among the hidden; sealed cases are in none. `hide` are
    counts from which, beside what was given out before, a small one could be reckoned.

    Raises KeyError where a count is missing.
    """
    shown = counts_shown({name: counts[name] for name in COUNTS}) | dict.fromkeys(hide)
    return {
        "schema": SCHEMA,
        "version": SCHEMA_VERSION,
        "force": force,
        "month": month.name,
        "made_on": made_on.isoformat(),
        "due_on": month.return_due.isoformat(),
        "late": made_on > month.return_due,
        "least_shown": LEAST,
        "counts": shown,
        "hidden": sorted(name for name, number in shown.items() if number is None),
    }


def aggregate(force: str, quarter: Period, made_on: date, rows: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """The table for partners of a quarter: possible victims by kind of exploitation and age, small numbers hidden."""
    columns = ("adult", "child", "not_known")
    shown = suppressed([[row.get(column, 0) for column in columns] for row in rows.values()])
    return {
        "force": force,
        "quarter": quarter.name,
        "made_on": made_on.isoformat(),
        "least_shown": LEAST,
        "columns": list(columns),
        "rows": [
            {"kind": kind, "counts": list(cells), "sum": end}
            for kind, cells, end in zip(rows, shown.cells, shown.rows, strict=True)
        ],
        "sums": list(shown.columns),
        "total": shown.total,
    }
