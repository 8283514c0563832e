"""Addresses of api."""

from django.urls import path

from lodestar.exchange.api import api

urlpatterns = [
    path("api/v1/concerns", api.concerns, name="api-concerns"),
]
