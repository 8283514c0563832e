"""Exhibits and who had them, and the accounts that a person gave."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "lodestar.casework.evidence"
