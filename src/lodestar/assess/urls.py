"""Addresses of asking the rules."""

from django.urls import path

from lodestar.assess import api, views

urlpatterns = [path("assess", views.try_rules, name="assess"), path("api/v1/assess", api.assess, name="api-assess")]
