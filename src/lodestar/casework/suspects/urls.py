"""Addresses of suspects and releases. An id is in them, never a name."""

from django.urls import path

from lodestar.casework.suspects import views

urlpatterns = [
    path("cases/<str:reference>/suspects", views.case_suspects, name="case-suspects"),
    path("suspects/<uuid:suspect_id>", views.suspect, name="suspect"),
    path("releases/<uuid:suspect_release_id>", views.release, name="suspect-release"),
]
