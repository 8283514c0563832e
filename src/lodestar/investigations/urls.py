"""Addresses of investigations. That of a crime number stands among the journeys: it is paired with its referral."""

from django.urls import path

from lodestar.investigations import views

urlpatterns = [
    path("cases/<str:reference>/allocate", views.allocate, name="case-allocate"),
    path("cases/<str:reference>/authority", views.authority, name="case-authority"),
    path("cases/<str:reference>/review", views.review, name="case-review"),
]
