"""Suspects of a case, their bail and custody, and their release as a safety event."""

from django.apps import AppConfig


class SuspectsConfig(AppConfig):
    name = "lodestar.casework.suspects"

    def ready(self) -> None:
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.casework.suspects.presenters import DUE_KINDS
        from lodestar.casework.suspects.queries import done_rows
        from lodestar.casework.suspects.rules import PLANNED
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        read_with_answers(done_rows)
        register_due_items(*DUE_KINDS)
        register_kind(PLANNED, "A suspect is released or will be: inform the victims", "/releases/{subject}")
