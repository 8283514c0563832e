"""Exchange: what goes out to partners and comes in from them."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "lodestar.exchange"
