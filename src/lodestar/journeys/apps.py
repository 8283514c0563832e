"""What writes in two or more apps."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "lodestar.journeys"
