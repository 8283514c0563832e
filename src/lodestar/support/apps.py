"""Support: needs, offers, and what is ready before help ends."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "lodestar.support"
