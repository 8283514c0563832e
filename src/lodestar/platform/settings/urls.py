"""Addresses of settings."""

from django.urls import path

from lodestar.platform.settings import views

urlpatterns = [
    path("rules/settings", views.settings, name="settings"),
    path("rules/settings/file", views.settings_file, name="settings-file"),
    path("rules/settings/file/take", views.settings_file_take, name="settings-file-take"),
    path("rules/settings/file/save", views.settings_file_save, name="settings-file-save"),
    path("rules/settings/<str:key>", views.setting, name="setting"),
    path("rules/settings/<str:key>/propose", views.propose, name="setting-propose"),
    path("rules/settings/changes/<uuid:change_id>", views.change, name="setting-change"),
]
