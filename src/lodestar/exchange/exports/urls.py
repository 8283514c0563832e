"""Addresses of exports."""

from django.urls import path

from lodestar.exchange.exports import views as exports
from lodestar.exchange.exports import views as own_systems

urlpatterns = [
    path("exports/htcds", exports.htcds, name="exports-htcds"),
    path("exports/htcds/<uuid:export_id>", exports.export, name="export"),
    path("exports/htcds/<uuid:export_id>/file", exports.export_file, name="export-file"),
    path("exports/crime-record-order", own_systems.order, name="crime-pack-order"),
    path("cases/<str:reference>/out", own_systems.case_out, name="case-out"),
    path("cases/<str:reference>/out/check", own_systems.incident_log_check, name="case-out-check"),
    path("cases/<str:reference>/out/intelligence", own_systems.intelligence, name="case-intelligence"),
    path("people/<uuid:person_id>/crime-record", own_systems.crime_pack, name="person-crime-pack"),
    path("people/<uuid:person_id>/crime-record/check", own_systems.crime_pack_check, name="person-crime-pack-check"),
    path("people/<uuid:person_id>/crime-record/<str:kind>", own_systems.crime_pack_file, name="person-crime-pack-file"),
]
