"""What is new for somebody: notices, the page that lists them, and a digest by e-mail that only says how many there are."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "lodestar.platform.notices"
