"""Places and organisations that cases have in common."""

from django.apps import AppConfig


class EntitiesConfig(AppConfig):
    name = "lodestar.directory.entities"
