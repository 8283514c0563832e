"""Quarterly deep dives: samples, reviews, findings."""

from django.apps import AppConfig


class DeepDivesConfig(AppConfig):
    name = "lodestar.oversight.deep_dives"

    def ready(self) -> None:
        from lodestar.oversight.deep_dives import actions
        from lodestar.oversight.deep_dives.presenters import DUE
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        register_kind(actions.GIVEN, "You were given cases of a deep dive to review", "/deep-dives/{subject}")
        register_kind(actions.RESULT, "A case that is yours was reviewed in a deep dive", "/deep-dives/{subject}/result")
        register_kind(actions.DISPUTED, "An answer of a deep dive is disputed", "/deep-dives/disputes/{subject}")
        register_kind(actions.SETTLED, "A dispute of yours was settled", "/deep-dives/{subject}/result")
        register_kind(actions.FOUND, "You were given an action from a deep dive", "/deep-dives/findings/{subject}")
        register_kind(actions.UNGIVEN, "A case of a deep dive has no reviewer", "/deep-dives/{subject}")
        register_due_items(DUE)
