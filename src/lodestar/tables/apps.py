"""The templates of the tables that come in, and what a force decided about the headings of its own systems."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "lodestar.tables"
