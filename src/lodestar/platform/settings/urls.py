"""Addresses of settings."""

from django.urls import path

from lodestar.platform.settings import views

urlpatterns = [
    path("rules/settings", views.settings, name="settings"),
    path("rules/settings/<str:key>", views.setting, name="setting"),
    path("rules/settings/<str:key>/propose", views.propose, name="setting-propose"),
    path("rules/settings/changes/<uuid:change_id>", views.change, name="setting-change"),
]
