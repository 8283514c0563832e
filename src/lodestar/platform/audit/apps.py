"""The log of every act and look."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "lodestar.platform.audit"
