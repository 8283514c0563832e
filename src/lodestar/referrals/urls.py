"""Addresses of referral."""

from django.urls import path

from lodestar.referrals.views import referral, route

urlpatterns = [
    path("people/<uuid:person_id>/referral", referral.referral, name="person-referral"),
    path("people/<uuid:person_id>/route", route.route, name="person-route"),
]
