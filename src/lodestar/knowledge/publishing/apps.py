"""Publishing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lodestar.knowledge.publishing"

    def ready(self) -> None:
        """Drafts and pages past their review are on the first page of an editor."""
        from lodestar.knowledge.publishing.presenters import TO_KEEP
        from lodestar.platform.notices.due_items import register_due_items

        register_due_items(*TO_KEEP)
