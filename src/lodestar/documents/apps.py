"""Documents that leave Lodestar as files: packs, letters, reports."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lodestar.documents"
