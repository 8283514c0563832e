"""Crimes recorded, allocation, authority, reviews."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "lodestar.investigations"

    def ready(self) -> None:
        from lodestar.cases import ledger
        from lodestar.investigations import rules
        from lodestar.investigations.queries.told import told

        ledger.register(ledger.Provider("investigations", owed=rules.owed, told=told))
