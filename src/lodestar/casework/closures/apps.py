"""Status of a case, closing and opening again, outcomes, right to review, linked series."""

from django.apps import AppConfig


class ClosuresConfig(AppConfig):
    name = "lodestar.casework.closures"

    def ready(self) -> None:
        from lodestar.casework.closures.presenters import DUE
        from lodestar.casework.closures.queries import done_rows
        from lodestar.casework.closures.rules import DECIDED, WAITS
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        read_with_answers(done_rows)
        register_kind(WAITS, "A closing waits for your decision", "/cases/{reference}/closing")
        register_kind(DECIDED, "Your request for a closing was decided", "/cases/{reference}/closing")
        register_due_items(*DUE)
