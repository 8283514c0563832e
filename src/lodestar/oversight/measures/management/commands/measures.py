"""`./lodestar measures --from DAY --to DAY --as USER --why WHY [--known DAY] --json`: every measure of a period, for the police
alone. With `--known` what was stored by that day is answered as it was."""

import json

from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.management.asked_command import AskedCommand
from lodestar.oversight.measures.presenters.asked import Asked
from lodestar.oversight.measures.presenters.measures import as_json as json_rows
from lodestar.oversight.measures.queries.values import values_of
from lodestar.oversight.measures.rules.values import measures_on


class Command(AskedCommand):
    """The measures, which are JSON with or without `--json`."""

    help = "Every measure over a period: numerator, denominator, interval, and when it was stored."

    def answer(self, scope: Scope, asked: Asked, *, as_json: bool) -> str:
        """A list of objects, one for each measure."""
        defined = measures_on(asked.period.last)
        values = values_of(scope, [asked.period], asked.at, list(defined), is_past=asked.is_past)
        return json.dumps(json_rows(defined, values), ensure_ascii=False, indent=1) + "\n"
