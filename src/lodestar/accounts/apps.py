"""Who may sign in, where they belong and what they may do."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "lodestar.accounts"
