"""What one person asks and another decides: the table's base, the decision, its page and its list."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "lodestar.platform.approvals"
