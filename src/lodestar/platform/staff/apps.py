"""Who works for the force: asking that people are added, changed, moved, locked and ended, what fulfils it, and leave."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "lodestar.platform.staff"
