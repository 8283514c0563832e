"""Cases, the people in them, and the ledger of what is owed to each."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lodestar.cases"

    def ready(self) -> None:
        from lodestar.cases import ledger, rules
        from lodestar.cases.queries.disclosures import events_and_evidence

        ledger.register(ledger.Provider("cases", owed=rules.owed_looks_at_addresses))
        ledger.register(ledger.Provider("disclosures", events_and_evidence=events_and_evidence))
