"""The look of every page: layout, components, forms."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "lodestar.design"
