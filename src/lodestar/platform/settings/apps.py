"""What a force sets of the rules, each change agreed by two people."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "lodestar.platform.settings"

    def ready(self) -> None:
        from lodestar.platform.accounts.queries import read_settings_with
        from lodestar.platform.notices.kinds import register_kind
        from lodestar.platform.settings.queries import settings_in_force

        read_settings_with(settings_in_force)
        register_kind("setting_waits", "A change of a setting waits for you", "/rules/settings/changes/{subject}")
