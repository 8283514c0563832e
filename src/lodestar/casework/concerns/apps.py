"""Concerns, signs seen, and the decision on reasonable grounds."""

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "lodestar.casework.concerns"

    def ready(self) -> None:
        from lodestar.casework.concerns import queries, rules
        from lodestar.casework.ledger import ledger

        ledger.register(ledger.Provider("recognition", owed=rules.owed, events_and_evidence=queries.events_and_evidence))
