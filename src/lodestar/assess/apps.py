"""One door to the rules, without writing anything."""

from django.apps import AppConfig


class AssessConfig(AppConfig):
    name = "lodestar.assess"
