"""Needs and wishes of a person, assessed; who may see support records."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    name = "lodestar.casework.needs"

    def ready(self) -> None:
        from lodestar.casework.ledger.queries.obligations import read_with_answers
        from lodestar.casework.needs.queries import done_rows
        from lodestar.platform.notices.kinds import register_kind

        read_with_answers(done_rows)
        register_kind("support_used", "Support records were opened for another purpose", "/people/{person}/needs")
