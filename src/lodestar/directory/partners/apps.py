"""Other bodies, their contacts, powers and agreements."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "lodestar.directory.partners"
