"""Addresses of cases and their people. A reference or an id stands in them, never a name."""

from django.urls import path

from lodestar.cases.views import (
    account,
    address,
    age,
    consent,
    emergency,
    handing_on,
    interim,
    leaflets,
    met_before,
    papers,
    settings,
    sharing,
)

urlpatterns = [
    path("cases/<str:reference>/hand-on", handing_on.hand_on, name="case-hand-on"),
    path("morning-list", handing_on.morning_list, name="morning-list"),
    path("people/<uuid:person_id>/consent", consent.consent, name="person-consent"),
    path("people/<uuid:person_id>/age", age.age, name="person-age"),
    path("people/<uuid:person_id>/first-account", account.first_account, name="person-first-account"),
    path("people/<uuid:person_id>/address", address.address, name="person-address"),
    path("people/<uuid:person_id>/address/shown", address.shown, name="person-address-shown"),
    path("cases/<str:reference>/files", papers.case_files, name="case-files"),
    path("files/<uuid:file_id>", papers.file, name="file"),
    path("cases/<str:reference>/seal", sharing.seal, name="case-seal"),
    path("cases/<str:reference>/unseal", sharing.unseal, name="case-unseal"),
    path("cases/<str:reference>/give", sharing.give, name="case-give"),
    path("cases/<str:reference>/interim-owner", interim.interim_owner, name="case-interim-owner"),
    path("cases/<str:reference>/operation", sharing.operation, name="case-operation"),
    path("matches", met_before.matches, name="matches"),
    path("matches/<uuid:match_id>", met_before.match, name="match"),
    path("alerts", met_before.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>", met_before.alert, name="alert"),
    path("emergency", emergency.ask, name="emergency-ask"),
    path("emergency/<str:reference>", emergency.emergency, name="emergency"),
    path("emergency/<str:reference>/nothing", emergency.nothing, name="emergency-nothing"),
    path("leaflets", leaflets.leaflets, name="leaflets"),
    path("leaflets/<str:language>", leaflets.leaflet, name="leaflet"),
    path("leaflets/<str:language>/file", leaflets.file_leaflet, name="leaflet-file"),
    path("rules/settings", settings.settings, name="settings"),
    path("rules/settings/<str:key>", settings.setting, name="setting"),
    path("rules/settings/<str:key>/propose", settings.propose, name="setting-propose"),
    path("rules/settings/changes/<uuid:change_id>", settings.change, name="setting-change"),
]
