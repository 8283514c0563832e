"""The strategic development plan: items by 4P and domain, milestones, status by rule, as at any date."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "lodestar.oversight.plan"

    def ready(self) -> None:
        from lodestar.oversight.plan.actions import GIVEN
        from lodestar.oversight.plan.presenters import DUE
        from lodestar.oversight.plan.queries import EVIDENCE
        from lodestar.oversight.requirements.evidence import register_kind as register_evidence
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        register_evidence(EVIDENCE)
        register_kind(GIVEN, "You were given an item of the plan", "/plan/{subject}")
        register_due_items(DUE)
