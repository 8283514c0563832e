"""Referrals: drafts, and what was sent to the Home Office."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "lodestar.casework.referrals"
