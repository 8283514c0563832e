"""Everybody arrested or in custody, and what the custody desk does for them."""

from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "lodestar.casework.custody"
