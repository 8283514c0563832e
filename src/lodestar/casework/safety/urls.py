"""Addresses of the first hour."""

from django.urls import path

from lodestar.casework.safety import views

urlpatterns = [path("cases/<str:reference>/do-now", views.do_now, name="case-do-now")]
