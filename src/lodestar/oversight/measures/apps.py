"""For any period and each of the six failings: in which cases it happened."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "lodestar.oversight.measures"
