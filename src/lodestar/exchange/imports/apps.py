"""First reports, earlier records, cases and references that come in as files."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "lodestar.exchange.imports"
