"""Addresses of consent."""

from django.urls import path

from lodestar.casework.consent import views

urlpatterns = [
    path("people/<uuid:person_id>/consent", views.consent, name="person-consent"),
    path("cases/<str:reference>/children", views.children, name="case-children"),
    path("leaflets", views.leaflets, name="leaflets"),
    path("leaflets/<str:language>", views.leaflet, name="leaflet"),
    path("leaflets/<str:language>/file", views.file_leaflet, name="leaflet-file"),
]
