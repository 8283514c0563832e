"""The figure: for any period and each of the six failings, in which cases it happened, did not, or cannot be told."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "lodestar.analysis"
