"""Where a person is safe, and who may see it."""

from django.apps import AppConfig


class SafeAddressesConfig(AppConfig):
    name = "lodestar.casework.safe_addresses"
