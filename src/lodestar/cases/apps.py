"""Cases, the people in them, and the ledger of what is owed to each."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "lodestar.cases"
