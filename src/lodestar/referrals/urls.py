"""Addresses of referral."""

from django.urls import path

from lodestar.referrals.views import route

urlpatterns = [
    path("people/<uuid:person_id>/route", route.route, name="person-route"),
]
