"""What becomes known of a case and its people after the first hour, and what happened since."""

from django.apps import AppConfig


class CaseFactsConfig(AppConfig):
    name = "lodestar.casework.case_facts"

    def ready(self) -> None:
        from lodestar.casework.case_facts.queries import events_and_evidence
        from lodestar.casework.ledger import ledger

        ledger.register(ledger.Provider("case_facts", events_and_evidence=events_and_evidence))
