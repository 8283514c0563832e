"""Addresses of decisions."""

from django.urls import path

from lodestar.casework.decisions import views

urlpatterns = [
    path("referrals/letters", views.letters, name="letters"),
    path("letters/<uuid:letter_id>", views.letter, name="letter"),
    path("letters/<uuid:letter_id>/mail", views.mail, name="letter-mail"),
    path("letters/<uuid:letter_id>/file", views.letter_file, name="letter-file"),
    path("referrals/reconciled", views.reconciled, name="referrals-reconciled"),
    path("people/<uuid:person_id>/reconciled", views.settle, name="person-reconciled"),
    path("referrals", views.register, name="referrals"),
    path("referrals/<uuid:referral_id>/decision", views.decision, name="referral-decision"),
]
