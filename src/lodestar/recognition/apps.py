"""Concerns, signs seen, and the decision on reasonable grounds."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "lodestar.recognition"

    def ready(self) -> None:
        from lodestar.cases import ledger
        from lodestar.recognition import queries, rules

        ledger.register(
            ledger.Provider("recognition", owed=rules.owed, facts=queries.events, evidence=queries.evidence)
        )
