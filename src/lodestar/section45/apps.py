"""The section 45 defence of the Modern Slavery Act 2015."""

from django.apps import AppConfig


class Section45Config(AppConfig):
    name = "lodestar.section45"
