"""Addresses of places and organisations."""

from django.urls import path

from lodestar.directory.entities import views

urlpatterns = [
    path("entities", views.entities, name="entities"),
    path("entities/<str:entity_kind>/new", views.entity_form, name="entity-new"),
    path("entities/<str:entity_kind>/<uuid:entity_id>", views.entity, name="entity"),
    path("entities/<str:entity_kind>/<uuid:entity_id>/edit", views.entity_form, name="entity-edit"),
]
