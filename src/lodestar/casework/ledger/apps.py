"""What is owed in each case, calculated from its facts and stored so that it can be listed."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "lodestar.casework.ledger"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.platform.obligations.happened_without import owed_looks
        from lodestar.platform.settings.actions import after_each_approval

        ledger.register(ledger.Provider("cases", owed=owed_looks))
        after_each_approval(ledger.recalculate_later_cases)
