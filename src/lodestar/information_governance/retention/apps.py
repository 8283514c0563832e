"""Retention, erasure and subject requests."""

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "lodestar.information_governance.retention"
