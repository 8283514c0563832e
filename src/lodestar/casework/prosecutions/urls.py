"""Addresses of prosecutions."""

from django.urls import path

from lodestar.casework.prosecutions import views

urlpatterns = [
    path("cases/<str:reference>/cps", views.cps, name="case-cps"),
    path("cases/<str:reference>/cps/<slug:entry_kind>", views.entry, name="case-cps-entry"),
    path("people/<uuid:person_id>/section-45/<uuid:offence_id>/cps-summary", views.cps_summary, name="section45-cps-summary"),
    path(
        "people/<uuid:person_id>/section-45/<uuid:offence_id>/cps-summary/check", views.check, name="section45-cps-summary-check"
    ),
    path("section-45/counts", views.counts, name="section45-counts"),
]
