"""Support: needs, offers, and what is ready before help ends."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "lodestar.casework.support"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.support import queries, rules

        ledger.register(ledger.Provider("support", owed=rules.owed, evidence=queries.evidence))
