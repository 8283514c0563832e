"""The shell: home and worklists, the pages that put apps together, errors."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "lodestar.web"
