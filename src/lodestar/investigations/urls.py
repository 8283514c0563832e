"""Addresses of investigations. That of a crime number stands among the journeys: it is paired with its referral."""

from django.urls import path

from lodestar.investigations.views import allocation, review

urlpatterns = [
    path("cases/<str:reference>/allocate", allocation.allocate, name="case-allocate"),
    path("cases/<str:reference>/authority", allocation.authority, name="case-authority"),
    path("cases/<str:reference>/review", review.review, name="case-review"),
]
