"""Addresses of concerns."""

from django.urls import path

from lodestar.casework.concerns import views

urlpatterns = [
    path("record", views.record, name="record"),
    path("record/<uuid:case_id>/who", views.who, name="record-who"),
    path("record/<uuid:case_id>/safe", views.safe, name="record-safe"),
    path("record/<uuid:case_id>/signs/<slug:group>", views.signs, name="record-signs"),
    path("people/<uuid:person_id>/belief", views.belief, name="person-belief"),
]
