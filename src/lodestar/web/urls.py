"""Addresses of the shell."""

from django.urls import path

from lodestar.web import views

urlpatterns = [
    path("ring", views.ring, name="ring"),
    path("hide", views.hide, name="hide"),
    path("clock", views.clock, name="clock"),
    path("t", views.unhide, name="unhide"),
]
