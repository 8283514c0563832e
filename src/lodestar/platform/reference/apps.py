"""Dated reference lists."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "lodestar.platform.reference"
