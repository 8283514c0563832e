"""The person's own plan, options at the talk, interpreters and feedback."""

from django.apps import AppConfig


class PersonPlansConfig(AppConfig):
    name = "lodestar.casework.person_plans"

    def ready(self) -> None:
        from lodestar.casework.consent.actions import register_blocked
        from lodestar.casework.consent.queries import register_options
        from lodestar.casework.person_plans.queries import is_blocked, options_of

        register_blocked(is_blocked)
        register_options(options_of)
