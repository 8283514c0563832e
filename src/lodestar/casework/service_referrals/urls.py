"""Addresses of referrals to services and of places of safety. An id stands in them, never a name."""

from django.urls import path

from lodestar.casework.service_referrals import views

urlpatterns = [
    path("people/<uuid:person_id>/services", views.person_services, name="person-services"),
    path("people/<uuid:person_id>/place", views.person_place, name="person-place"),
    path("service-referrals", views.referrals, name="service-referrals"),
    path("service-referrals/<uuid:service_referral_id>", views.referral, name="service-referral"),
    path("service-referrals/<uuid:service_referral_id>/link", views.link, name="service-referral-link"),
    path("places", views.places, name="places"),
    path("places/<uuid:place_request_id>", views.place_request, name="place-request"),
    path("answer/<str:answer_code>", views.answer, name="answer-link"),
]
