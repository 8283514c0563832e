"""Addresses of safe addresses."""

from django.urls import path

from lodestar.casework.safe_addresses import views

urlpatterns = [
    path("people/<uuid:person_id>/address", views.address, name="person-address"),
    path("people/<uuid:person_id>/contact", views.contact, name="person-contact"),
    path("people/<uuid:person_id>/address/shown", views.view_address, name="person-address-shown"),
    path("people/<uuid:person_id>/address/viewers", views.viewers, name="person-address-viewers"),
]
