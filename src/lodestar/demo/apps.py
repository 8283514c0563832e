"""The invented force."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "lodestar.demo"
