"""The log of who did what with whose record."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "lodestar.record"
