"""Addresses of investigations."""

from django.urls import path

from lodestar.casework.investigations import views

urlpatterns = [
    path("people/<uuid:person_id>/crime", views.crime, name="person-crime"),
    path("allocation", views.allocation, name="allocation"),
    path("cases/<str:reference>/allocate", views.allocate, name="case-allocate"),
    path("cases/<str:reference>/authority", views.authority, name="case-authority"),
    path("cases/<str:reference>/review", views.review, name="case-review"),
]
