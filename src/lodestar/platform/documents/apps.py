"""Documents that Lodestar makes: PDF and Word."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lodestar.platform.documents"
