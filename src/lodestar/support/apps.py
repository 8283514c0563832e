"""Support: needs, offers, and what is ready before help ends."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "lodestar.support"

    def ready(self) -> None:
        from lodestar.cases import ledger
        from lodestar.support import queries, rules

        ledger.register(ledger.Provider("support", owed=rules.owed, evidence=queries.evidence))
