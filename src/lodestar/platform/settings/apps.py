"""What a force sets of the rules, each change agreed by two people."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "lodestar.platform.settings"
