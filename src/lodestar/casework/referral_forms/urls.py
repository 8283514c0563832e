"""Addresses of referral forms."""

from django.urls import path

from lodestar.casework.referral_forms import views as routes

urlpatterns = [
    path("people/<uuid:person_id>/route", routes.route, name="person-route"),
]
