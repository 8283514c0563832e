"""The rules applied to an encounter by hand, their pages, and remarks on them."""

from django.apps import AppConfig


class AssessConfig(AppConfig):
    name = "lodestar.exchange.assess"
