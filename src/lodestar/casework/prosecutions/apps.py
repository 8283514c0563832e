"""Early advice, conferences and replies of the CPS, and the summary for it."""

from django.apps import AppConfig


class ProsecutionsConfig(AppConfig):
    name = "lodestar.casework.prosecutions"

    def ready(self) -> None:
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.casework.prosecutions.presenters import DUE
        from lodestar.casework.prosecutions.queries import done_rows
        from lodestar.platform.notices.due_items import register_due_items

        read_with_answers(done_rows)
        register_due_items(DUE)
