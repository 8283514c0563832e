"""Addresses of custody."""

from django.urls import path

from lodestar.casework.custody import views

urlpatterns = [
    path("custody", views.desk, name="custody"),
    path("people/<uuid:person_id>/custody", views.person_custody, name="person-custody"),
]
