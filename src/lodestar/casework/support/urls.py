"""Addresses of support. An id stands in them, never a name."""

from django.urls import path

from lodestar.casework.support.views import offers, support

urlpatterns = [
    path("support", support.support, name="support"),
    path("people/<uuid:person_id>/support", support.person_support, name="person-support"),
    path("people/<uuid:person_id>/support/record", support.record, name="person-support-record"),
    path("people/<uuid:person_id>/support/give", support.give, name="person-support-give"),
    path("people/<uuid:person_id>/offers", offers.offers, name="person-offers"),
]
