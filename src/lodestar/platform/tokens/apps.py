"""What other systems of the force ask with a token."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    name = "lodestar.platform.tokens"
