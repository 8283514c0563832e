"""Addresses of consent."""

from django.urls import path

from lodestar.casework.consent import views as consent
from lodestar.casework.consent import views as leaflets

urlpatterns = [
    path("people/<uuid:person_id>/consent", consent.consent, name="person-consent"),
    path("leaflets", leaflets.leaflets, name="leaflets"),
    path("leaflets/<str:language>", leaflets.leaflet, name="leaflet"),
    path("leaflets/<str:language>/file", leaflets.file_leaflet, name="leaflet-file"),
]
