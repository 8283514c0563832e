"""Crimes recorded, allocation, authority, reviews."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "lodestar.investigations"

    def ready(self) -> None:
        from lodestar.cases import ledger
        from lodestar.cases.access.redaction import references_from
        from lodestar.investigations import rules
        from lodestar.investigations.queries import crime_numbers_in, events_and_evidence

        ledger.register(ledger.Provider("investigations", owed=rules.owed, events_and_evidence=events_and_evidence))
        references_from(crime_numbers_in)
