"""Who signs in, what they may do, and every request on its way to a page."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lodestar.platform.accounts"
