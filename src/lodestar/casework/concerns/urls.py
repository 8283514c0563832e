"""Addresses of concerns."""

from django.urls import path

from lodestar.casework.concerns.views import belief, screens

urlpatterns = [
    path("record", screens.record, name="record"),
    path("record/<uuid:case_id>/who", screens.who, name="record-who"),
    path("record/<uuid:case_id>/safe", screens.safe, name="record-safe"),
    path("record/<uuid:case_id>/signs/<slug:group>", screens.signs, name="record-signs"),
    path("people/<uuid:person_id>/belief", belief.belief, name="person-belief"),
]
