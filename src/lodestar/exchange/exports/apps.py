"""What leaves: cases as HTCDS, packs for the force's own systems, intelligence sheets."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "lodestar.exchange.exports"

    def ready(self) -> None:
        """Adds its part to the one file of a force's settings."""
        from lodestar.exchange.exports.actions import read_order_in
        from lodestar.exchange.exports.queries import order_as_file
        from lodestar.platform.accounts.permissions import Permission
        from lodestar.platform.settings.settings_file import Part, add_part

        add_part(Part("crime_record", "Order of the crime record", Permission.PACK_ORDER_SET, order_as_file, read_order_in))
