"""Addresses of investigations."""

from django.urls import path

from lodestar.investigations.views import allocation, crime, review

urlpatterns = [
    path("people/<uuid:person_id>/crime", crime.crime, name="person-crime"),
    path("cases/<str:reference>/allocate", allocation.allocate, name="case-allocate"),
    path("cases/<str:reference>/authority", allocation.authority, name="case-authority"),
    path("cases/<str:reference>/review", review.review, name="case-review"),
]
