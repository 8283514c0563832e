"""The route of each person: the National Referral Mechanism or the Duty to Notify."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "lodestar.referrals"
