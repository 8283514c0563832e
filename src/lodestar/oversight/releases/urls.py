"""Addresses of releases."""

from django.urls import path

from lodestar.oversight.releases import views

urlpatterns = [
    path("exports", views.exports, name="exports"),
    path("exports/numbers", views.release_new, name="exports-numbers"),
    path("exports/numbers/<uuid:release_id>", views.release, name="release"),
]
