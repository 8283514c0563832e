"""Addresses of support. An id stands in them, never a name."""

from django.urls import path

from lodestar.casework.support import views

urlpatterns = [
    path("people/<uuid:person_id>/offers", views.offers, name="person-offers"),
]
