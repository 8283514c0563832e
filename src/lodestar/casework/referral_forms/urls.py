"""Addresses of referral forms."""

from django.urls import path

from lodestar.casework.referral_forms import views

urlpatterns = [path("people/<uuid:person_id>/route", views.route, name="person-route")]
