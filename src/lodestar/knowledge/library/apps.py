"""The guidance library: documents and their versions, what is found in them, and what people looked for."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "lodestar.knowledge.library"
