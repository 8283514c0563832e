"""Which detective a case is given to: the policy, who can take it and why, handing over."""

from django.apps import AppConfig


class AllocationConfig(AppConfig):
    name = "lodestar.casework.allocation"

    def ready(self) -> None:
        from lodestar.casework.allocation.presenters import KINDS
        from lodestar.casework.allocation.queries import allocation_rows, owners
        from lodestar.casework.investigations.queries import read_allocations
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        read_allocations(allocation_rows, owners)
        register_due_items(*KINDS)
        register_kind("case_handed_over", "A case was handed over to you: acknowledge it", "/cases/{reference}/acknowledge")
        register_kind("handover_late", "A handed-over case is not acknowledged yet", "/cases/{reference}")
        register_kind("case_allocated", "You have a new case", "/cases/{reference}")
