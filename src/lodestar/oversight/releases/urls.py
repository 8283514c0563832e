"""Addresses of releases."""

from django.urls import path

from lodestar.oversight.releases import views as releases

urlpatterns = [
    path("exports", releases.exports, name="exports"),
    path("exports/numbers", releases.release_new, name="exports-numbers"),
    path("exports/numbers/<uuid:release_id>", releases.release, name="release"),
]
