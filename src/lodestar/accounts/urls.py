"""Addresses of sign-in."""

from django.urls import path

from lodestar.accounts import views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("start", views.start, name="start"),
    path("sign-out", views.sign_out, name="sign-out"),
]
