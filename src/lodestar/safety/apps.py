"""The first hour: danger, care, a place to sleep, who was told."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "lodestar.safety"
