"""Telling somebody outside: Immigration Enforcement, a safe address, a use outside a purpose."""

from django.apps import AppConfig


class DisclosuresConfig(AppConfig):
    name = "lodestar.casework.disclosures"

    def ready(self) -> None:
        from lodestar.casework.disclosures.queries import events_and_evidence
        from lodestar.casework.ledger import ledger

        ledger.register(ledger.Provider("disclosures", events_and_evidence=events_and_evidence))
