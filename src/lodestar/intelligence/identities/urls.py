"""Addresses of identities."""

from django.urls import path

from lodestar.intelligence.identities import views as identities

urlpatterns = [
    path("matches", identities.matches, name="matches"),
    path("matches/<uuid:match_id>", identities.match, name="match"),
    path("alerts", identities.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>", identities.alert, name="alert"),
]
