"""Checking texts before they leave."""

from django.apps import AppConfig


class RedactionConfig(AppConfig):
    name = "lodestar.casework.redaction"
