"""Addresses of disclosures."""

from django.urls import path

from lodestar.casework.disclosures import views

urlpatterns = [
    path("people/<uuid:person_id>/address/told", views.address_disclosures, name="person-address-told"),
    path("people/<uuid:person_id>/other-use", views.other_use, name="person-other-use"),
    path("people/<uuid:person_id>/immigration", views.disclosure_new, name="person-immigration"),
    path("cases/<str:reference>/immigration", views.case_disclosures, name="case-immigration"),
    path("immigration", views.disclosures, name="immigration"),
    path("immigration/<uuid:disclosure_id>", views.disclosure, name="immigration-one"),
    path("addresses-told", views.disclosures_to_decide, name="address-tellings"),
    path("addresses-told/<uuid:telling_id>", views.address_disclosure, name="address-telling"),
]
