"""Forces side by side, and the wall between them."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "lodestar.platform.tenancy"
