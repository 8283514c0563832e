"""Early advice, conferences and replies of the CPS, and the summary for it."""

from django.apps import AppConfig


class ProsecutionsConfig(AppConfig):
    name = "lodestar.casework.prosecutions"

    def ready(self) -> None:
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.casework.prosecutions.queries import done_rows

        read_with_answers(done_rows)
