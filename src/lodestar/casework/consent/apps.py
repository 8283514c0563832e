"""The talk about referral, and the leaflet."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "lodestar.casework.consent"

    def ready(self) -> None:
        """Adds its part to the one file of a force's settings."""
        from lodestar.casework.consent.actions import read_leaflets_in
        from lodestar.casework.consent.queries import translations_as_file
        from lodestar.platform.accounts.permissions import Permission
        from lodestar.platform.settings.settings_file import Part, add_part

        add_part(Part("leaflets", "Leaflets", Permission.LEAFLET_FILE, translations_as_file, read_leaflets_in))
