"""Services that help, and who can take a person tonight."""

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "lodestar.casework.services"
