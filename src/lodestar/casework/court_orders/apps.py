"""Orders of a court: conditions, expiry, breaches."""

from django.apps import AppConfig


class CourtOrdersConfig(AppConfig):
    name = "lodestar.casework.court_orders"

    def ready(self) -> None:
        from lodestar.casework.court_orders.presenters import DUE
        from lodestar.casework.court_orders.rules import BREACHED
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        register_kind(BREACHED, "An order that is yours was breached", "/orders/{subject}")
        register_due_items(DUE)
