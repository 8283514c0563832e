"""Addresses of identities."""

from django.urls import path

from lodestar.intelligence.identities import views

urlpatterns = [
    path("matches", views.matches, name="matches"),
    path("matches/<uuid:match_id>", views.match, name="match"),
    path("alerts", views.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>", views.alert, name="alert"),
]
