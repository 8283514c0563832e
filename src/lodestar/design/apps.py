"""The design system: layout, components, forms, the front end's built files."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "lodestar.design"
