"""Addresses of section 45 of the Modern Slavery Act 2015."""

from django.urls import path

from lodestar.casework.section45 import views

urlpatterns = [
    path("people/<uuid:person_id>/section-45-question", views.first_question, name="person-section45-question"),
    path("people/<uuid:person_id>/section-45/<uuid:offence_id>", views.full_record, name="section45-record"),
    path("people/<uuid:person_id>/section-45/<uuid:offence_id>/countersign", views.countersign, name="section45-countersign"),
    path("people/<uuid:person_id>/offences", views.offences, name="person-offences"),
    path("people/<uuid:person_id>/offences/<uuid:offence_id>", views.offence, name="person-offence"),
]
