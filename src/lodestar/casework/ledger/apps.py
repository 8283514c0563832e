"""What is owed in each case, calculated from its facts and stored so that it can be listed."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "lodestar.casework.ledger"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.ledger.access import may_see_task
        from lodestar.platform.accounts.links import register_object_access
        from lodestar.platform.notices.kinds import register_kind
        from lodestar.platform.obligations.happened_without import owed_looks
        from lodestar.platform.settings.actions import after_each_approval

        ledger.register(ledger.Provider("cases", owed=owed_looks))
        register_object_access("owed", may_see_task)
        after_each_approval(ledger.recalculate_later_cases)
        register_kind("handover_waits", "Handed over: to take from the morning list", "/morning-list")
        register_kind("handover_taken", "Your handover was taken", "/cases/{reference}")
        register_kind("reminder", "A colleague reminds you", "/cases/{reference}/owed")
        register_kind("tasks_given", "Tasks were given to you", "/cases/{reference}/owed")
        register_kind("late", "It is late and nobody has answered", "/cases/{reference}/owed")
        register_kind("late_still", "It is late and nobody has answered", "/cases/{reference}/owed")
