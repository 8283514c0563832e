"""What a victim was promised, by whom, and whether it was done."""

from django.apps import AppConfig


class ContactPromisesConfig(AppConfig):
    name = "lodestar.casework.contact_promises"

    def ready(self) -> None:
        from lodestar.casework.contact_promises.presenters import DUE_KINDS
        from lodestar.casework.contact_promises.queries import done_rows
        from lodestar.casework.contact_promises.rules import GIVEN
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        read_with_answers(done_rows)
        register_due_items(*DUE_KINDS)
        register_kind(GIVEN, "A promise to a victim is yours to do", "/promises/{subject}")
