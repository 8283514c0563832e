"""Emergency access, and alerts to professional standards."""

from django.apps import AppConfig


class AccessAlertsConfig(AppConfig):
    name = "lodestar.information_governance.access_alerts"
