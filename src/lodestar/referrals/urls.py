"""Addresses of referral."""

from django.urls import path

from lodestar.referrals.views import decision, referral, route

urlpatterns = [
    path("people/<uuid:person_id>/referral", referral.referral, name="person-referral"),
    path("referrals/<uuid:referral_id>/decision", decision.decision, name="referral-decision"),
    path("people/<uuid:person_id>/route", route.route, name="person-route"),
]
