"""Addresses of decisions."""

from django.urls import path

from lodestar.casework.decisions.views import decisions, letters, register

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
]
