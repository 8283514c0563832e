"""Addresses of exports."""

from django.urls import path

from lodestar.exchange.exports import views

urlpatterns = [
    path("exports/htcds", views.htcds, name="exports-htcds"),
    path("exports/htcds/<uuid:export_id>", views.export, name="export"),
    path("exports/htcds/<uuid:export_id>/file", views.export_file, name="export-file"),
    path("exports/crime-record-order", views.order, name="crime-pack-order"),
    path("cases/<str:reference>/out", views.case_out, name="case-out"),
    path("cases/<str:reference>/out/check", views.incident_log_check, name="case-out-check"),
    path("cases/<str:reference>/out/intelligence", views.intelligence, name="case-intelligence"),
    path("people/<uuid:person_id>/crime-record", views.crime_pack, name="person-crime-pack"),
    path("people/<uuid:person_id>/crime-record/check", views.crime_pack_check, name="person-crime-pack-check"),
]
