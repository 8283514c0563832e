"""Gaps in victims' support for the local policing body: fixed tables of a quarter, questions and answers."""

from django.apps import AppConfig


class CommissioningConfig(AppConfig):
    name = "lodestar.partnership.commissioning"

    def ready(self) -> None:
        from lodestar.partnership.commissioning.presenters import DUE, QUARTER_DUE
        from lodestar.platform.notices.due_items import register_due_items

        register_due_items(DUE, QUARTER_DUE)
