"""Figures given out: to partners, in the monthly return, and the register of what was given."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "lodestar.oversight.releases"
