"""Dated lists, each with its source."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "lodestar.reference"
