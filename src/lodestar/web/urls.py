"""Addresses of the shell."""

from django.urls import path

from lodestar.web.views import shell, work

urlpatterns = [
    path("", work.home, name="home"),
    path("my-work", work.my_work, name="my-work"),
    path("my-team", work.my_team, name="my-team"),
    path("my-unit", work.my_unit, name="my-unit"),
    path("ring", shell.ring, name="ring"),
    path("hide", shell.hide, name="hide"),
    path("clock", shell.clock, name="clock"),
    path("t", shell.unhide, name="unhide"),
]
