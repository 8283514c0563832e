"""Addresses of api."""

from django.urls import path

from lodestar.exchange.api import api, openapi

urlpatterns = [
    path("api/v1/assess", api.assess, name="api-assess"),
    path("api/v1/concerns", api.concerns, name="api-concerns"),
    path("api/v1/openapi.json", openapi.document, name="api-document"),
]
