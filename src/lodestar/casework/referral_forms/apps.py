"""Referral forms."""

from django.apps import AppConfig


class ReferralFormsConfig(AppConfig):
    name = "lodestar.casework.referral_forms"
