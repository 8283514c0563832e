"""Concerns, signs seen, and the decision on reasonable grounds."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "lodestar.recognition"
