"""Addresses of the log."""

from django.urls import path

from lodestar.information_governance.access_log import views

urlpatterns = [
    path("log", views.log, name="log"),
    path("log/<uuid:search_id>", views.search_results, name="log-found"),
    path("log/<uuid:given_id>/file", views.given_file, name="log-file"),
]
