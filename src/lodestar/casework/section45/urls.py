"""Addresses of section 45 of the Modern Slavery Act 2015."""

from django.urls import path

from lodestar.casework.section45.views import outcome, record

urlpatterns = [
    path("people/<uuid:person_id>/section-45-question", outcome.first_question, name="person-section45-question"),
    path("people/<uuid:person_id>/section-45/<uuid:offence_id>", record.full_record, name="section45-record"),
    path("people/<uuid:person_id>/section-45/<uuid:offence_id>/countersign", record.countersign, name="section45-countersign"),
    path("people/<uuid:person_id>/offences", outcome.offences, name="person-offences"),
    path("people/<uuid:person_id>/offences/<uuid:offence_id>", outcome.offence, name="person-offence"),
]
