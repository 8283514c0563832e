"""Requirements: what the force must be able to do, from which source, and the evidence for each."""

from django.apps import AppConfig


class RequirementsConfig(AppConfig):
    name = "lodestar.oversight.requirements"

    def ready(self) -> None:
        from lodestar.oversight.requirements.evidence import register_kind
        from lodestar.oversight.requirements.queries.kinds import OF_LOWER_APPS

        register_kind(*OF_LOWER_APPS)
