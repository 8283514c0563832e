"""Addresses of what is given out. No name and no reference stands in them."""

from django.urls import path

from lodestar.exchange.views import exports, htcds, own_systems, releases

urlpatterns = [
    path("exports", releases.exports, name="exports"),
    path("exports/htcds", exports.htcds, name="exports-htcds"),
    path("exports/htcds/<uuid:export_id>", exports.export, name="export"),
    path("exports/htcds/<uuid:export_id>/file", exports.export_file, name="export-file"),
    path("exports/taking-in", htcds.look, name="imports-htcds"),
    path("exports/taking-in/take", htcds.take_in, name="imports-htcds-take"),
    path("exports/crime-record-order", own_systems.order, name="crime-pack-order"),
    path("cases/<str:reference>/out", own_systems.case_out, name="case-out"),
    path("cases/<str:reference>/out/check", own_systems.incident_log_check, name="case-out-check"),
    path("cases/<str:reference>/out/intelligence", own_systems.intelligence, name="case-intelligence"),
    path("people/<uuid:person_id>/crime-record", own_systems.crime_pack, name="person-crime-pack"),
    path("people/<uuid:person_id>/crime-record/check", own_systems.crime_pack_check, name="person-crime-pack-check"),
    path("people/<uuid:person_id>/crime-record/<str:kind>", own_systems.crime_pack_file, name="person-crime-pack-file"),
    path("exports/numbers", releases.release_new, name="exports-numbers"),
    path("exports/numbers/<uuid:release_id>", releases.release, name="release"),
]
