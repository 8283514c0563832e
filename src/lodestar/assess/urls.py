"""Addresses of asking the rules."""

from django.urls import path

from lodestar.assess import api

urlpatterns = [
    path("api/v1/assess", api.assess, name="api-assess"),
]
