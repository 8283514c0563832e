"""Addresses of sign-in, of who is on duty, and of the tokens of other systems."""

from django.urls import path

from lodestar.platform.accounts.views import administering, force, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/force/<str:force>", force.begin, name="force-sign-in"),
    path("sign-in/force/<str:force>/back", force.back, name="force-sign-in-back"),
    path("sign-in/second", force.second, name="second-proof"),
    path("start", sign_in.start, name="start"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("account", sign_in.account, name="account"),
    path("duty", administering.duty, name="duty-roster"),
    path("duty/<uuid:duty_id>/end", administering.end_duty, name="duty-end"),
    path("tokens", administering.tokens, name="tokens"),
    path("tokens/<uuid:token>/revoke", administering.revoke, name="token-revoke"),
    path("force-sign-ins", administering.identities, name="force-sign-ins"),
    path("force-sign-ins/<uuid:identity_id>/end", administering.end_identity, name="force-sign-in-end"),
]
