"""Addresses of needs."""

from django.urls import path

from lodestar.casework.needs import views

urlpatterns = [
    path("people/<uuid:person_id>/needs", views.needs, name="person-needs"),
    path("people/<uuid:person_id>/needs/assess", views.assess, name="person-needs-assess"),
    path("people/<uuid:person_id>/bridge", views.bridge, name="person-bridge"),
    path("people/<uuid:person_id>/support-use", views.support_use, name="person-support-use"),
    path("unmet-needs", views.unmet, name="unmet-needs"),
    path("unmet-needs/<uuid:need_id>", views.need, name="unmet-need"),
]
