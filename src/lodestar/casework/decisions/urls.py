"""Addresses of decisions."""

from django.urls import path

from lodestar.casework.decisions.views import decisions, register

urlpatterns = [
    path("referrals/letters", decisions.letters, name="letters"),
    path("letters/<uuid:letter_id>", decisions.letter, name="letter"),
    path("letters/<uuid:letter_id>/mail", decisions.mail, name="letter-mail"),
    path("letters/<uuid:letter_id>/file", decisions.letter_file, name="letter-file"),
    path("referrals/quality", register.quality, name="referrals-quality"),
    path("referrals/reconciled", register.reconciled, name="referrals-reconciled"),
    path("people/<uuid:person_id>/reconciled", register.settle, name="person-reconciled"),
    path("referrals", register.register, name="referrals"),
    path("referrals/<uuid:referral_id>/decision", decisions.decision, name="referral-decision"),
]
