"""Imports of other systems' tables, and the recording screens."""

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "lodestar.journeys"
