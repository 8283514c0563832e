"""What leaves: cases as HTCDS, packs for the force's own systems, intelligence sheets."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "lodestar.exchange.exports"
