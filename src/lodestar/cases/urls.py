"""Addresses of cases and their people. A reference or an id stands in them, never a name."""

from django.urls import path

from lodestar.cases.views import age, consent, handing_on

urlpatterns = [
    path("cases/<str:reference>/hand-on", handing_on.hand_on, name="case-hand-on"),
    path("morning-list", handing_on.morning_list, name="morning-list"),
    path("people/<uuid:person_id>/consent", consent.consent, name="person-consent"),
    path("people/<uuid:person_id>/age", age.age, name="person-age"),
]
