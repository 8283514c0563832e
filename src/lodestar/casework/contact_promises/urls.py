"""Addresses of promises. An id is in them, never a name."""

from django.urls import path

from lodestar.casework.contact_promises import views

urlpatterns = [
    path("people/<uuid:person_id>/promises", views.person_promises, name="person-promises"),
    path("people/<uuid:person_id>/promises/paper", views.paper, name="person-promises-paper"),
    path("promises", views.promises, name="promises"),
    path("promises/days", views.days, name="promise-days"),
    path("promises/<uuid:promise_id>", views.promise, name="promise"),
]
