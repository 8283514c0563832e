"""Emergency access, and alerts to professional standards."""

from django.apps import AppConfig


class AccessAlertsConfig(AppConfig):
    name = "lodestar.information_governance.access_alerts"

    def ready(self) -> None:
        """Has `./lodestar check` compare the clocks."""
        from lodestar.information_governance.access_alerts.presenters import OPEN_ALERTS
        from lodestar.information_governance.access_alerts.queries import check_clocks
        from lodestar.platform.notices.due_items import register_due_items
        from lodestar.platform.notices.kinds import register_kind
        from lodestar.platform.tenancy.force_checks import register_check

        register_check("clocks", check_clocks)
        register_kind("emergency_access", "Your case was opened by emergency access", "/cases/{reference}")
        register_due_items(OPEN_ALERTS)
