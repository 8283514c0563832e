"""Cases, the people in them, and the ledger of what is owed to each."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lodestar.cases"

    def ready(self) -> None:
        from lodestar.cases import ledger, rules
        from lodestar.cases.actions.settings import after_each_approval

        ledger.register(ledger.Provider("cases", owed=rules.owed_looks_at_addresses))
        after_each_approval(ledger.recalculate_later_cases)
