"""Publishing."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "lodestar.knowledge.publishing"
