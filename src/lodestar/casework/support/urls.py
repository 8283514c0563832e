"""Addresses of support. An id stands in them, never a name."""

from django.urls import path

from lodestar.casework.support import views

urlpatterns = [
    path("support", views.support, name="support"),
    path("people/<uuid:person_id>/support", views.person_support, name="person-support"),
    path("people/<uuid:person_id>/support/record", views.record, name="person-support-record"),
    path("people/<uuid:person_id>/support/give", views.give, name="person-support-give"),
    path("people/<uuid:person_id>/offers", views.offers, name="person-offers"),
]
