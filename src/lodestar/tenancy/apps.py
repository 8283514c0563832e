"""The wall between forces."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "lodestar.tenancy"
