"""Retention, erasure and subject requests."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "lodestar.information_governance.retention"

    def ready(self) -> None:
        """Breaches, requests and reviews are on the first page of who sees to them."""
        from lodestar.information_governance.retention.presenters import DUE_ITEMS
        from lodestar.platform.notices.due_items import register_due_items

        register_due_items(*DUE_ITEMS)
