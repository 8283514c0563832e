"""Crimes recorded, allocation, authority, reviews."""

from django.apps import AppConfig


class InvestigationsConfig(AppConfig):
    name = "lodestar.investigations"
