"""A force's own numbers to ring, and settings read from one file."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "lodestar.directory.contacts"

    def ready(self) -> None:
        """Contacts are a part of the one file of a force's settings, and `./lodestar check` looks at them."""
        from lodestar.directory.contacts.contact_files import PART
        from lodestar.directory.contacts.queries import check_contacts
        from lodestar.platform.settings.settings_file import add_part
        from lodestar.platform.tenancy.force_checks import register_check

        add_part(PART)
        register_check("contacts", check_contacts)
