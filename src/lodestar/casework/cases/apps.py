"""Cases, the people in them, and who may see them."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lodestar.casework.cases"
