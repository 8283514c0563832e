"""The route (National Referral Mechanism or Duty to Notify), the Home Office’s form, and advice on it."""

from django.apps import AppConfig


class ReferralFormsConfig(AppConfig):
    name = "lodestar.casework.referral_forms"
