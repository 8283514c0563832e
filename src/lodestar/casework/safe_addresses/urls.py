"""Addresses of safe addresses."""

from django.urls import path

from lodestar.casework.safe_addresses import views as safe_addresses

urlpatterns = [
    path("people/<uuid:person_id>/address", safe_addresses.address, name="person-address"),
    path("people/<uuid:person_id>/address/shown", safe_addresses.view_address, name="person-address-shown"),
    path("people/<uuid:person_id>/address/viewers", safe_addresses.viewers, name="person-address-viewers"),
]
