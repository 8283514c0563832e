"""The interface for other systems of the force."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "lodestar.exchange.api"
