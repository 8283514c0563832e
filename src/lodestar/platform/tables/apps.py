"""Tables that come in: reading, templates and mappings of headings."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "lodestar.platform.tables"
