"""Reports, their recommendations, what became of each, and the clock of section 55 of the Police Act 1996."""

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "lodestar.oversight.recommendations"

    def ready(self) -> None:
        from lodestar.oversight.recommendations import actions, presenters
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind

        register_kind(actions.GIVEN, "You were given a recommendation", "/recommendations/{subject}")
        register_kind(actions.CLAIMED, "A recommendation is claimed complete: verify it", "/recommendations/{subject}")
        register_kind(actions.NEXT, "The next step of an answer to a report is yours", "/recommendations/reports/{subject}")
        register_due_items(*presenters.DUE)
