"""Addresses of referrals."""

from django.urls import path

from lodestar.casework.referrals.views import outgoing, writing

urlpatterns = [
    path("people/<uuid:person_id>/referral", outgoing.referral, name="person-referral"),
    path("people/<uuid:person_id>/writing", writing.begin, name="person-writing"),
    path("writings/<uuid:writing_id>", writing.overview, name="writing"),
    path("writings/<uuid:writing_id>/sections/<slug:section>", writing.section, name="writing-section"),
    path("writings/<uuid:writing_id>/answers/<slug:question>", writing.answer, name="writing-answer"),
    path("writings/<uuid:writing_id>/common", writing.common, name="writing-common"),
    path("writings/<uuid:writing_id>/rest", outgoing.rest, name="writing-rest"),
    path("writings/<uuid:writing_id>/review", writing.review, name="writing-review"),
    path("writings/<uuid:writing_id>/preview", outgoing.preview, name="writing-preview"),
    path("writings/<uuid:writing_id>/facts", outgoing.facts, name="writing-facts"),
    path("writings/<uuid:writing_id>/check", outgoing.check, name="writing-check"),
    path("writings/<uuid:writing_id>/fields/<slug:field>", outgoing.field_text, name="writing-field"),
    path("writings/<uuid:writing_id>/pack/<slug:kind>", outgoing.pack_file, name="writing-pack"),
]
