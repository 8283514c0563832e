"""How pages look, and fields of forms."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "lodestar.platform.design"
