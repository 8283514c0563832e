"""The first hour: danger, care, a place to sleep, who was told."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "lodestar.casework.safety"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.safety import queries, rules

        ledger.register(ledger.Provider("safety", owed=rules.owed, events_and_evidence=queries.events_and_evidence))
