"""The talk about referral, and the leaflet."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "lodestar.casework.consent"
