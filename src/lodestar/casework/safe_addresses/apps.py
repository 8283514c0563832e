"""Where a person is safe, and who may see it."""

from django.apps import AppConfig


class SafeAddressesConfig(AppConfig):
    name = "lodestar.casework.safe_addresses"

    def ready(self) -> None:
        from lodestar.casework.ledger import ledger
        from lodestar.casework.safe_addresses.actions import contact_made
        from lodestar.casework.safe_addresses.queries import is_protected
        from lodestar.directory.entities.queries import register_protected

        ledger.register(ledger.Provider("safe_addresses", contact=contact_made))
        register_protected("safe_addresses", is_protected)
