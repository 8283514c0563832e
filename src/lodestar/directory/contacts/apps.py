"""A force's own numbers to ring, and settings read from one file."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lodestar.directory.contacts"

    def ready(self) -> None:
        """Contacts are a part of the one file of a force's settings."""
        from lodestar.directory.contacts.contact_files import PART
        from lodestar.platform.settings.settings_file import add_part

        add_part(PART)
