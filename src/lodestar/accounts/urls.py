"""Addresses of sign-in, and of the tokens of other systems."""

from django.urls import path

from lodestar.accounts import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("start", views.start, name="start"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("duty", views.duty, name="duty-roster"),
    path("duty/<uuid:duty_id>/end", views.end_duty, name="duty-end"),
    path("tokens", views.tokens, name="tokens"),
    path("tokens/<uuid:token>/revoke", views.revoke, name="token-revoke"),
]
