"""Settings, addresses and commands."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "lodestar.config"
