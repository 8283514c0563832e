"""Addresses of disclosures."""

from django.urls import path

from lodestar.casework.disclosures.views import address_disclosures, disclosures

urlpatterns = [
    path("people/<uuid:person_id>/address/told", address_disclosures.address_disclosures, name="person-address-told"),
    path("people/<uuid:person_id>/other-use", address_disclosures.other_use, name="person-other-use"),
    path("people/<uuid:person_id>/immigration", disclosures.disclosure_new, name="person-immigration"),
    path("immigration", disclosures.disclosures, name="immigration"),
    path("immigration/<uuid:disclosure_id>", disclosures.disclosure, name="immigration-one"),
    path("addresses-told", address_disclosures.disclosures_to_decide, name="address-tellings"),
    path("addresses-told/<uuid:telling_id>", address_disclosures.address_disclosure, name="address-telling"),
]
