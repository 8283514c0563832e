"""`./lodestar figure --from DAY --to DAY --as USER --why WHY [--known DAY] [--json]`: the six failings, for the police alone,
small numbers as they are. What leaves policing is `export figure`."""

import json

from lodestar.oversight.measures.access import Scope
from lodestar.oversight.measures.management.asked_command import AskedCommand
from lodestar.oversight.measures.presenters.asked import Asked, counted_words
from lodestar.oversight.measures.presenters.figure import figure_csv, figure_rows
from lodestar.oversight.measures.queries.figure import Figure
from lodestar.oversight.measures.queries.open_items import figure_context


class Command(AskedCommand):
    """The figure as CSV or JSON."""

    help = "The six failings over a period: could have happened, happened, did not, cannot tell."

    def answer(self, scope: Scope, asked: Asked, *, as_json: bool) -> str:
        """Its rows, and what stands beside them."""
        figure = Figure(scope, asked.period, asked.at, is_past=asked.is_past)
        open_items, counted = figure_context(scope, asked.period, asked.at), counted_words(scope)
        if as_json:
            return json.dumps(figure_rows(figure, open_items, counted), ensure_ascii=False, indent=1) + "\n"
        return figure_csv(figure, open_items, counted).decode().removeprefix("\ufeff")
