"""Addresses of referral."""

from django.urls import path

from lodestar.referrals.views import decisions, letters, outgoing, referral, register, routes, sent, writing

urlpatterns = [
    path("referrals/letters", letters.letters, name="letters"),
    path("letters/<uuid:letter_id>", letters.letter, name="letter"),
    path("letters/<uuid:letter_id>/mail", letters.mail, name="letter-mail"),
    path("letters/<uuid:letter_id>/file", letters.file_letter, name="letter-file"),
    path("referrals/quality", register.quality, name="referrals-quality"),
    path("referrals/reconciled", register.reconciled, name="referrals-reconciled"),
    path("people/<uuid:person_id>/reconciled", register.settle, name="person-reconciled"),
    path("referrals", register.register, name="referrals"),
    path("referrals/<uuid:referral_id>/decision", decisions.decision, name="referral-decision"),
    path("people/<uuid:person_id>/route", routes.route, name="person-route"),
    path("people/<uuid:person_id>/referral", referral.referral, name="person-referral"),
    path("people/<uuid:person_id>/writing", writing.begin, name="person-writing"),
    path("writings/<uuid:writing_id>", writing.overview, name="writing"),
    path("writings/<uuid:writing_id>/sections/<slug:section>", writing.section, name="writing-section"),
    path("writings/<uuid:writing_id>/answers/<slug:question>", writing.answer, name="writing-answer"),
    path("writings/<uuid:writing_id>/common", writing.common, name="writing-common"),
    path("writings/<uuid:writing_id>/rest", sent.rest, name="writing-rest"),
    path("writings/<uuid:writing_id>/review", writing.review, name="writing-review"),
    path("writings/<uuid:writing_id>/preview", outgoing.preview, name="writing-preview"),
    path("writings/<uuid:writing_id>/check", outgoing.check, name="writing-check"),
    path("writings/<uuid:writing_id>/pages/<slug:page>", outgoing.page_text, name="writing-page"),
    path("writings/<uuid:writing_id>/pack/<slug:kind>", outgoing.pack_file, name="writing-pack"),
]
