"""Addresses of ledger."""

from django.urls import path

from lodestar.casework.ledger import views

urlpatterns = [path("cases/<str:reference>/hand-on", views.hand_on, name="case-hand-on"), path("tour", views.tour, name="tour")]
