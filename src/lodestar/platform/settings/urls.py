"""Addresses of settings."""

from django.urls import path

from lodestar.platform.settings import views as settings

urlpatterns = [
    path("rules/settings", settings.settings, name="settings"),
    path("rules/settings/<str:key>", settings.setting, name="setting"),
    path("rules/settings/<str:key>/propose", settings.propose, name="setting-propose"),
    path("rules/settings/changes/<uuid:change_id>", settings.change, name="setting-change"),
]
