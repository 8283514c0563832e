"""Keeping and letting go: reviews of what is held about people, legal holds, disposal."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "lodestar.keeping"
