"""Referrals."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "lodestar.casework.referrals"
